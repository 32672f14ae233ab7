"""Answers of the recommender become shapes: pure, and the only place that looks names and citations up for edges.

Read in this order: `view` (what is looked up), `figures`, `proof`, `gaps`, `pathways`, `answers`, `values` (a value as
a person reads it), `disagreeing` (what others say otherwise), `entries`, `coverages`, `changes`, `batch`, `edits`,
`keeping` (copy, compare, backup, restore, doctor).
"""
