"""Duty rosters: who sits at which desk in which shift of a month. Pure.

:mod:`month` says what is asked, :mod:`demand` turns needs of quarter-hours into it, :mod:`solve` finds a roster or the
reasons why there is none, :mod:`check` looks over any roster, also one that a person has changed. Only ``solve`` and
what it uses load OR-Tools.
"""
