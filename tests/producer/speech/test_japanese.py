"""Japanese read aloud: figures with what they count, words by their readings, kana as sounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.japanese import spell_out
from producer.speech.japanese_numbers import kana
from tests.support.alphabet import ALPHABET

SAID = {
    "2026年3月5日": "ニセンニジューロクネンサンガツイツカ",
    "2026/3/20": "ニセンニジューロクネン サンガツ ハツカ",
    "3,000人と1人と4人": "サンゼンニンとヒトリとヨニン",
    "45億円、1億2000万人": "ヨンジューゴオクエン,イチオクニセンマンニン",
    "18:30、6時5分": "ジューハチジ サンジュップン,ロクジゴフン",
    "41.5度、-5℃、0.5": "ヨンジューイッテンゴ度,マイナスゴ度,レーテンゴ",
    "80km/h、12%、10kg": "ハチジューキロメートル毎時,ジューニパーセント,ジューキログラム",
    "2つ、3本、6匹、20日": "フタツ,サンボン,ロッピキ,ハツカ",
    "3階、10分、8歳": "サンガイ,ジュップン,ハッサイ",
    "$12.50、5〜10個、1/3": "ジューニテンゴゼロドル,ゴからジュッコ,サン分のイチ",
    "NHKとG7": "エヌエイチケーとジーナナ",
    "www.example.jp/xとa@example.com": "example ドット jpとa アットマーク example ドット com",
    "祭り🎉！": "祭り!",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_japanese_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@given(st.text(max_size=100))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"[0-9]", spell_out(text))


@given(st.integers(0, 10**16 - 1))
def test_numbers_are_said_in_different_ways(n: int) -> None:
    assert kana(n) != kana(n + 1)
    assert re.fullmatch(r"[ァ-ヺー]+", kana(n))


class TestSounds:
    """These need the dictionary that the extra `ja` brings."""

    @pytest.fixture(autouse=True)
    def dictionary(self) -> None:
        pytest.importorskip("janome")

    @pytest.mark.parametrize(
        ("written", "sounds"),
        {
            "東京は大きい": "toːkʲoːβa oːkii",
            "会社へ行った": "kaiɕae iʔta",
            "写真を見る": "ɕaɕiɴo miɾɯ",
            "ティーム、チェス、ファン": "tiːmɯ, ʨesɨ, ɸaɴ",
            "ニュースとジュース": "ɲɨːsɨto ʥɨːsɨ",
            "サンゼンニンの患者": "saɴzeɴɲiɴno kaɴʥa",
        }.items(),
    )
    def test_words_sound_as_the_dictionary_reads_them(self, written: str, sounds: str) -> None:
        from producer.speech.japanese_sounds import phonemes

        assert phonemes(spell_out(written), str) == sounds

    @given(st.text(alphabet="あいうかきくしつっゃゅょんアティファヴーッャ日本人東京、。「」 ", max_size=30))
    def test_any_text_has_sounds_that_the_voice_knows(self, text: str) -> None:
        from producer.speech.japanese_sounds import phonemes

        assert set(phonemes(spell_out(text), str)) <= ALPHABET

    @pytest.mark.parametrize(
        "text", ["2026年3月5日、田中さんは3,000人に会った。", "「こんにちは」と言いました…", "NHKのニュース、18:30から"]
    )
    def test_captions_show_words_with_their_particles_and_lose_nothing(self, text: str) -> None:
        from producer.speech.captions import caption_words

        words = caption_words(text, "ja")
        assert "".join(words) == text
        assert 2 <= len(words) <= 8
