"""Previews of photographs: small, upright, without the metadata that tells where a phone was."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

MOST_PIXELS = 60_000_000  # a 48-megapixel phone fits; a decompression bomb does not
EDGE = 1200
# Told by its size below; the library's own word about it would only fill the log.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


def make_preview(data: bytes) -> bytes | None:
    """A JPEG of at most 1200 px, or None for a picture that cannot be drawn. The original is kept either way."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((EDGE, EDGE))
            out = io.BytesIO()
            _on_white(upright).save(out, "JPEG", quality=82)
            return out.getvalue()
    except Exception:  # decoders raise anything on a hostile file
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture alone: no comment, place, profile or other word about it, and nothing to see through."""
    whole = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(whole, mask=whole if whole.mode == "RGBA" else None)
    return paper
