"""The first page of docs/law: every topic on one line, and where the data stand."""

from __future__ import annotations

from nuanxin.config.law_pages.examples import shown
from nuanxin.config.law_pages.markdown import MARKS, counted, head, table
from nuanxin.config.law_pages.topic_page import provisions_of, readings_of, tables_of
from nuanxin.law.topics import TOPICS


def page() -> str:
    """The whole page."""
    return (
        head("law/ and config/law_pages", "The law as code")
        + "Facts in, cited answers out: each topic takes one question and answers it with the article behind every figure,\n"
        "the day that article was last checked, and how sure we are of it. Nothing here is legal advice.\n\n"
        + table(("Mark", "Means"), MARKS.items())
        + "## Topics\n\n"
        + table(
            ("Topic", "中文", "English", "Provisions", "Dated tables", "Divided readings"), map(_row, TOPICS)
        )
        + "## Data\n\n"
        "- [periods.md](periods.md): every statutory period with count, unit, article and provincial overlays\n"
        "- [parameters.md](parameters.md): every dated value with place, first and last day, source and mark\n"
        "- [calendar.md](calendar.md): the years whose holidays are known\n"
        "- [provisions.md](provisions.md): every article that may be cited, and who cites it\n"
        "- [to-check.md](to-check.md): what is from memory or inferred and still has to be checked\n"
        "- [../howto/add-law-data.md](../howto/add-law-data.md): how a deployment adds values of its own\n"
        "- [mutation.md](mutation.md): how well the tests of money and calendar notice a changed line\n"
    )


def _row(name: str) -> tuple[str, ...]:
    topic, title = TOPICS[name], shown(name).title
    marks = counted(one.basis.mark for one in provisions_of(topic))
    tables = ", ".join(sorted(tables_of(topic)))
    readings = ", ".join(f"`{id_}`" for id_ in readings_of(topic))
    return (f"[{name}](topics/{name}.md)", title.zh, title.en, marks, tables, readings)
