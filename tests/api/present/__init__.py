"""Mirrors api/present."""
