"""``nuanxin hotline``: who sits where, and the calls against the records of the exchange."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuanxin.accounts.models import ApiToken, Staff
from nuanxin.audit.actor import SYSTEM
from nuanxin.hotline import actions, prompt_files, roster_commands, telephone_commands, voice_commands
from nuanxin.hotline.actions import codes
from nuanxin.hotline.actions.interpreters import keep_interpreter
from nuanxin.hotline.asterisk_records import read_asterisk, write_records
from nuanxin.hotline.command_faults import FAULTS, sentence
from nuanxin.hotline.models import Category, Desk, Exchange, OperatorState, Station, WrapUpCode
from nuanxin.hotline.reconcile import read_records, reconcile
from nuanxin.hotline.rules.routing import DeskKind
from nuanxin.network.queries import parse_place, six_digits

REGISTRIES: dict[str, type[WrapUpCode | Category]] = {"wrap_up": WrapUpCode, "category": Category}


def _add_interpreter(parser: ArgumentParser) -> None:
    parser.add_argument("label", help="what people call them")
    parser.add_argument("extension", help="extension, or a short number of the exchange")
    parser.add_argument("--region", required=True, help="six digits: for whose desks")
    parser.add_argument("--languages", nargs="+", required=True, help="codes such as ii ug bo")
    parser.add_argument("--hours", default="", help="HH:MM-HH:MM; without: round the clock")
    parser.add_argument("--off", action="store_true", help="not rung any more")


def _place(region: int) -> str:
    return six_digits(region) if region else "000000"


class Command(BaseCommand):
    help = "The 12348 hotline: exchanges, desks, who sits where, and the records of calls."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each thing that is kept."""
        does = parser.add_subparsers(dest="does", required=True, metavar="WHAT")
        does.add_parser("list", help="exchanges, desks, seats and stations, with their numbers")
        exchange = does.add_parser("exchange", help="let the holder of a token tell of calls")
        exchange.add_argument("label", help="what people call it")
        exchange.add_argument("--token", type=int, required=True, help="number of a token with role partner")
        exchange.add_argument("--region", required=True, help="six digits: where its callers are")
        exchange.add_argument(
            "--kind", choices=Exchange.Kind.values, default=str(Exchange.Kind.PUSH),
            help="ari: an Asterisk that nuanxin hotline gateway leads",
        )  # fmt: skip
        desk = does.add_parser("desk", help="open a desk")
        desk.add_argument("key", help="its queue at the exchange")
        desk.add_argument("name", help="its name in Chinese")
        desk.add_argument("--name-en", default="", help="its name in English")
        desk.add_argument("--exchange", type=int, required=True)
        desk.add_argument("--kind", choices=[str(kind) for kind in DeskKind], default=str(DeskKind.GENERAL))
        desk.add_argument("--region", required=True, help="six digits")
        desk.add_argument("--languages", nargs="+", default=["zh"])
        desk.add_argument("--hours", default="", help="HH:MM-HH:MM; without: round the clock")
        seat = does.add_parser("seat", help="give a person a desk and an extension")
        seat.add_argument("staff", metavar="USERNAME")
        seat.add_argument("--desk", type=int, required=True)
        seat.add_argument("--extension", required=True)
        seat.add_argument("--lawyer", action="store_true")
        telephone_commands.add_arguments(does, seat)
        self._add_codes(does)
        roster_commands.add_arguments(does.add_parser("roster", help="who is on duty when"))
        voice_commands.add_arguments(does)
        prompt_files.add_arguments(does)
        _add_interpreter(does.add_parser("interpreter", help="register somebody who can be joined to a call"))
        records = does.add_parser(
            "reconcile", help="compare with call data records and make good what was lost"
        )
        records.add_argument(
            "file", type=Path, help="CSV; the columns are in docs/howto/connect-an-exchange.md"
        )
        records.add_argument("--exchange", type=int, required=True)
        raw = does.add_parser(
            "cdr", help="turn the records of Asterisk's cdr_csv into the columns of reconcile"
        )
        raw.add_argument("file", type=Path, help="Master.csv, with usegmtime=yes and loguniqueid=yes")
        raw.add_argument("--context", default="from-trunk", help="of the dialplan, in which callers come in")

    def _add_codes(self, does: Any) -> None:
        code = does.add_parser("code", help="what may come of a call, and what a consultation may be about")
        code.add_argument("act", choices=["list", "add", "retire", "restore"])
        code.add_argument("code", nargs="?", default="", help="small letters, figures and underscores")
        code.add_argument("name", nargs="?", default="", help="its name in Chinese")
        code.add_argument("--name-en", default="", help="its name in English")
        code.add_argument("--registry", choices=list(REGISTRIES), default="wrap_up")
        code.add_argument("--order", type=int, default=100, help="where it stands in the list")
        code.add_argument("--no-record", action="store_true", help="a call closes with it without a record")
        code.add_argument("--item", default="", help="what an application claims by this category")

    def handle(self, *, does: str, **given: Any) -> None:
        """Run one; bad arguments end with 2 and a sentence."""
        try:
            getattr(self, f"do_{does.replace('-', '_')}")(at=datetime.now(UTC), **given)
        except FAULTS as fault:
            raise CommandError(sentence(fault, given), returncode=2) from fault

    def do_list(self, **_: Any) -> None:
        """Print what is registered, a line each."""
        for exchange in Exchange.objects.order_by("pk"):
            stands = "active" if exchange.active else "ended"
            self._row("exchange", exchange.pk, stands, exchange.kind, _place(exchange.region), exchange.label)
        for desk in Desk.objects.order_by("pk"):
            stands = "active" if desk.active else "closed"
            self._row("desk", desk.pk, stands, desk.kind, _place(desk.region), desk.key, desk.name_zh)
        names = dict(Staff.objects.values_list("pk", "username"))
        for seat in OperatorState.objects.order_by("exchange", "extension"):
            self._row("seat", seat.extension, seat.state, f"desk {seat.desk_id}", names.get(seat.staff, ""))
        for station in Station.objects.order_by("pk"):
            desks = station.desks.values_list("desk", flat=True)
            self._row(
                "station", station.pk, _place(station.region), f"desks {sorted(desks)}", station.name_zh
            )

    def _row(self, *cells: object) -> None:
        self.stdout.write("\t".join(str(cell) for cell in cells))

    def do_exchange(self, *, at: datetime, label: str, token: int, region: str, kind: str, **_: Any) -> None:
        """Register and print its number."""
        known = ApiToken.objects.get(pk=token)
        row = actions.register_exchange(
            token=known.pk,
            label=label,
            region=parse_place(region),
            kind=Exchange.Kind(kind),
            by=SYSTEM,
            at=at,
        )
        self.stdout.write(str(row.pk))

    def do_desk(
        self, *, at: datetime, key: str, name: str, exchange: int, kind: str, region: str, **given: Any
    ) -> None:
        """Open and print its number."""
        row = actions.open_desk(
            exchange=Exchange.objects.get(pk=exchange), key=key, kind=DeskKind(kind), region=parse_place(region),
            name_zh=name, name_en=given["name_en"], languages=given["languages"], hours=given["hours"], by=SYSTEM, at=at,
        )  # fmt: skip
        self.stdout.write(str(row.pk))

    def do_seat(
        self, *, at: datetime, staff: str, desk: int, extension: str, lawyer: bool, **given: Any
    ) -> None:
        """Seat a person, and say where their telephone is."""
        row = actions.add_operator(
            staff=Staff.objects.get_by_natural_key(staff).pk, desk=Desk.objects.get(pk=desk), extension=extension,
            lawyer=lawyer, by=SYSTEM, at=at,
        )  # fmt: skip
        telephone_commands.give(row, at=at, **given)

    def do_web_socket(self, *, at: datetime, exchange: int, address: str, **_: Any) -> None:
        """Say where browsers telephone."""
        telephone_commands.web_socket(exchange=exchange, address=address, at=at)

    def do_pjsip(self, *, at: datetime, exchange: int, **_: Any) -> None:
        """Print what Asterisk must know of the telephones."""
        self.stdout.write(telephone_commands.printed(exchange=exchange, at=at), ending="")

    def do_code(self, *, at: datetime, act: str, code: str, registry: str, **given: Any) -> None:
        """Keep a registry; ``list`` prints what is in it, the retired ones too."""
        words: dict[str, Any] = {"code": code, "by": SYSTEM, "at": at}
        if act == "list":
            for row in REGISTRIES[registry].objects.all():
                stands = "active" if row.active else "retired"
                self.stdout.write(f"{row.order}\t{row.code}\t{stands}\t{row.zh}\t{row.en}")
        elif act in {"retire", "restore"}:
            name = "category" if registry == "category" else "wrap_up_code"
            getattr(codes, f"{act}_{name}")(**words)
        else:
            words |= {"zh": given["name"], "en": given["name_en"], "order": given["order"]}
            if registry == "category":
                codes.add_category(item=given["item"], **words)
            else:
                codes.add_wrap_up_code(needs_record=not given["no_record"], **words)

    def do_roster(self, *, at: datetime, **given: Any) -> None:
        """Carry out one of its own sub-commands."""
        if code := roster_commands.run(say=self.stdout.write, at=at, **given):
            sys.exit(code)

    def do_gateway(self, **given: Any) -> None:
        """Lead an exchange until SIGTERM."""
        voice_commands.gateway(say=self._say, **given)

    def do_simulate(self, **given: Any) -> None:
        """Simulate until SIGTERM."""
        voice_commands.simulate(say=self._say, **given)

    def do_prompts(self, **given: Any) -> None:
        """Say which recorded sentences are missing; 1 where any is."""
        if prompt_files.prompts(say=self._say, **given):
            sys.exit(1)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def do_interpreter(
        self, *, at: datetime, label: str, extension: str, region: str, languages: list[str], hours: str, off: bool, **_: Any,
    ) -> None:  # fmt: skip
        """Register one, or change the one at this number of the region, and print its number."""
        row = keep_interpreter(
            region=parse_place(region), label=label, languages=languages, extension=extension, hours=hours,
            active=not off, by=SYSTEM, at=at,
        )  # fmt: skip
        self.stdout.write(str(row.pk))

    def do_cdr(self, *, file: Path, context: str, **_: Any) -> None:
        """Print the records in our columns."""
        with file.open(encoding="utf-8", newline="") as opened:
            write_records(read_asterisk(opened, context=context), self.stdout)  # type: ignore[arg-type]

    def do_reconcile(self, *, at: datetime, file: Path, exchange: int, **_: Any) -> None:
        """Compare; differences end with 1."""
        row = Exchange.objects.get(pk=exchange)
        with file.open(encoding="utf-8-sig", newline="") as opened:
            report = reconcile(exchange=row, records=list(read_records(opened)), by=SYSTEM, at=at)
        self.stdout.write(
            f"{report.agree} agree, {report.adopted} adopted, {report.completed} completed,"
            f" {len(report.differ)} differ"
        )
        for call, code in report.differ:
            self.stdout.write(f"{call}: {code}")
        if report.differ:
            sys.exit(1)
