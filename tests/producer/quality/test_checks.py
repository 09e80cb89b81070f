"""Each check of the gate by itself: what it fails, what it lets pass, and where it says that it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.checks.pictures import COLUMNS, ROWS, PictureWatch, flicker, scene_cuts
from producer.checks.sounds import SoundWatch
from producer.quality.captions import cues, likeness
from producer.quality.look import likeness as looks_alike
from producer.quality.pitch import pitch, pitch_rmse
from producer.quality.script import shared_wording, unsupported
from producer.quality.swearing import swear_words
from producer.quality.transcripts import character_errors, error_rate, reading
from producer.quality.voice import crests_a_second, distance_db, longest_silence_s
from storage.documents import ScriptLine

RATE = 24_000
TIMES = np.arange(50) / 25


def seconds(count: float) -> np.ndarray:
    return np.arange(round(count * RATE)) / RATE


def speech_like(length: float, hertz: float = 140.0, seed: int = 1) -> np.ndarray:
    """A buzz whose loudness and pitch go up and down as a voice's do."""
    rng, t = np.random.default_rng(seed), seconds(length)
    sway = hertz * (1 + 0.15 * np.sin(2 * np.pi * 0.7 * t))
    wave = sum(np.sin(n * 2 * np.pi * np.cumsum(sway) / RATE) / n for n in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 2.2 * t) + 0.4 + 0.1 * rng.standard_normal(1), 0.0005, None)
    return (0.2 * wave * syllables * (0.7 + 0.3 * np.sin(2 * np.pi * 0.31 * t + seed))).astype(np.float32)


class TestAVoice:
    def test_that_is_clipped_comes_to_its_peak_again_and_again(self) -> None:
        voice = speech_like(3)
        clipped = np.clip(voice * 4, -np.abs(voice).max(), np.abs(voice).max())
        assert crests_a_second(voice, RATE) < 8 < crests_a_second(clipped, RATE)

    def test_with_hiss_stands_little_above_it(self) -> None:
        voice = speech_like(3)
        hiss = np.random.default_rng(2).normal(0, 0.02, len(voice)).astype(np.float32)
        assert distance_db(voice + hiss, RATE) < 30 < distance_db(voice, RATE)

    def test_that_stops_is_silent_for_so_long(self) -> None:
        voice = speech_like(4)
        voice[RATE : round(2.2 * RATE)] = 0
        assert longest_silence_s(voice, RATE) == pytest.approx(1.2, abs=0.15)
        assert longest_silence_s(np.zeros(RATE, np.float32), RATE) == 1.0

    @pytest.mark.parametrize("hertz", [80.0, 140.0, 220.0, 350.0])
    def test_has_the_pitch_that_it_was_made_with(self, hertz: float) -> None:
        found = pitch(speech_like(3, hertz), RATE)
        assert np.median(found) == pytest.approx(hertz, rel=0.06)
        assert pitch_rmse(found, pitch(speech_like(2, hertz, seed=5), RATE)) < 0.08 * hertz

    def test_of_another_person_is_told_from_it_by_its_pitch(self) -> None:
        assert pitch_rmse(pitch(speech_like(3, 110), RATE), pitch(speech_like(3, 200), RATE)) > 60

    @given(st.integers(0, 3000))
    def test_too_short_for_anything_is_no_error(self, length: int) -> None:
        sound = np.zeros(length, np.float32)
        assert crests_a_second(sound, RATE) == 0
        assert len(pitch(sound, RATE)) == 0
        assert pitch_rmse(pitch(sound, RATE), np.zeros(0)) is None
        assert longest_silence_s(sound, RATE) >= 0


class TestThePicture:
    def still(self) -> np.ndarray:
        return np.random.default_rng(3).uniform(40, 200, (1, ROWS, COLUMNS)).repeat(50, axis=0).astype(np.float32)

    def test_that_gets_lighter_and_darker_flickers(self) -> None:
        grids = self.still()
        grids[20:32] *= 1 + 0.08 * (-1.0) ** np.arange(12)[:, None, None]
        seen = flicker(TIMES, grids)
        assert seen.value >= 8
        assert seen.where[0].start <= 0.9 <= seen.where[0].end + 0.4

    def test_that_fades_or_has_a_card_come_and_go_does_not(self) -> None:
        fading = self.still() * np.linspace(0.2, 1, 50)[:, None, None].astype(np.float32)
        carded = self.still()
        carded[10:40:2, :2, :3] += 50
        assert flicker(TIMES, fading).value == flicker(TIMES, carded).value == 0

    def test_that_is_another_one_at_once_was_cut(self) -> None:
        grids = self.still()
        grids[25:] = 255 - grids[25:]
        seen = scene_cuts(TIMES, grids)
        assert (seen.value, seen.where[0].end) == (1, 1.0)

    def test_behind_a_curtain_was_not_cut(self) -> None:
        grids = self.still()
        for n in range(20, 28):
            grids[n:, : n - 19] = 20
        assert scene_cuts(TIMES, grids).value == 0

    def test_drawn_otherwise_in_each_frame_cannot_be_explained_by_movement(self) -> None:
        rng = np.random.default_rng(4)
        x, y = np.meshgrid(np.arange(640), np.arange(360))
        base = (120 + 40 * np.sin(x * np.pi / 40) + 40 * np.cos(y * np.pi / 60)).astype(np.uint8)
        calm, boiling = PictureWatch(), PictureWatch()
        for n in range(40):
            calm.see(n / 25, np.roll(base, n * 2, axis=1), False)
            blobs = rng.normal(0, 20, (24, 40)).repeat(15, axis=0).repeat(16, axis=1)
            boiling.see(n / 25, np.clip(base + blobs, 0, 255).astype(np.uint8), False)
        errors = [{s.name: s.value for s in watch.sightings()}["warp error"] for watch in (calm, boiling)]
        assert errors[0] < 3 < errors[1]

    @pytest.mark.parametrize(
        ("moves", "sees"),
        [
            ((0, 0), (0.0, 0.001)),  # a camera that stands still
            ((8, 0), (0.28, 0.35)),  # a sweep: 8 of 640 pixels, 25 times a second
            ((0, 8), (0.28, 0.35)),  # measured in widths whichever way it goes
        ],
    )
    def test_that_moves_as_a_whole_was_taken_by_a_moving_camera(
        self, moves: tuple[int, int], sees: tuple[float, float]
    ) -> None:
        watch = PictureWatch()
        base = np.random.default_rng(5).integers(0, 255, (23, 40), np.uint8).repeat(16, axis=0).repeat(16, axis=1)
        for n in range(40):
            watch.see(n / 25, np.roll(base, (n * moves[1], n * moves[0]), (0, 1)), False)
        seen = next(s for s in watch.sightings() if s.name == "camera movement")
        assert sees[0] <= seen.value <= sees[1]

    def test_in_which_somebody_moves_was_not(self) -> None:
        watch = PictureWatch()
        base = np.random.default_rng(5).integers(0, 255, (23, 40), np.uint8).repeat(16, axis=0).repeat(16, axis=1)
        for n in range(40):
            frame = base.copy()
            frame[120:280, 200:400] = np.roll(base, n * 8, axis=1)[120:280, 200:400]
            watch.see(n / 25, frame, False)
        assert next(s for s in watch.sightings() if s.name == "camera movement").value < 0.01

    def test_without_frames_is_no_error(self) -> None:
        assert {s.value for s in PictureWatch().sightings()} == {0.0}


class TestSound:
    def test_that_is_away_for_a_while_is_found_with_its_time(self) -> None:
        watch = SoundWatch()
        waves = 0.1 * np.ones((2, 48_000), np.float32)
        waves[:, 12_000:36_000] = 0
        for part in range(0, 48_000, 1000):
            watch.hear(part / 48_000, waves[:, part : part + 1000], 48_000)
        silence = watch.sightings()[0]
        assert silence.value == pytest.approx(0.5, abs=0.05)
        assert silence.where[0].start == pytest.approx(0.25, abs=0.03)

    def test_whose_clock_jumps_has_a_gap(self) -> None:
        watch = SoundWatch()
        for part in range(20):
            watch.hear(part * 0.02 + (0.2 if part >= 10 else 0), np.zeros((1, 960), np.float32), 48_000)
        gap = next(s for s in watch.sightings() if s.name == "sound gap")
        assert (gap.value, gap.where[0].start) == (0.2, 0.4)


class TestWords:
    def test_that_were_left_out_or_added_are_named(self) -> None:
        heard = reading("The night ferry sails at ten.", "The ferry sails at ten tomorrow.", "en")
        assert (heard.missing, heard.extra) == (("night",), ("tomorrow",))
        assert heard.errors == pytest.approx(2 / 6, abs=0.01)

    def test_in_figures_are_the_same_as_spelt_out(self) -> None:
        assert reading("Tickets cost 35 pounds.", "tickets cost thirty-five pounds", "en").errors == 0
        assert reading("The web site", "the website", "en").errors == 0

    def test_are_characters_where_no_spaces_are_written(self) -> None:
        assert reading("大桥通车了", "大桥通了", "zh").errors == pytest.approx(0.2)
        assert character_errors("ferry", "fery", "en") == pytest.approx(0.2)

    @given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
    def test_error_rate_is_a_distance(self, a: list[str], b: list[str]) -> None:
        assert error_rate(a, a) == 0
        assert error_rate(a, b) * max(1, len(a)) == pytest.approx(error_rate(b, a) * max(1, len(b)))

    @pytest.mark.parametrize("text", ["What the fuck", "this is SH1T", "f*ck it", "you b****h"])
    def test_that_swear_are_found_through_their_disguise(self, text: str) -> None:
        assert swear_words(text, "en")

    @pytest.mark.parametrize(
        "text",
        ["Scunthorpe's class assessed the cockpit", "4 of 5 stars at 3 $ each", "A shiitake in Essex", "Dick Van Dyke"],
    )
    def test_that_only_look_like_it_are_not(self, text: str) -> None:
        assert swear_words(text, "en") == []

    def test_that_the_source_lacks_are_found_by_line(self) -> None:
        source = "The night ferry returns\n\nThe ferry leaves at ten. Tickets cost 35 pounds.\n\nMara"
        lines = [
            ScriptLine(text="Hello from Mara at the Desk.", role="hook"),
            ScriptLine(text="Tickets cost 35 pounds.", quote="Tickets cost 35 pounds."),
            ScriptLine(text="Tickets cost 36 pounds."),
            ScriptLine(text="It leaves at ten.", supported=False),
        ]
        assert unsupported(lines, source) == [2, 3]

    def test_that_were_said_before_are_the_same_whatever_their_order(self) -> None:
        one = ["The ferry sails at ten.", "Tickets cost 35 pounds."]
        assert shared_wording(one, one[::-1]) == 1
        assert shared_wording(one, ["Bees can learn to play football."]) == 0
        assert shared_wording([], one) == 0


def test_a_caption_file_is_read_as_a_player_reads_it() -> None:
    found = cues("1\n00:00:01,000 --> 00:00:02,500\nNight trams\nreturn\n\n2\n00:00:02,500 --> 00:00:03,000\n夜间\n")
    assert [(cue.start, cue.end, cue.text) for cue in found] == [(1, 2.5, "Night trams\nreturn"), (2.5, 3, "夜间")]
    assert likeness("Night trams return. 夜间", "night trams return 夜间") == 1


def test_a_look_is_like_itself_and_like_no_other() -> None:
    look = bytes(range(48)).hex()
    assert looks_alike(look, look) == 1
    assert looks_alike(look, bytes(range(2, 50)).hex()) > 0.95
    assert looks_alike(look, bytes(range(200, 248)).hex()) == 0
    assert looks_alike(look, look[:-2]) == 0, "one of another size is of another kind"
