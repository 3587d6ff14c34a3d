"""Which recorded sentences are missing is said with their words; tones stand in for them in a trial."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nuanxin.hotline.prompt_files import ALL, LANGUAGES, pitches


def test_what_is_missing_is_named_with_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "zh" / "nuanxin"
    folder.mkdir(parents=True)
    for name in ALL:
        if name != "consent":
            (folder / f"{name}.alaw").write_bytes(b"x")  # any kind that Asterisk plays
    with pytest.raises(SystemExit):
        call_command("hotline", "prompts", "--check", str(tmp_path), "--languages", "zh")
    said = capsys.readouterr().out.strip().split("\t")
    assert said == ["zh/nuanxin/consent.wav", ALL["consent"].zh, ALL["consent"].en]


def test_tones_fill_what_is_missing_and_overwrite_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "zh" / "nuanxin" / "welcome.wav"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"a voice")
    call_command("hotline", "prompts", "--tones", str(tmp_path))
    call_command("hotline", "prompts", "--check", str(tmp_path))
    assert capsys.readouterr().out == ""
    assert kept.read_bytes() == b"a voice"
    with wave.open(str(tmp_path / "yue" / "nuanxin" / "consent.wav")) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2)


def test_every_sentence_and_language_has_tones_of_its_own() -> None:
    both = {pitches(language, name) for language in LANGUAGES for name in ALL}
    assert len(both) == len(LANGUAGES) * len(ALL)
    assert {low for low, _ in both} & {high for _, high in both} == set()
    assert max(high for _, high in both) < 3400  # what a telephone line carries


def test_without_a_folder_every_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("hotline", "prompts")
    assert len(capsys.readouterr().out.splitlines()) == len(ALL)
    with pytest.raises(CommandError):
        call_command("hotline", "prompts", "--check", "/nowhere/at/all")
