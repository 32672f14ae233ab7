"""Mirrors api/batch."""
