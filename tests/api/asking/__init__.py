"""Mirrors api/asking."""
