"""Benchmarks and tables of figures, each run by `python -m bench.NAME`; none is a test, none has a time limit."""
