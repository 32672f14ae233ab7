"""The backends, one file each; all pass `tests/graph/test_store_laws.py`. Read `memory` first: the law in short."""
