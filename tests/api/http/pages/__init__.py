"""Tests of `api.http.pages`, over small worlds."""
