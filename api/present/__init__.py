"""Answers of the recommender become shapes: pure, and the only place that looks names and citations up for edges.

Read in this order: `view` (what is looked up), `figures`, `proof`, `gaps`, `pathways`, `answers`, `entries`,
`coverages`, `changes`, `batch`.
"""
