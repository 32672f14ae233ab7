"""The backends, one file each; all pass `tests/graph/test_store_laws.py`.

Read `memory` first (the laws in short), then `oxigraph` (a folder of RDF, the default), then `sparql`
(that design on any server, while others write there too).
"""
