"""Keeps what sources say, and makes of it the frozen index that everything thinks over.

Read in this order: `store` (the protocol and its laws; backends in `stores`), `address` (where a store is), `content`
with `checks` (what a store may keep), `fuse` (several sources about one thing), `build` (from a store to an index,
with `renamed` and `targets`: present ids, and what links may lead to), `index` (the look-ups), `names` (which record do
these words mean). Under the index lie `by_id` (records by id) and `packed` (the arrays); under names `spellings`,
`named` (who bears which names, as arrays), `similarity` and `weighing` (what is alike, and how that is made ready);
under the RDF backends and `export` lie `rdf`, `lines` (records as text) and `iris`.

What keeps data safe reads stores through `checked`: `copying` and `comparing` (two stores), `backup` with its file,
`archive`. `edits` says what a correction is.
"""
