"""Pure thinking over a frozen index: no store, no clock, no input or output.

Read in this order: `proof` (how surely a claim is shown), `gap` (what is open), `pathways.semantics` (what a plan
means), `framing` (an index and a question become a problem), `pathways.solver` (the best plan), `reasons` (why),
`answer` (all of it for one question), then `coverage`, `readiness` and `worth`.
"""
