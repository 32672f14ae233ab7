"""Mirrors api/terminal."""
