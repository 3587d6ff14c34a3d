"""The heads of claim, one module each: pure functions on exact fractions of a fen."""
