"""The hotline measured: a simulated day of calls, and how soon an event stands on a console."""
