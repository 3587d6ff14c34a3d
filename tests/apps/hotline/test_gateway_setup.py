"""What the gateway needs to start, what it says of itself, its journal, and that the howto lists every sentence."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from nuanxin.config.doctor import _voice
from nuanxin.hotline.gateway import run
from nuanxin.hotline.gateway.journal import Journal
from nuanxin.hotline.models import Exchange
from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.voice.names import Name, Role, call_of, read_name
from nuanxin.hotline.rules.voice.prompts import AWAY, PROMPTS
from nuanxin.hotline.rules.voice.values import Tell
from nuanxin.hotline.simulator.contract import operations
from tests.factories.hotline import PHONE, WORKDAY, open_hotline

HOWTO = Path(__file__).parents[3] / "docs" / "howto"
TELL = Tell(
    "1.1", Told("g:1.1:1", Happening.QUEUED, WORKDAY, 1, 0, 7), PHONE, "zh", "wages", 14 * 10**10, "agreed"
)


def test_the_howto_lists_every_sentence_and_every_operation() -> None:
    text = (HOWTO / "connect-asterisk.md").read_text("utf-8")
    assert [
        name
        for name, said in {**PROMPTS, **AWAY}.items()
        if f"| `{name}` | {said.seconds} s | {said.zh} | {said.en} |" not in text
    ] == []
    contract = (HOWTO / "ari-contract.md").read_text("utf-8")
    assert [one.name for one in operations() if f"| `{one.name}` | `{one.method} " not in contract] == []


@pytest.mark.parametrize(
    ("url", "fault"),
    [("", "ARI_URL"), ("http://pbx.example:8088/ari", "https"), ("ftp://x/ari", "https"), ("http://127.0.0.1.evil/ari", "https")],
)  # fmt: skip
def test_an_engine_elsewhere_is_reached_over_tls_or_not_at_all(url: str, fault: str, settings: Any) -> None:
    settings.ARI_URL, settings.ARI_USER, settings.ARI_PASSWORD = url, "nuanxin", "secret-1"
    with pytest.raises(run.NotSetUp, match=fault) as told:
        run.access()
    assert "secret-1" not in str(told.value)


def test_the_password_is_in_no_text(settings: Any) -> None:
    settings.ARI_URL, settings.ARI_USER, settings.ARI_PASSWORD = (
        "http://127.0.0.1:8088/ari",
        "nuanxin",
        "secret-1",
    )
    assert "secret-1" not in repr(run.access())


def test_a_second_gateway_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    with run.alone(1), run.alone(2), pytest.raises(run.NotSetUp, match="another gateway"), run.alone(1):
        pass


@pytest.mark.django_db
def test_an_exchange_that_only_pushes_is_not_led(settings: Any) -> None:
    settings.ARI_URL, settings.ARI_USER, settings.ARI_PASSWORD = (
        "https://pbx.example/ari",
        "nuanxin",
        "secret-1",
    )
    line = open_hotline()
    with pytest.raises(CommandError, match="kind ari"):
        call_command("hotline", "gateway", "--exchange", str(line.exchange.pk))


@pytest.mark.django_db
def test_the_doctor_tells_of_a_gateway_that_is_silent(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    line = open_hotline()
    assert list(_voice()) == []
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    assert [one.state for one in _voice()] == ["fault"]
    run.folder().mkdir()
    for ago, untold, state in ((5, 0, "ok"), (5, 9, "warn"), (300, 0, "fault")):
        at = datetime.now(UTC) - timedelta(seconds=ago)
        run.pulse_of(line.exchange.pk).write_text(json.dumps({"at": at.isoformat(), "untold": untold}))
        assert [one.state for one in _voice()] == [state]


def test_a_journal_is_read_as_it_was_written_and_seals_the_number(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.append([TELL, TELL])
    journal.close()
    text = (tmp_path / "j").read_text()
    assert PHONE not in text
    assert (tmp_path / "j").stat().st_mode & 0o077 == 0
    again = Journal(tmp_path / "j")
    assert again.read() == [TELL, TELL]
    again.empty(always=True)
    assert again.read() == []


@pytest.mark.parametrize("cut", range(1, 40, 7))
def test_a_line_that_a_crash_cut_off_harms_no_other(tmp_path: Path, cut: int) -> None:
    journal = Journal(tmp_path / "j")
    journal.append([TELL])
    journal.append([TELL])
    journal.close()
    size = (tmp_path / "j").stat().st_size
    os.truncate(tmp_path / "j", size - cut)
    again = Journal(tmp_path / "j")
    assert again.read() == [TELL]
    again.append([TELL])
    assert again.read() == [TELL, TELL]


@pytest.mark.parametrize("call", ["1772420400.17", "pbx-1-1772420400.17", "a_b_c"])
def test_a_name_can_be_taken_apart(call: str) -> None:
    name = Name(Role.OPERATOR, 42, 7, call)
    assert read_name(str(name)) == name
    assert call_of(str(name)) == call
    assert call_of(call) == call


@pytest.mark.parametrize("text", ["", "nx", "nx_o_x_1_c", "nx_z_1_1_c", "nx_o_1_c", "PJSIP_o_1_1_c"])
def test_what_is_not_ours_is_nobodys(text: str) -> None:
    assert read_name(text) is None
