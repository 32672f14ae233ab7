"""Real servers for the tests, without containers: a tool of development that is not shipped.

Read `problems` (what can be missing or fail), `fetch` (jars from Maven Central, pinned by hash), `kind` (what tells one
server from another), `neo4j_server` and `fuseki_server` (the two there are; their `pom.xml` and `jars.sha256` stand in
`neo4j` and `fuseki`), `running` (start, stop, kill and start again in the same home), `private` (one for a process of
its own) and `watchdog` (which no such server outlives). `python -m servers` is the command line.
"""
