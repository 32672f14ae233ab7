"""The words of credpath: what exists, who says so, and what counts as proof. Standard library only.

Read in this order: `values` (ranges, who says so), `records` (the catalogue), `person` (what is never in the graph),
`schema` (one declaration per field), `ids`, `errors`, `rubric` (proof strength as data), `scales` (levels as data),
`currencies` (minor units), `disagreement` (what two sources do not agree on).
The published vocabulary is `credpath.ttl`, its shapes are `shapes.ttl`.
"""
