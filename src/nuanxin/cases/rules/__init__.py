"""Pure rules of casework: states, transitions, clocks, stages, money, numbers. No Django, no clock."""
