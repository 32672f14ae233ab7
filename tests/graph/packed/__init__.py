"""Tests of `graph.packed`, over drawn and small worlds."""
