"""The backends, one file each; all pass `tests/graph/test_store_laws.py`.

Read `memory` first (the laws in short), then `oxigraph` (a folder of RDF, the default) with `folder` (opened or
refused), `pointers` (what is current), `difference` (what changes), `spool` (records in order), `sweeping` (what is
left behind) and `orders` (whether all files can be read), then `sparql` (that design on any server, while others
write there too) and `neo4j` (a property graph); `tls` tells those two why a server hangs up, and `amending` is what
all four do to one edit.
"""
