"""Previews of photographs: small, upright, without the metadata that tells where a phone was."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

MOST_PIXELS = 60_000_000  # a 48-megapixel phone fits; a decompression bomb does not
EDGE = 1200


def make_preview(data: bytes) -> bytes | None:
    """A JPEG of at most 1200 px, or None for a picture that cannot be drawn. The original is kept either way."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.draft("RGB", (EDGE, EDGE))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((EDGE, EDGE))
                out = io.BytesIO()
                upright.convert("RGB").save(out, "JPEG", quality=82)
                return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
