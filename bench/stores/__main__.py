"""`python -m bench.stores [CREDENTIALS] [STORE ...]`: the table, for a drawn catalogue of that many credentials."""

import sys
from importlib import import_module

from bench.stores.rows import drawn, table

STORES = ("memory", "oxigraph", "neo4j", "sparql")
CREDENTIALS = 6_000
"""Some 51,000 records."""


def main(arguments: list[str]) -> None:
    """Print the table, each store's rows once they are measured."""
    size = int(arguments[0]) if arguments else CREDENTIALS
    info, records = drawn(size)
    for name in arguments[1:] or STORES:
        print(table(list(import_module(f"bench.stores.{name}").measure(records, info))), flush=True)


main(sys.argv[1:])
