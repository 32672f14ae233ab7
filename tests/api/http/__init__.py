"""Tests of `api.http`, over small worlds."""
