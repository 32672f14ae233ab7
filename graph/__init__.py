"""The graph layer."""
