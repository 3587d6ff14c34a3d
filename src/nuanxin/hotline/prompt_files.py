"""``nuanxin hotline prompts``: the script to read from, which recordings an engine lacks or cannot play, Mandarin in the
place of a language that is missing, and tones for a trial."""

from __future__ import annotations

import math
import wave
from argparse import ArgumentParser
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nuanxin.hotline.prompt_sound import RATE, fault_of
from nuanxin.hotline.rules.routing import LANGUAGE_KEYS, MANDARIN
from nuanxin.hotline.rules.voice.prompts import AWAY, MANDARIN_ALONE, PROMPTS, Prompt

KINDS = (".wav", ".alaw", ".ulaw", ".sln", ".sln16", ".g722", ".gsm")
LANGUAGES = tuple(dict.fromkeys(LANGUAGE_KEYS.values()))
ALL: dict[str, Prompt] = {**PROMPTS, **AWAY}
MUSIC = 1300  # hertz, of the tone in the place of music


class BadFolder(Exception):
    """No folder of sounds."""


def add_arguments(does: Any) -> None:
    """One sub-command."""
    prompts: ArgumentParser = does.add_parser(
        "prompts", help="the sentences to record; which recordings are missing, or cannot be played"
    )
    prompts.add_argument("--check", type=Path, metavar="FOLDER", help="Asterisk's folder of sounds")
    prompts.add_argument(
        "--music", type=Path, metavar="FOLDER", help="with --check: the folder of music on hold"
    )
    prompts.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    prompts.add_argument(
        "--fill",
        type=Path,
        metavar="FOLDER",
        help="put a link to the Mandarin sentence for each that is missing there",
    )
    prompts.add_argument(
        "--tones",
        type=Path,
        metavar="FOLDER",
        help="write a tone for each that is missing there, for a trial",
    )


def prompts(
    *, say: Callable[[str], None], check: Path | None, music: Path | None, languages: list[str], fill: Path | None,
    tones: Path | None, **_: Any,
) -> int:  # fmt: skip
    """Print the script, or do what is asked for and print what is wrong. Returns how much is. Raises BadFolder."""
    for folder in (check, fill, tones):
        if folder is not None and not folder.is_dir():
            raise BadFolder(f"{folder} is no folder")
    if fill is not None:
        fill_in(fill, languages)
    if tones is not None:
        for language, name in list(missing(tones, languages)):
            write_tone(path_of(tones, language, name), *pitches(language, name))
    if check is None:
        if tones is None and fill is None:
            for line in script(languages):
                say(line)
        return 0
    wrong = list(_wrong(check, languages, music))
    for line in wrong:
        say(line)
    return len(wrong)


def script(languages: list[str]) -> Iterator[str]:
    """What is to be read for each file: file, most seconds, the Chinese, and the meaning for other languages."""
    for language in languages:
        for name in needed(language):
            one = ALL[name]
            yield f"{language}/nuanxin/{name}.wav\t{one.seconds} s\t{one.zh}\t{one.en}"


def needed(language: str) -> list[str]:
    """Which sentences a language needs."""
    return [name for name in ALL if language == MANDARIN or name not in MANDARIN_ALONE]


def _wrong(folder: Path, languages: list[str], music: Path | None) -> Iterator[str]:
    for language in languages:
        for name in needed(language):
            found = _files(folder, language, name)
            if not found:
                yield f"{language}/nuanxin/{name}.wav\t{ALL[name].zh}\t{ALL[name].en}"
            elif language != MANDARIN and all(path.is_symlink() for path in found):
                yield f"{language}/nuanxin/{name}.wav\tMandarin in its place\t{ALL[name].en}"
            for path in found:
                fault = fault_of(path, ALL[name].seconds)
                if fault:
                    yield f"{language}/nuanxin/{path.name}\t{fault}"
    if music is not None and not (music.is_dir() and any(one.is_file() for one in music.iterdir())):
        yield f"{music}\tno music: who waits hears silence"


def _files(folder: Path, language: str, name: str) -> list[Path]:
    path = path_of(folder, language, name)
    return [one for one in (path.with_name(name + kind) for kind in KINDS) if one.is_file()]


def missing(folder: Path, languages: list[str]) -> Iterator[tuple[str, str]]:
    """Language and name of each sentence of which there is no file of any kind."""
    for language in languages:
        for name in needed(language):
            if not _files(folder, language, name):
                yield language, name


def fill_in(folder: Path, languages: list[str]) -> None:
    """Where a language lacks a sentence, a link to the Mandarin one: Asterisk by itself would take the English."""
    for language, name in list(missing(folder, [one for one in languages if one != MANDARIN])):
        for path in _files(folder, MANDARIN, name):
            link = path_of(folder, language, name).with_name(path.name)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)  # a link to a file that is gone
            link.symlink_to(Path("..", "..", MANDARIN, "nuanxin", path.name))


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
