"""How fast each store loads and reads, beside the raw client doing the same writes in the same run.

`rows` is the table, one module for each backend measures it, `python -m bench.stores` prints all.
"""
