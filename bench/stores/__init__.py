"""How fast each store loads and reads, beside the raw client doing the same writes in the same run.

`rows` is the table; `memory`, `oxigraph`, `sparql` and `neo4j` each measure one store; `python -m bench.stores` prints
all of them. `index` is the memory that reading an index from a server takes.
"""
