"""Pure rules of assignment: who fits a case, and why."""
