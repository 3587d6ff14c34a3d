"""What may stand in an address: ``<row:call_id>`` is the number of a row, as far as a database counts."""

from __future__ import annotations

from django.urls.converters import IntConverter

MOST = 2**63 - 1  # of a 64-bit key; what is greater names no row, and a database refuses to look for it


class RowConverter(IntConverter):
    """A number from 0 to the greatest key; an address with any other is not found."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """The number. Raises ValueError, which Django takes for no match."""
        number = int(value)
        if number > MOST:
            raise ValueError(number)
        return number
