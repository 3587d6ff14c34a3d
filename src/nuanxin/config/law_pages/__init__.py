"""The pages of docs/law, written from the law modules, their data and the worked examples beside this file."""

from __future__ import annotations

from nuanxin.config.law_pages import data_pages, index_page, topic_page
from nuanxin.law.topics import TOPICS

__all__ = ["pages"]


def pages() -> dict[str, str]:
    """Every page by its path under docs/law. A topic without an example raises ``MissingExample``."""
    written = {f"topics/{name}.md": topic_page.page(topic) for name, topic in TOPICS.items()}
    return {
        "README.md": index_page.page(),
        **written,
        "periods.md": data_pages.periods(),
        "parameters.md": data_pages.parameters(),
        "calendar.md": data_pages.calendar(),
        "provisions.md": data_pages.provisions(),
        "to-check.md": data_pages.to_check(),
    }
