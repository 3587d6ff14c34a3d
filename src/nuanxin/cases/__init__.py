"""Workers, employers, cases, clocks, ledger; sole writer of case status."""
