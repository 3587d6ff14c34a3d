"""Lawyers, firms, offers, workload, conflicts, subsidy."""
