"""Whether a PDF is plain paper: it opens without a password, and nothing in it acts by itself."""

from __future__ import annotations

import io

import pikepdf

from nuanxin.documents.rules.uploads import BadUpload

MOST_OBJECTS = 200_000
# What a viewer would run, start or send. A plain jump to a page, which many programs write, is none of these.
_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/GoToE", "/Rendition"}
_CARRIES = ("/JS", "/EmbeddedFiles", "/RichMedia", "/XFA")


def check_pdf(data: bytes) -> None:
    """Raises BadUpload for a PDF that cannot be opened, or that holds scripts, programs or other files."""
    try:
        with pikepdf.open(io.BytesIO(data)) as paper:
            acts = len(paper.objects) > MOST_OBJECTS or any(_acts(one) for one in paper.objects)
    except Exception as fault:  # a hostile file makes the reader raise anything
        raise BadUpload(
            "broken_pdf",
            "这个 PDF 打不开或有密码，请重新导出，或拍成照片。",
            "This PDF cannot be opened or has a password; export it again or photograph it.",
        ) from fault
    if acts:
        raise BadUpload(
            "active_pdf",
            "这个 PDF 带有自动运行的内容，请打印后拍照，或另存为普通 PDF。",
            "This PDF contains active content; photograph a print of it or save it as a plain PDF.",
        )


def _acts(found: pikepdf.Object, depth: int = 0) -> bool:
    """Whether an object, or one written inside it, acts. Objects that it refers to are looked at by themselves."""
    if isinstance(found, pikepdf.Array):
        inner = list(found) if depth < _DEEP else []
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        if str(found.get("/S", "")) in _ACTS or any(key in found for key in _CARRIES):
            return True
        inner = [value for _, value in found.items()] if depth < _DEEP else []
    else:
        return False
    return any(
        _acts(one, depth + 1) for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect
    )


_DEEP = 20
