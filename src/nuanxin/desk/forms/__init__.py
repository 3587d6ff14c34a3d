"""Forms of the desk: one for each kind of form in the transition table, the counter, money and rosters."""
