"""The best stack of credentials for a gap. Read `problem`, then `semantics`: together they say what a plan means.

`solver` finds the best plan with an integer programme, `alternatives` asks it again with other intents.
"""
