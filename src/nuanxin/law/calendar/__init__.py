"""Which days are working days in China, as the State Council arranged them year by year.

A make-up Saturday or Sunday (调休上班) is a working day. A year whose notice is not in the data raises
:class:`CalendarMissing`; it is never guessed. Source: 全国年节及纪念日放假办法 art. 2, 6 and the yearly notices.
"""

from nuanxin.law.calendar.days import (
    DayKind,
    add_working_days,
    is_working_day,
    kind_of,
    next_working_day,
    previous_working_day,
    working_and_paid_days,
)
from nuanxin.law.calendar.store import (
    CalendarMissing,
    CalendarYear,
    add_folder,
    known_years,
    read_year,
    year_table,
)

__all__ = [
    "CalendarMissing",
    "CalendarYear",
    "DayKind",
    "add_folder",
    "add_working_days",
    "is_working_day",
    "kind_of",
    "known_years",
    "next_working_day",
    "previous_working_day",
    "read_year",
    "working_and_paid_days",
    "year_table",
]
