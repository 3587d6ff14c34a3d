"""``nuanxin …``: every command of the platform."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command; ``nuanxin --help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuanxin.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
