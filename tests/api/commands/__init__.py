"""Mirrors api/commands."""
