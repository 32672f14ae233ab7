"""A Neo4j server as a store, and beside the statements the property graph that Cypher users see.

Read in this order: `store` (the protocol), `pointers` (which revision of a source is current), `statements` (records as
nodes and back), `revisions` (written beside the old, swept when left behind), `reading` (page by page), `layout`
(constraints and indexes), then the view that is derived from the statements: `view` (when and what), `links` and
`shortcuts` (in which Cypher). `connection` and `failures` speak to the driver.
"""
