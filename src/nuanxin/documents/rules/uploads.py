"""What may be handed in as evidence: by what the bytes are, never by what the name says."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 200  # on one case


@dataclass(frozen=True, slots=True)
class FileKind:
    """One accepted kind of file: MIME type, whether a preview can be made, and how its bytes begin."""

    mime: str
    picture: bool
    heads: tuple[bytes, ...] = ()
    brands: tuple[bytes, ...] = ()  # for ISO media: what stands after "ftyp"


KINDS: tuple[FileKind, ...] = (
    FileKind("image/jpeg", True, (b"\xff\xd8\xff",)),
    FileKind("image/png", True, (b"\x89PNG\r\n\x1a\n",)),
    FileKind("image/webp", True, (b"RIFF",)),
    FileKind("image/heic", False, brands=(b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")),
    FileKind("application/pdf", False, (b"%PDF-",)),
    FileKind("audio/mpeg", False, (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    FileKind("audio/amr", False, (b"#!AMR",)),
    FileKind("audio/wav", False, (b"RIFF",)),
    FileKind("audio/mp4", False, brands=(b"M4A ",)),
    FileKind("video/quicktime", False, brands=(b"qt  ",)),
    FileKind("video/3gpp", False, brands=(b"3gp4", b"3gp5", b"3gp6", b"3gp7")),
    FileKind(
        "video/mp4",
        False,
        brands=(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "),
    ),
)


class BadUpload(Exception):
    """A file that cannot be taken: a stable code, and what to do in both languages."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code)
        self.code, self.zh, self.en = code, zh, en


def too_large() -> BadUpload:
    """The refusal of a file over the limit."""
    most = MOST_BYTES // 1024 // 1024
    return BadUpload(
        "too_large",
        f"文件太大了，最多 {most} MB。照片请用普通画质再拍一张，录像请剪短。",
        f"The file is too large; {most} MB at most. Take the photograph again in normal quality, or cut the video.",
    )


def _riff(head: bytes, mime: str) -> bool:
    return {"image/webp": b"WEBP", "audio/wav": b"WAVE"}.get(mime, b"") == head[8:12]


def kind_of(head: bytes) -> FileKind:
    """The kind of a file by its first 64 bytes. Raises BadUpload for an empty file or one of another kind."""
    if not head:
        raise BadUpload("empty", "这个文件是空的，请重新选。", "This file is empty; choose it again.")
    for kind in KINDS:
        if head[4:8] == b"ftyp" and head[8:12] in kind.brands:
            return kind
        if any(head.startswith(start) for start in kind.heads):
            if head.startswith(b"RIFF") and not _riff(head, kind.mime):
                continue
            return kind
    raise BadUpload(
        "wrong_type",
        "只收照片（JPG、PNG、WEBP、HEIC）、PDF、录音和录像。文档请拍成照片，或另存为 PDF。",
        "Photographs (JPG, PNG, WEBP, HEIC), PDF, sound and video only. Photograph other papers or save them as PDF.",
    )
