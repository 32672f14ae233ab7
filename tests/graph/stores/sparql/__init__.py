"""A SPARQL server as a store: on real Fuseki, and on a small server in which a test may interfere."""
