"""A WAV file of silence: what the simulator records."""

from __future__ import annotations

import io
import wave

RATE = 8000
LONGEST = 600  # seconds, so that a day of talks fits into memory


def silence(seconds: int) -> bytes:
    """Silence at 8 kHz, one byte a sample."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(b"\x80" * RATE * min(max(seconds, 1), LONGEST))
    return file.getvalue()
