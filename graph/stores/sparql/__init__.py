"""Any server that speaks SPARQL 1.1 (query, update, graph store protocol) as a store.

Read `store` first (how a source is replaced), then `reading` (how a read is whole while others write) with `extent`
(which records it should give), `statements` (all that is ever said to a server, and what it says of itself), `service`
(HTTP: access, retries, errors) and `endpoints` (which service stands where).
"""
