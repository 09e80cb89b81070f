"""A licence that does not let everybody do everything is accepted once, by somebody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.errors import UsageError
from producer.consent import FILE, Consents, Terms

TERMS = Terms("talker", "for research", "non-commercial", "https://talker.example")


def test_a_free_licence_needs_nobody(tmp_path: Path) -> None:
    Consents(tmp_path).need(replace(TERMS, kind="osi"), accept=False, ask=None)
    assert not (tmp_path / FILE).exists()


def test_one_that_is_not_is_asked_about_once(tmp_path: Path) -> None:
    asked: list[str] = []
    for _ in range(2):
        Consents(tmp_path).need(TERMS, accept=False, ask=lambda told: bool(asked.append(told)) or True)
    assert len(asked) == 1
    assert "talker is under a licence of the class non-commercial: for research." in asked[0]


def test_and_again_when_its_words_change(tmp_path: Path) -> None:
    Consents(tmp_path).need(TERMS, accept=True, ask=None)
    assert Consents(tmp_path).given(TERMS)
    assert not Consents(tmp_path).given(replace(TERMS, licence="for nobody"))


def test_no_is_no_and_is_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="was not accepted"):
        Consents(tmp_path).need(TERMS, accept=False, ask=lambda _told: False)
    assert not Consents(tmp_path).given(TERMS)


def test_where_nobody_can_answer_the_flag_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="class non-commercial") as refused:
        Consents(tmp_path).need(TERMS, accept=False, ask=None)
    assert "--accept-licence" in refused.value.cure


def test_a_damaged_record_is_asked_about_again(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    assert not Consents(tmp_path).given(TERMS)
