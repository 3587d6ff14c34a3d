"""Pure rules of the public face: which question comes next, and what the answers amount to."""
