"""The pages of the data under the law: periods, dated values, holidays, provisions, and what is still unchecked."""

from __future__ import annotations

import json
from collections.abc import Iterator

from nuanxin.config.law_pages.markdown import MARKS, counted, head, table
from nuanxin.config.law_pages.topic_page import tables_of
from nuanxin.law.basis import Basis, Mark
from nuanxin.law.basis import provisions as all_provisions
from nuanxin.law.calendar import known_years, year_table
from nuanxin.law.parameters import Row, load
from nuanxin.law.parameters.tables import OUTSIDE_TOPICS, TABLES
from nuanxin.law.periods import RULES
from nuanxin.law.topics import TOPICS
from nuanxin.network.rules.gazetteer import NATION, UNIT, UnknownPlace, gazetteer

_OVERLAYS = "legal_aid_periods"


def periods() -> str:
    """Every period, and the provincial rules laid over it."""
    overlays: dict[str, list[Row]] = {}
    for row in _rows(_OVERLAYS):
        overlays.setdefault(row.key, []).append(row)
    rows = []
    for rule in RULES.values():
        own = "; ".join(
            f"{_place(row.place)} {row.value['count']} {row.value['unit']} ({row.instrument} {row.article}, {row.mark})"
            for row in overlays.get(rule.key, ())
        )
        cited = "; ".join(_citation(one) for one in rule.basis)
        rows.append(
            (f"`{rule.key}`", rule.name.zh, rule.name.en, rule.count, rule.unit, rule.since, cited, own)
        )
    columns = ("Rule", "中文", "English", "Count", "Unit", "In force since", "Rests on", "Provinces")
    return (
        head("law/periods and its dated overlays", "Statutory periods")
        + "The start day is never counted. `working`: working days by the State Council's calendar; everything else is\n"
        "counted through days off. A province's own period is acted on no later than the national one ends.\n\n"
        + table(columns, rows)
    )


def parameters() -> str:
    """Every dated table, one row for all places that share a value."""
    parts = [
        head("law/parameters/data", "Dated values"),
        "A place or day without a row is asked for, never guessed. A county without a row takes that of its city, province\n"
        "or the nation. How to add rows: [../howto/add-law-data.md](../howto/add-law-data.md).\n\n",
    ]
    used = {name: tables_of(topic) for name, topic in TOPICS.items()}
    for name, (_, value) in TABLES.items():
        topics = ", ".join(
            f"[{topic}](topics/{topic}.md)" for topic, tables in used.items() if name in tables
        )
        topics = topics or OUTSIDE_TOPICS[name]
        rows = _rows(name)
        parts += [
            f"## {name}\n\nValue: {value}. Used by: {topics}. Rows: {counted(row.mark for row in rows)}.\n\n",
            table(
                ("Place", "Key", "Value", "From", "Until", "Instrument", "Source", "Mark", "Checked"),
                (_parameter_row(found) for found in _grouped(rows)),
            ),
        ]
    return "".join(parts).rstrip() + "\n"


def calendar() -> str:
    """The years whose holidays are known."""
    years = (year_table().years[number] for number in known_years())
    columns = (
        "Year",
        "Statutory",
        "Weekdays off",
        "Weekends worked",
        "Notices",
        "Regulation",
        "Source",
        "Mark",
        "Checked",
    )
    rows = (
        (
            one.year, len(one.statutory), len(one.off), len(one.work), "; ".join(one.notices), one.regulation, one.source,
            one.mark, one.checked,
        )
        for one in years
    )  # fmt: skip
    return (
        head("law/calendar/data", "Years whose holidays are known")
        + "A year that is not here is never guessed: what counts its working days answers `calendar_missing`.\n\n"
        + table(columns, rows)
    )


def provisions() -> str:
    """Every article that may be cited, by instrument, and who cites it."""
    cited = _cited_by()
    parts = [head("law/citations.toml", "Provisions"), "In our own words, not the text of the law.\n\n"]
    by_instrument: dict[str, list[tuple[str, ...]]] = {}
    for (instrument, article), found in all_provisions().items():
        row = (
            article,
            found.gloss,
            found.basis.mark,
            str(found.basis.checked),
            cited.get((instrument, article), ""),
        )
        by_instrument.setdefault(instrument, []).append(row)
    for instrument, rows in by_instrument.items():
        found = next(one for one in all_provisions().values() if one.basis.instrument == instrument)
        parts += [
            f"## {instrument}\n\n{found.title}. {found.en}. Source: {found.source}.\n\n",
            table(("Article", "Says", "Mark", "Checked", "Cited by"), rows),
        ]
    return "".join(parts).rstrip() + "\n"


def to_check() -> str:
    """Everything that is not marked as verified."""
    cited = _cited_by()
    open_articles = [
        (one.basis.mark, key[0], key[1], one.gloss, one.source, cited.get(key, ""))
        for key, one in all_provisions().items()
        if one.basis.mark is not Mark.VERIFIED
    ]
    open_rows = [
        (
            found[0].mark,
            f"[{name}](parameters.md#{name})",
            _places(found),
            _value(found[0]),
            found[0].since,
            found[0].source,
        )
        for name in TABLES
        for found in _grouped(_rows(name))
        if found[0].mark is not Mark.VERIFIED
    ]
    open_years = [
        (one.mark, one.year, one.source) for one in year_table().years.values() if one.mark != Mark.VERIFIED
    ]
    return (
        head("the marks in law/", "From memory or inferred: still to be checked")
        + f"M is {MARKS[Mark.MEMORY]}; I is {MARKS[Mark.INFERENCE]}. Whoever checks one compares it with the source, then\n"
        "sets mark V and the day in `citations.toml` or the row's file.\n\n"
        f"## Provisions ({len(open_articles)})\n\n"
        + table(("Mark", "Instrument", "Article", "Says", "Seen so far", "Cited by"), open_articles)
        + f"## Dated values ({len(open_rows)})\n\n"
        + table(("Mark", "Table", "Place", "Value", "From", "Seen so far"), open_rows)
        + f"## Calendar years ({len(open_years)})\n\n"
        + (table(("Mark", "Year", "Seen so far"), open_years) if open_years else "None.\n")
    )


def _cited_by() -> dict[tuple[str, str], str]:
    """For each provision the topics and periods that rest on it."""
    found: dict[tuple[str, str], list[str]] = {}
    users = [(topic.name, topic.basis) for topic in TOPICS.values()]
    users += [(rule.key, rule.basis) for rule in RULES.values()]
    for name, basis in users:
        for one in dict.fromkeys(basis):
            found.setdefault((one.instrument, one.article), []).append(f"`{name}`")
    return {key: ", ".join(names) for key, names in found.items()}


def _citation(basis: Basis) -> str:
    return f"{basis.instrument} {basis.article} ({basis.mark})"


def _rows(name: str) -> list[Row]:
    return [row for (table_, _, _), rows in load().items() if table_ == name for row in rows]


def _grouped(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that differ in nothing but their place, together."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        same = (row.key, _value(row), str(row.since), str(row.until), row.instrument, row.article, row.source)
        groups.setdefault((*same, row.mark, str(row.checked)), []).append(row)
    yield from groups.values()


def _parameter_row(found: list[Row]) -> tuple[object, ...]:
    row = found[0]
    return (
        _places(found), row.key, _value(row), row.since, row.until or "the next row",
        f"{row.instrument} {row.article}".strip(), row.source, row.mark, row.checked,
    )  # fmt: skip


def _value(row: Row) -> str:
    return row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False)


def _places(found: list[Row]) -> str:
    return "、".join(_place(row.place) for row in found)


def _place(code: str) -> str:
    """``北京市 110000``; the nation by its name alone."""
    number = int(code) * UNIT
    if number == NATION:
        return "全国"
    try:
        return f"{gazetteer().full_name(number, 'zh')} {code}"
    except UnknownPlace:
        return code
