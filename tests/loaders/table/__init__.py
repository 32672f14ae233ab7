"""Tests mirror the source, folder by folder."""
