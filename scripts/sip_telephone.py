"""A small telephone for trying an exchange: SIP over UDP, G.711, keys by RFC 4733. No library, no sound card.

It speaks a tone and says which tones it hears, so that a trial can tell who hears whom. Not for use by people.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import random
import re
import struct
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

PACKET, EVENT = 160, 101  # samples of 20 ms at 8 kHz; payload type of keys
KEYS = "0123456789*#"
HEARD = 25  # packets that are kept for listening: half a second
LOUD = 200.0  # of a tone, as Goertzel counts it over half a second, in 16-bit samples


def _ulaw(sample: int) -> int:
    sign, value = (0x80, -sample) if sample < 0 else (0, sample)
    value = min(value, 32635) + 132
    exponent = max(value.bit_length() - 8, 0)
    return ~(sign | exponent << 4 | value >> exponent + 3 & 0x0F) & 0xFF


def _linear(byte: int) -> int:
    byte = ~byte & 0xFF
    value = ((byte & 0x0F) << 3) + 132 << (byte >> 4 & 7)
    return 132 - value if byte & 0x80 else value - 132


LINEAR = [_linear(byte) for byte in range(256)]
SILENCE = bytes([0xFF]) * PACKET


def tone(hertz: int) -> bytes:
    """One packet of a tone; a multiple of 50 Hz goes on in the next packet without a click."""
    step = 2 * math.pi * hertz / 8000
    return bytes(_ulaw(int(8000 * math.sin(step * number))) for number in range(PACKET)) if hertz else SILENCE


def strength(sound: bytes, hertz: int) -> float:
    """How strong a tone is in G.711 sound, by Goertzel's algorithm."""
    turn, last, before = 2 * math.cos(2 * math.pi * hertz / 8000), 0.0, 0.0
    for byte in sound:
        last, before = LINEAR[byte] + turn * last - before, last
    power = last * last + before * before - turn * last * before
    return math.sqrt(max(power, 0.0)) * 2 / max(len(sound), 1)


@dataclass
class Message:
    """One SIP message. Header names are in small letters."""

    first: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    def get(self, name: str) -> str:
        """The first header of a name, empty without one."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def status(self) -> int:
        """Of an answer; 0 for a request."""
        return int(self.first.split()[1]) if self.first.startswith("SIP/") else 0


SHORT = {"i": "call-id", "f": "from", "t": "to", "v": "via", "m": "contact", "c": "content-type", "l": "content-length"}  # fmt: skip


def read_message(data: bytes) -> Message:
    """Take a datagram apart."""
    head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    pairs = [line.partition(":")[::2] for line in lines]
    named = [(key.strip().lower(), value.strip()) for key, value in pairs]
    return Message(first, [(SHORT.get(key, key), value) for key, value in named], body)


class _Sound(asyncio.DatagramProtocol):
    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def datagram_received(self, data: bytes, _addr: tuple[str, int]) -> None:
        if len(data) > 12 and data[1] & 0x7F == 0:
            self.talk.packets += 1
            self.talk.heard.append(data[12:])


class Talk:
    """One call of a telephone, whoever made it."""

    def __init__(self, telephone: Telephone, call: str, hertz: int) -> None:
        self.telephone, self.call, self.hertz = telephone, call, hertz
        self.ours, self.theirs = f"t{random.randrange(10**9)}", ""  # noqa: S311 (names, no secrets)
        self.local = self.remote = self.target = ""
        self.sequence, self.packets, self.cause = 1, 0, 0
        self.invite: Message | None = None
        self.last: str = ""  # what was answered last, for a request that comes twice
        self.heard: deque[bytes] = deque(maxlen=HEARD)
        self.rings, self.up, self.over = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._sound: asyncio.DatagramTransport | None = None
        self._to: tuple[str, int] | None = None
        self._keys: deque[str] = deque()
        self._number, self._time = random.randrange(60000), random.randrange(10**6)  # noqa: S311
        self._speaking: asyncio.Task[None] | None = None

    async def open_sound(self) -> int:
        """Open a port for sound and give its number."""
        loop = asyncio.get_running_loop()
        self._sound, _ = await loop.create_datagram_endpoint(
            lambda: _Sound(self), local_addr=(self.telephone.host, 0)
        )
        return int(self._sound.get_extra_info("sockname")[1])

    def speak_to(self, description: str) -> None:
        """Begin to speak to where the other side's description says."""
        host = re.search(r"c=IN IP4 (\S+)", description)
        port = re.search(r"m=audio (\d+)", description)
        if host and port:
            self._to = (host[1], int(port[1]))
        if self._speaking is None:
            self._speaking = asyncio.create_task(self._speak())

    async def _speak(self) -> None:
        voice, loop = tone(self.hertz), asyncio.get_running_loop()
        due = loop.time()
        while not self.over.is_set():
            if self._keys:
                await self._press(self._keys.popleft())
                due = loop.time()
            self._packet(0, voice)
            self._time += PACKET
            due += 0.02
            await asyncio.sleep(max(due - loop.time(), 0))

    async def _press(self, key: str) -> None:
        for number in range(8):
            last = number >= 5
            length = min(number + 1, 6) * PACKET
            self._packet(EVENT, struct.pack("!BBH", KEYS.index(key), (0x80 if last else 0) | 10, length))
            await asyncio.sleep(0.02)
        self._time += PACKET * 8

    def _packet(self, kind: int, payload: bytes) -> None:
        if self._sound and self._to:
            head = struct.pack("!BBHII", 0x80, kind, self._number & 0xFFFF, self._time & 0xFFFFFFFF, 12348)
            self._number += 1
            self._sound.sendto(head + payload, self._to)

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        self._keys.extend(keys)

    def hears(self, *tones: int) -> set[int]:
        """Which of these tones the last half second holds."""
        sound = b"".join(self.heard)
        return {hertz for hertz in tones if len(sound) > 2000 and strength(sound, hertz) > LOUD}

    def is_silent(self) -> bool:
        """Whether what came last is silence."""
        sound = b"".join(self.heard)
        return not sound or max(abs(LINEAR[byte]) for byte in sound) < LOUD

    def hang_up(self) -> None:
        """End it: BYE, CANCEL, or a refusal, as the call stands."""
        if self.over.is_set():
            return
        if self.up.is_set():
            self.sequence += 1
            self.telephone.ask("BYE", self)
        elif self.invite is None:
            self.telephone.ask("CANCEL", self)
            return  # its end is told by the answer to the INVITE
        else:
            self.telephone.reply(self, self.invite, "603 Decline")
        self.end()

    def end(self, cause: int = 0) -> None:
        """It is over, whoever ended it."""
        self.cause = self.cause or cause
        self.over.set()
        if self._sound:
            self._sound.close()


class Telephone(asyncio.DatagramProtocol):
    """One telephone, or a whole trunk: an address that calls and is called."""

    def __init__(
        self, host: str, port: int, exchange: tuple[str, int], *, name: str = "", hertz: int = 0
    ) -> None:
        self.host, self.port, self.exchange, self.name, self.hertz = host, port, exchange, name, hertz
        self.talks: dict[str, Talk] = {}
        self.came: list[Talk] = []  # calls that came in, in order
        self.answers: Callable[[Talk], None] = lambda talk: self.pick_up(talk)
        self._wire: asyncio.DatagramTransport | None = None
        self._registered: asyncio.Future[bool] | None = None
        self._password, self._count, self._proved = "", 0, False

    async def open(self) -> None:
        """Take the address."""
        loop = asyncio.get_running_loop()
        self._wire, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(self.host, self.port))

    def close(self) -> None:
        """Give it back."""
        if self._wire:
            self._wire.close()

    # ---- what it does

    async def register(self, password: str) -> bool:
        """Sign in at the exchange; whether it was taken."""
        self._password, self._proved = password, False
        self._registered = asyncio.get_running_loop().create_future()
        self._register("")
        try:
            return await asyncio.wait_for(self._registered, 5)
        except TimeoutError:
            return False

    def _register(self, proof: str) -> None:
        self._count += 1
        host = self.exchange[0]
        more = f"Expires: 3600\r\n{proof}"
        who = f"<sip:{self.name}@{host}>"
        self._send(f"REGISTER sip:{host} SIP/2.0", f"reg-{self.name}-{id(self)}", f"{who};tag=r", who, f"{self._count} REGISTER", more)  # fmt: skip

    async def call(self, number: str, caller: str, *, hertz: int | None = None) -> Talk:
        """Ring a number of the exchange as ``caller``."""
        call = f"{random.randrange(10**12)}@{self.host}"  # noqa: S311
        talk = Talk(self, call, self.hertz if hertz is None else hertz)
        port = await talk.open_sound()
        talk.target = f"sip:{number}@{self.exchange[0]}:{self.exchange[1]}"
        talk.local, talk.remote = f"<sip:{caller}@{self.host}>;tag={talk.ours}", f"<{talk.target}>"
        self.talks[call] = talk
        self.ask("INVITE", talk, self._description(port))
        return talk

    def pick_up(self, talk: Talk) -> None:
        """Answer a call that rings."""
        asyncio.get_running_loop().create_task(self._pick_up(talk))

    def refuse(self, talk: Talk, status: str) -> None:
        """Do not answer a call that rings, with a word of SIP such as ``486 Busy Here``."""
        assert talk.invite is not None
        self.reply(talk, talk.invite, status)
        talk.end(int(status[:3]))

    async def _pick_up(self, talk: Talk) -> None:
        port = await talk.open_sound()
        assert talk.invite is not None
        self.reply(talk, talk.invite, "200 OK", self._description(port))
        talk.speak_to(talk.invite.body)
        talk.up.set()

    def _description(self, port: int) -> str:
        return (
            f"v=0\r\no=- 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\nm=audio {port} RTP/AVP 0 {EVENT}\r\n"
            f"a=rtpmap:0 PCMU/8000\r\na=rtpmap:{EVENT} telephone-event/8000\r\na=fmtp:{EVENT} 0-15\r\na=sendrecv\r\n"
        )

    # ---- on the wire

    def ask(self, method: str, talk: Talk, body: str = "") -> None:
        """A request of a call."""
        self._send(f"{method} {talk.target} SIP/2.0", talk.call, talk.local, talk.remote, f"{talk.sequence} {method}", body=body, branch=talk.ours + (str(talk.sequence) if method not in {"INVITE", "CANCEL"} else ""))  # fmt: skip

    def _send(self, first: str, call: str, ours: str, theirs: str, sequence: str, more: str = "", body: str = "", branch: str = "") -> None:  # fmt: skip
        kind = "Content-Type: application/sdp\r\n" if body else ""
        branch = branch or f"{sequence.replace(' ', '')}{id(self)}"
        self._put(
            f"{first}\r\nVia: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{branch};rport\r\nMax-Forwards: 70\r\n"
            f"From: {ours}\r\nTo: {theirs}\r\nCall-ID: {call}\r\nCSeq: {sequence}\r\n"
            f"Contact: <sip:{self.name or 'trunk'}@{self.host}:{self.port}>\r\n{more}{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def _put(self, text: str) -> None:
        if self._wire and not self._wire.is_closing():
            self._wire.sendto(text.encode(), self.exchange)

    def reply(self, talk: Talk | None, asked: Message, status: str, body: str = "") -> None:
        """Answer a request."""
        to = asked.get("to") + (f";tag={talk.ours}" if talk and "tag=" not in asked.get("to") else "")
        vias = "".join(f"Via: {value}\r\n" for key, value in asked.headers if key == "via")
        kind = "Content-Type: application/sdp\r\n" if body else ""
        text = (
            f"SIP/2.0 {status}\r\n{vias}From: {asked.get('from')}\r\nTo: {to}\r\nCall-ID: {asked.get('call-id')}\r\n"
            f"CSeq: {asked.get('cseq')}\r\nContact: <sip:{self.name or 'trunk'}@{self.host}:{self.port}>\r\n{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )
        if talk:
            talk.last = text
        self._put(text)

    def datagram_received(self, data: bytes, _addr: tuple[str, int]) -> None:
        """Something came from the exchange."""
        said = read_message(data)
        if said.status:
            self._answered(said)
        elif said.first.startswith("INVITE"):
            self._invited(said)
        else:
            self._asked(said)

    def _answered(self, said: Message) -> None:
        if said.get("cseq").endswith("REGISTER"):
            self._on_registered(said)
            return
        talk = self.talks.get(said.get("call-id"))
        if talk is None or not said.get("cseq").endswith("INVITE"):
            return
        if said.status in {180, 183}:
            talk.rings.set()
        if said.status >= 200:
            talk.remote = said.get("to")
            if said.status < 300:
                contact = re.search(r"<([^>]+)>", said.get("contact"))
                talk.target = contact[1] if contact else talk.target
            self.ask("ACK", talk)
            if said.status >= 300:
                talk.end(said.status)
            elif not talk.up.is_set():
                talk.up.set()
                talk.speak_to(said.body)

    def _on_registered(self, said: Message) -> None:
        if self._registered is None or self._registered.done():
            return
        if said.status == 401 and not self._proved:
            self._proved = True
            self._register(self._proof(said.get("www-authenticate")))
        elif said.status >= 200:
            self._registered.set_result(said.status == 200)

    def _proof(self, asked: str) -> str:
        given = dict(re.findall(r'(\w+)="?([^",]+)"?', asked))

        def digest(*parts: str) -> str:
            return hashlib.md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()

        uri = f"sip:{self.exchange[0]}"
        own = digest(self.name, given["realm"], self._password)
        answer = digest(own, given["nonce"], "00000001", "nx", "auth", digest("REGISTER", uri))
        more = f',opaque="{given["opaque"]}"' if "opaque" in given else ""
        return (
            f'Authorization: Digest username="{self.name}",realm="{given["realm"]}",nonce="{given["nonce"]}",uri="{uri}",'
            f'response="{answer}",algorithm=MD5,qop=auth,nc=00000001,cnonce="nx"{more}\r\n'
        )

    def _invited(self, said: Message) -> None:
        known = self.talks.get(said.get("call-id"))
        if known is not None:
            if "tag=" in said.get("to"):  # within the talk: the same again, wherever it goes now
                known.speak_to(said.body)
            self._put(known.last)
            return
        talk = Talk(self, said.get("call-id"), self.hertz)
        talk.invite = said
        contact = re.search(r"<([^>]+)>", said.get("contact"))
        talk.target = contact[1] if contact else ""
        talk.local, talk.remote = f"{said.get('to')};tag={talk.ours}", said.get("from")
        self.talks[talk.call] = talk
        self.came.append(talk)
        self.reply(talk, said, "180 Ringing")
        talk.rings.set()
        self.answers(talk)

    def _asked(self, said: Message) -> None:
        method, talk = said.first.split()[0], self.talks.get(said.get("call-id"))
        if method == "ACK":
            return
        self.reply(None, said, "200 OK")
        if talk is None:
            return
        if method == "CANCEL" and talk.invite is not None and not talk.up.is_set():
            self.reply(talk, talk.invite, "487 Request Terminated")
            talk.end(487)
        elif method == "BYE":
            talk.end(200)
