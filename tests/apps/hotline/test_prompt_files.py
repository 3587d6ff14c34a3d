"""Which recorded sentences are missing is said with their words; tones stand in for them in a trial."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nuanxin.hotline.prompt_files import ALL, LANGUAGES, path_of, pitches, write_tone


def test_what_is_missing_is_named_with_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "zh" / "nuanxin"
    folder.mkdir(parents=True)
    for name in ALL:
        if name != "consent":
            (folder / f"{name}.alaw").write_bytes(b"x" * 8000)  # any kind that Asterisk plays
    with pytest.raises(SystemExit):
        call_command("hotline", "prompts", "--check", str(tmp_path), "--languages", "zh")
    said = capsys.readouterr().out.strip().split("\t")
    assert said == ["zh/nuanxin/consent.wav", ALL["consent"].zh, ALL["consent"].en]


def test_tones_fill_what_is_missing_and_overwrite_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "zh" / "nuanxin" / "welcome.wav"
    kept.parent.mkdir(parents=True)
    write_tone(kept, 300)
    voice = kept.read_bytes()
    call_command("hotline", "prompts", "--tones", str(tmp_path))
    call_command("hotline", "prompts", "--check", str(tmp_path))
    assert capsys.readouterr().out == ""
    assert kept.read_bytes() == voice
    with wave.open(str(tmp_path / "yue" / "nuanxin" / "consent.wav")) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2)


def test_every_sentence_and_language_has_tones_of_its_own() -> None:
    both = {pitches(language, name) for language in LANGUAGES for name in ALL}
    assert len(both) == len(LANGUAGES) * len(ALL)
    assert {low for low, _ in both} & {high for _, high in both} == set()
    assert max(high for _, high in both) < 3400  # what a telephone line carries


def test_without_a_folder_every_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("hotline", "prompts")
    lines = capsys.readouterr().out.splitlines()
    # What is said before a language is chosen is in Mandarin alone.
    assert len(lines) == len(ALL) + (len(LANGUAGES) - 1) * (len(ALL) - 3)
    assert lines[0] == f"zh/nuanxin/welcome.wav\t13 s\t{ALL['welcome'].zh}\t{ALL['welcome'].en}"
    with pytest.raises(CommandError):
        call_command("hotline", "prompts", "--check", "/nowhere/at/all")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"no sound"), "cannot be read as sound"),
        (lambda path: write_tone(path, 500, seconds=0.2), "0.2 s: no sentence is so short"),
        (lambda path: write_tone(path, 500, seconds=40), "40.0 s: 25 s at most"),
        (lambda path: write_tone(path), "silence"),
        (lambda path: studio(path), "44100 Hz, 16 bit, 2 channels: 8000 Hz, 16 bit, mono is needed"),
    ],
)
def test_a_recording_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], object], words: str
) -> None:
    call_command("hotline", "prompts", "--tones", str(tmp_path), "--languages", "zh")
    spoil(path_of(tmp_path, "zh", "consent"))
    with pytest.raises(SystemExit):
        call_command("hotline", "prompts", "--check", str(tmp_path), "--languages", "zh")
    assert capsys.readouterr().out == f"zh/nuanxin/consent.wav\t{words}\n"


def studio(path: Path) -> None:
    """As a studio delivers it."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44100)
        file.writeframes(bytes(4 * 44100))


def test_mandarin_takes_the_place_of_what_is_missing_and_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("hotline", "prompts", "--tones", str(tmp_path), "--languages", "zh")
    write_tone(path_of(tmp_path, "bo", "topics"), 777)
    call_command("hotline", "prompts", "--fill", str(tmp_path), "--languages", "bo")
    call_command("hotline", "prompts", "--fill", str(tmp_path), "--languages", "bo")
    consent, topics = path_of(tmp_path, "bo", "consent"), path_of(tmp_path, "bo", "topics")
    assert consent.read_bytes() == path_of(tmp_path, "zh", "consent").read_bytes()
    assert not topics.is_symlink()
    with pytest.raises(SystemExit):
        call_command("hotline", "prompts", "--check", str(tmp_path), "--languages", "bo")
    told = capsys.readouterr().out.splitlines()
    assert f"bo/nuanxin/consent.wav\tMandarin in its place\t{ALL['consent'].en}" in told
    assert not [line for line in told if "topics" in line or "welcome" in line]


def test_an_empty_folder_of_music_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    music = tmp_path / "moh"
    music.mkdir()
    call_command("hotline", "prompts", "--tones", str(tmp_path), "--languages", "zh")
    asked = ("hotline", "prompts", "--check", str(tmp_path), "--languages", "zh", "--music", str(music))
    with pytest.raises(SystemExit):
        call_command(*asked)
    assert "who waits hears silence" in capsys.readouterr().out
    write_tone(music / "one.wav", 440)
    call_command(*asked)
