"""Nuanxin (暖薪, "warm wages"): free legal aid that gets migrant workers their unpaid wages."""

__version__ = "0.1.0"
