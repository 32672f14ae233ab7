"""A Neo4j server as a store, and beside the statements the property graph that Cypher users see.

Read in this order: `store` (the protocol), `pointers` (which revision of a source is current), `statements` (records as
nodes and back), `revisions` (written beside the old, swept when left behind), `reading` (page by page), `changes` (what
differs between two revisions), `portions` (how much at once), `layout` (constraints, indexes, whose database it is).

The view is derived from the statements: `view` (when, and what), `lease` (one process at a time), `drawing` (in which
order), `truth` (what is believed of a thing), `links` and `shortcuts` (the Cypher). `connection` and `failures` speak
to the driver.
"""
