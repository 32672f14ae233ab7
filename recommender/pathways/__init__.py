"""The best stack of credentials for a gap. Read `problem`, then `semantics`: together they say what a plan means.

Then `solver`, which finds the best plan and proves it: `reduction` and `dominance` leave out what cannot matter,
`model` and `rows` say the rest as an integer programme (`program`, and `digits` for large sums), `timing` and `cuts`
bring in what waits, `lexicographic` proves one component of the value after the other. `alternatives` asks with other
intents.
"""
