"""The loaders layer."""
