"""``nuanxin hotline prompts``: which of the recorded sentences an engine lacks, and tones in their place for a trial."""

from __future__ import annotations

import math
import wave
from argparse import ArgumentParser
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nuanxin.hotline.rules.routing import LANGUAGE_KEYS
from nuanxin.hotline.rules.voice.prompts import AWAY, PROMPTS, Prompt

RATE = 8000  # samples a second, as the telephone has them
KINDS = (".wav", ".alaw", ".ulaw", ".sln", ".sln16", ".g722", ".gsm")
LANGUAGES = tuple(dict.fromkeys(LANGUAGE_KEYS.values()))
ALL: dict[str, Prompt] = {**PROMPTS, **AWAY}
MUSIC = 1300  # hertz, of the tone in the place of music


class BadFolder(Exception):
    """No folder of sounds."""


def add_arguments(does: Any) -> None:
    """One sub-command."""
    prompts: ArgumentParser = does.add_parser(
        "prompts", help="which recorded sentences are missing, with their words in Chinese and English"
    )
    prompts.add_argument("--check", type=Path, metavar="FOLDER", help="Asterisk's folder of sounds")
    prompts.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    prompts.add_argument(
        "--tones",
        type=Path,
        metavar="FOLDER",
        help="write a tone for each that is missing there, for a trial",
    )


def prompts(
    *, say: Callable[[str], None], check: Path | None, languages: list[str], tones: Path | None, **_: Any
) -> int:
    """Print what is missing; without a folder, all sentences. Returns how many are missing. Raises BadFolder."""
    for folder in (check, tones):
        if folder is not None and not folder.is_dir():
            raise BadFolder(f"{folder} is no folder")
    if tones is not None:
        for language, name in list(missing(tones, languages)):
            write_tone(path_of(tones, language, name), *pitches(language, name))
    if check is None:
        if tones is None:
            for name, sentence in ALL.items():
                say(f"{name}\t{sentence.zh}\t{sentence.en}")
        return 0
    lacking = list(missing(check, languages))
    for language, name in lacking:
        say(f"{language}/nuanxin/{name}.wav\t{ALL[name].zh}\t{ALL[name].en}")
    return len(lacking)


def missing(folder: Path, languages: list[str]) -> Iterator[tuple[str, str]]:
    """Language and name of each sentence of which there is no file of any kind."""
    for language in languages:
        for name in ALL:
            path = path_of(folder, language, name)
            if not any(path.with_name(name + kind).is_file() for kind in KINDS):
                yield language, name


def path_of(folder: Path, language: str, name: str) -> Path:
    """Where Asterisk looks for a sentence."""
    return folder / language / "nuanxin" / f"{name}.wav"


def pitches(language: str, name: str) -> tuple[int, int]:
    """The two tones, in hertz, by which a trial knows a sentence and its language."""
    return 900 + 50 * LANGUAGES.index(language), 1500 + 50 * list(ALL).index(name)


def write_tone(path: Path, *hertz: int, seconds: float = 1.2) -> None:
    """Write a WAV of 16 bits with these tones at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    steps = [2 * math.pi * one / RATE for one in hertz]
    samples = (
        int(6000 * sum(math.sin(step * number) for step in steps)) for number in range(int(RATE * seconds))
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", samples).tobytes())
