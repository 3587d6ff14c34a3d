"""Many callers and operators at once, for ``scripts.try_asterisk``: both are sipp, the platform and Asterisk are real.

Callers press keys by SIP INFO (``dtmf_mode=auto_info`` at the trunk) and send no sound; telephones are at a fixed address.
``--sipp "chroot /srv/asterisk sipp" --sipp-root /srv/asterisk`` where sipp sees another root than this script.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from scripts.asterisk_stage import Stage, until
from scripts.try_browser_telephone import PASSWORD

FOLDER = "/tmp/nuanxin-crowd"  # noqa: S108 (nothing secret: how invented callers behave)
CALLERS, TELEPHONES = ("127.0.0.2", 5071), ("127.0.0.3", 6000)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="nuanxin">\n"""
SOUND = "v=0\no=- 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [local_ip]\nt=0 0\nm=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\n"
FROM = "From: <sip:1390[call_number]000@[local_ip]>;tag=[pid]c[call_number]"
VIA = "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]"
CONTACT = "Contact: <sip:[service]@[local_ip]:[local_port]>"


def _send(text: str, body: str = "", kind: str = "application/sdp", retrans: str = "") -> str:
    more = f"Content-Type: {kind}\nContent-Length: [len]\n\n{body}" if body else "Content-Length: 0\n\n"
    return f"<send{retrans}><![CDATA[\n{text}\nMax-Forwards: 70\n{more}]]></send>\n"


def _ask(
    method: str, number: int, body: str = "", kind: str = "application/sdp", to: str = "[peer_tag_param]"
) -> str:
    target = "sip:12348@[remote_ip]:[remote_port]" if method == "INVITE" else "[next_url]"
    lines = [
        f"{method} {target} SIP/2.0",
        VIA,
        FROM,
        f"To: <sip:12348@[remote_ip]>{to}",
        "Call-ID: [call_id]",
    ]
    retrans = "" if method == "ACK" else ' retrans="500"'
    return _send("\n".join([*lines, f"CSeq: {number} {method}", CONTACT]), body, kind, retrans)


def caller() -> str:
    """Rings, presses 1 four times, waits or talks for a while, hangs up."""
    pressed = "Signal=1\nDuration=160\n"
    wait = '<pause distribution="uniform" min="700" max="1500"/>'
    keys = "".join(
        f'{wait}{_ask("INFO", 2 + place, pressed, "application/dtmf-relay")}<recv response="200"/>\n'
        for place in range(4)
    )
    return (
        HEAD + _ask("INVITE", 1, SOUND, to="") + '<recv response="100" optional="true"/><recv response="180" optional="true"/>'
        '<recv response="183" optional="true"/><recv response="200" rrs="true"/>\n' + _ask("ACK", 1) + keys
        + '<pause distribution="uniform" min="4000" max="40000"/>\n' + _ask("BYE", 9) + '<recv response="200"/></scenario>\n'
    )  # fmt: skip


def telephone() -> str:
    """Rings for a moment, is picked up, talks for a while, hangs up."""
    last = "[last_Via:]\n[last_From:]\n[last_To:]{}\n[last_Call-ID:]\n[last_CSeq:]\n" + CONTACT
    mark = ";tag=[pid]t[call_number]"
    bye = f"BYE [next_url] SIP/2.0\n{VIA}\nFrom: <sip:[service]@[local_ip]>{mark}\nTo: [$caller]\nCall-ID: [call_id]\nCSeq: 1 BYE"
    return (
        HEAD + '<recv request="INVITE" rrs="true"><action><ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/></action></recv>\n'
        + _send("SIP/2.0 180 Ringing\n" + last.format(mark)) + '<pause distribution="uniform" min="500" max="3000"/>\n'
        + _send("SIP/2.0 200 OK\n" + last.format(mark), SOUND, retrans=' retrans="500"') + '<recv request="ACK"/>\n'
        '<pause distribution="uniform" min="3000" max="20000"/>\n' + _send(bye, retrans=' retrans="500"')
        + '<recv response="200"/></scenario>\n'
    )  # fmt: skip


class Crowd:
    """The two processes of sipp."""

    def __init__(self, stage: Stage, callers: int, seconds: int) -> None:
        self.folder = Path(stage.given.sipp_root + FOLDER)
        self.folder.mkdir(exist_ok=True, parents=True)
        (self.folder / "caller.xml").write_text(caller())
        (self.folder / "telephone.xml").write_text(telephone())
        self.sipp, self.running = stage.given.sipp, list[subprocess.Popen[bytes]]()
        self.start("telephone", TELEPHONES, "-s", "0")
        self.start(
            "caller",
            CALLERS,
            "127.0.0.1:5060",
            "-s",
            "12348",
            "-l",
            str(callers),
            "-r",
            "5",
            "-timeout",
            f"{seconds}s",
        )

    def start(self, scenario: str, at: tuple[str, int], *more: str) -> None:
        """One of them, without a screen."""
        given = [
            "-sf",
            f"{FOLDER}/{scenario}.xml",
            "-i",
            at[0],
            "-p",
            str(at[1]),
            "-nostdin",
            "-mi",
            at[0],
        ]
        log = (self.folder / f"{scenario}.log").open("wb")
        command = [*shlex.split(self.sipp), *more, *given]
        self.running.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL))

    def end(self) -> None:
        """Both."""
        for one in self.running:
            one.terminate()
            one.wait(20)


def _seat(stage: Stage, count: int) -> list[str]:
    """so many operators at the general desk, with telephones at sipp's address; their sign-ins."""
    from django.core.management import call_command

    from nuanxin.accounts.actions import create_staff, grant_role
    from nuanxin.audit.actor import SYSTEM, Role

    names = [f"crowd{number}" for number in range(1, count + 1)]
    for number, name in enumerate(names, 1):
        person = create_staff(
            username=name, name=name, password=PASSWORD, office=1, must_change_password=False, by=SYSTEM, at=stage.began
        )  # fmt: skip
        grant_role(staff=person, role=Role.OPERATOR, region=140000_000000, by=SYSTEM, at=stage.began)
        call_command("hotline", "seat", name, "--desk", str(stage.desks["general"]), "--extension", str(8000 + number), "--desk-phone")  # fmt: skip
    printed = stage.run("hotline", "pjsip", "--exchange", str(stage.number))
    fixed = re.sub(
        r"\[(80\d\d)\]\ntype=aor\nmax_contacts=1\nremove_existing=yes\nqualify_frequency=30",
        rf"[\1]\ntype=aor\ncontact=sip:\1@{TELEPHONES[0]}:{TELEPHONES[1]}", printed,
    )  # fmt: skip
    stage.exchange.include.write_text(fixed)
    stage.exchange.do("module reload res_pjsip.so")
    return names


def _cpu(pid: int) -> float:
    """Seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _asterisk() -> int:
    found = [one for one in Path("/proc").glob("[0-9]*/comm") if one.read_text().strip() == "asterisk"]
    return int(found[0].parent.name) if found else 0


async def crowd(stage: Stage) -> str:
    """A crowd of callers and operators for minutes: every call is on record once and agrees with Asterisk's records."""
    from nuanxin.hotline.models import Call

    if not stage.given.sipp:
        return "NOT TRIED, no --sipp was given"
    callers, operators, seconds = stage.given.crowd
    names = _seat(stage, operators)
    await asyncio.sleep(4)
    for name in names:
        stage.state(name, "ready")
    began, load = datetime.now(UTC), [os.getloadavg()[0]]
    assert stage.gateway is not None
    asterisk = _asterisk()
    before = (_cpu(stage.gateway.pid), _cpu(asterisk))
    sipp, peak, start = Crowd(stage, callers, seconds), 0, asyncio.get_running_loop().time()
    try:
        while (gone := asyncio.get_running_loop().time() - start) < seconds + 60:
            await asyncio.sleep(1)
            for name in names:
                stage.wrap_up(name)
            load.append(os.getloadavg()[0])
            channels = stage.channels()
            peak = max(peak, channels)
            if gone > seconds and channels == 0:
                break
    finally:
        spent = (_cpu(stage.gateway.pid) - before[0], _cpu(asterisk) - before[1])
        sipp.end()
    stage.exchange.do("channel request hangup all")
    await until(lambda: stage.channels() == 0, 60, "no channel left")
    await asyncio.sleep(3)
    rows = Call.objects.filter(exchange=stage.number, arrived_at__gte=began)
    said = {
        "callers": callers, "operators": operators, "seconds": seconds, "calls": rows.count(),
        "talks": rows.filter(talked=True).count(), "open": rows.exclude(state__in=["ended", "wrap_up"]).count(),
        "most_channels": peak, "gateway_cpu_s": round(spent[0], 1), "asterisk_cpu_s": round(spent[1], 1),
        "load_mean": round(sum(load) / len(load), 1), "load_most": round(max(load), 1), "reconciled": stage.reconcile(began),
    }  # fmt: skip
    if stage.given.figures:
        stage.given.figures.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    assert said["open"] == 0, said
    return json.dumps(said, ensure_ascii=False)
