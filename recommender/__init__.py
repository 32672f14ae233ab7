"""Pure thinking over a frozen index: no store, no clock, no input or output.

Read in this order: `question`, `proof` (how surely a claim is shown), `held` and `current_role` (what somebody brings),
`gap` (what is open), `pathways` (what a plan means, and the best one), `figures` (money and time), `offers` (what could
become a step), `framing` (an index and a question become a problem), `plans` (its solution becomes dated steps),
`reasons` and `obstacles` (why, why not), `answer` (all of it), then `coverage`, `readiness` and `worth`.
"""
