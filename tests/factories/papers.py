"""Files as people hand them in, honest and hostile."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image


def photograph(*, size: tuple[int, int] = (64, 48), place: bool = False) -> bytes:
    """A JPEG; with ``place`` the phone has written where it was, who owns it, and a word, and lies on its side."""
    picture = Image.new("RGB", size, "orange")
    out = io.BytesIO()
    if not place:
        picture.save(out, "JPEG")
        return out.getvalue()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to see it upright
    exif[0x013B] = "Tian Moumou"
    exif[0x8825] = {1: "N", 2: (35.8, 0.0, 0.0), 3: "E", 4: (112.9, 0.0, 0.0)}
    picture.save(
        out, "JPEG", exif=exif, comment=b"Tian Moumou was here", xmp=b"<x:xmpmeta>Tian Moumou</x:xmpmeta>"
    )
    return out.getvalue()


def png(size: tuple[int, int] = (8, 8), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "WEBP")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 50,000 by 50,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    header = struct.pack("!LLBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, *, password: str = "") -> bytes:
    """One blank page, after a change; sealed with a password where one is given."""
    paper, out = pikepdf.new(), io.BytesIO()
    paper.add_blank_page()
    if change is not None:
        change(paper)
    if password:
        paper.save(out, encryption=pikepdf.Encryption(user=password, owner=password))
    else:
        paper.save(out)
    return out.getvalue()


def _script(paper: pikepdf.Pdf) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_open_action(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = _script(paper)


def with_named_script(paper: pikepdf.Pdf) -> None:
    names = pikepdf.Array([pikepdf.String("a"), _script(paper)])
    paper.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def with_page_script(paper: pikepdf.Pdf) -> None:
    paper.pages[0].obj.AA = pikepdf.Dictionary(O=paper.make_indirect(_script(paper)))


def with_button(paper: pikepdf.Pdf) -> None:
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    button = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch
    )
    paper.pages[0].obj.Annots = pikepdf.Array([paper.make_indirect(button)])


def with_attachment(paper: pikepdf.Pdf) -> None:
    paper.attachments["tool.exe"] = pikepdf.AttachedFileSpec(paper, b"MZ")


def with_jump(paper: pikepdf.Pdf) -> None:
    """What word processors write: open at the first page."""
    paper.Root.OpenAction = pikepdf.Array([paper.pages[0].obj, pikepdf.Name.Fit])


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
PROGRAM = b"MZ\x90\x00" + bytes(200)
