"""What is wrong with a recorded sentence: its form, its length, silence. For ``nuanxin hotline prompts --check``."""

from __future__ import annotations

import wave
from array import array
from pathlib import Path

RATE = 8000  # samples a second, as the telephone has them
SHORTEST = 0.5  # seconds
QUIET = 300  # of 32767: a sentence whose loudest sample is below it is silence
COMPANDED = (".alaw", ".ulaw")  # a byte for each sample, no head


def fault_of(path: Path, most: int) -> str:
    """What is wrong with a file, empty where nothing is. ``most``: seconds that it may last. Of kinds other than .wav,
    .alaw and .ulaw nothing is known."""
    try:
        if path.suffix == ".wav":
            seconds, loudest = _wave(path)
        elif path.suffix in COMPANDED:
            seconds, loudest = path.stat().st_size / RATE, QUIET
        else:
            return ""
    except BadSound as bad:
        return str(bad)
    except (OSError, EOFError, wave.Error):
        return "cannot be read as sound"
    if seconds < SHORTEST:
        return f"{seconds:.1f} s: no sentence is so short"
    if seconds > most:
        return f"{seconds:.1f} s: {most} s at most"
    return "" if loudest >= QUIET else "silence"


class BadSound(ValueError):
    """Sound in a form that Asterisk cannot play as it is."""


def _wave(path: Path) -> tuple[float, int]:
    with wave.open(str(path)) as file:
        form = (file.getframerate(), file.getsampwidth() * 8, file.getnchannels())
        if form != (RATE, 16, 1):
            raise BadSound(
                f"{form[0]} Hz, {form[1]} bit, {form[2]} channels: 8000 Hz, 16 bit, mono is needed"
            )
        frames = file.readframes(file.getnframes())
    samples = array("h", frames[: len(frames) // 2 * 2])
    return len(samples) / RATE, max(map(abs, samples), default=0)
