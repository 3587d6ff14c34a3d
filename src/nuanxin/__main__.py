"""``nuanxin …``: every command of the platform."""

from __future__ import annotations

import sys

from nuanxin.config.cli import run


def main() -> None:
    """Run one command; ``nuanxin --help`` lists them."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
