"""The published files of Pocket TTS, and what is refused: tiny random weights in the published format, whole and spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pocket_tts", reason="the extra pocket is not installed", exc_type=ImportError)

import torch
import yaml
from safetensors.torch import load_file, save_file

from config.errors import Cancelled, Unavailable
from producer.nets.pocket.speaker import Speaker
from tests.support.tiny_pocket import write_tiny_pocket

pytestmark = pytest.mark.proof

EDITION = "english_2026-04"
TEXT = "Otters are back."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_pocket(tmp_path_factory.mktemp("weights") / EDITION, "alba", "anna")


@pytest.fixture(scope="module")
def speaker(published: Path) -> Speaker:
    return Speaker(published, EDITION)


def nothing() -> None:
    """Nobody wants it to stop."""


def test_speaks_the_same_for_the_same_seed_and_other_sound_for_another(speaker: Speaker, published: Path) -> None:
    voice = speaker.voice(published / "embeddings" / "alba.safetensors")
    first, again, other = (speaker.say(TEXT, voice, seed, nothing) for seed in (5, 5, 6))
    assert speaker.rate == 24000
    assert len(first) > 0.1 * speaker.rate
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_its_voices_differ(speaker: Speaker, published: Path) -> None:
    voices = [speaker.voice(published / "embeddings" / f"{name}.safetensors") for name in ("alba", "anna")]
    assert not np.array_equal(*(speaker.say(TEXT, voice, 5, nothing)[:20000] for voice in voices))


def test_leaves_the_lots_and_the_threads_of_others_alone(speaker: Speaker, published: Path) -> None:
    voice = speaker.voice(published / "embeddings" / "alba.safetensors")
    torch.manual_seed(1)
    expected, threads = torch.rand(3), torch.get_num_threads()
    torch.manual_seed(1)
    speaker.say(TEXT, voice, 5, nothing)
    assert torch.equal(torch.rand(3), expected)
    assert torch.get_num_threads() == threads


def test_learns_a_voice_from_a_recording_and_reads_it_back(speaker: Speaker, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * speaker.rate).astype(np.float32)
    (tmp_path / "own.safetensors").write_bytes(speaker.learn(noise))
    said = speaker.say(TEXT, speaker.voice(tmp_path / "own.safetensors"), 5, nothing)
    assert len(said) > 0.1 * speaker.rate


def test_weights_that_anybody_may_fetch_learn_no_voice(tmp_path: Path) -> None:
    deaf = Speaker(write_tiny_pocket(tmp_path / EDITION, "alba", deaf=True), EDITION)
    with pytest.raises(Unavailable, match="cannot learn a voice"):
        deaf.learn(np.zeros(24000, np.float32))
    voice = deaf.voice(tmp_path / EDITION / "embeddings" / "alba.safetensors")
    assert len(deaf.say(TEXT, voice, 5, nothing))


def test_stops_between_two_frames_and_leaves_no_thread_behind(speaker: Speaker, published: Path) -> None:
    import threading

    voice, looks, before = speaker.voice(published / "embeddings" / "alba.safetensors"), 0, threading.active_count()

    def look_up() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        speaker.say("Otters are back in the harbour, and the town is glad.", voice, 5, look_up)
    assert looks == 3
    assert threading.active_count() == before


def test_knows_how_much_fits(speaker: Speaker) -> None:
    assert speaker.fits(TEXT)
    assert not speaker.fits(TEXT * 10)


@pytest.fixture
def spoilt(published: Path, tmp_path: Path) -> Path:
    """A copy of the files, to be spoilt."""
    return Path(shutil.copytree(published, tmp_path / EDITION))


def refusal(folder: Path) -> str:
    with pytest.raises(Unavailable) as refused:
        Speaker(folder, EDITION)
    assert "\n" not in str(refused.value)
    assert str(folder) in refused.value.cure
    return refused.value.message


class TestWhatIsRefused:
    def test_a_file_that_is_cut_off(self, spoilt: Path) -> None:
        whole = (spoilt / "model.safetensors").read_bytes()
        (spoilt / "model.safetensors").write_bytes(whole[: len(whole) // 2])
        assert "cut off" in refusal(spoilt)

    def test_a_pickle_under_its_name(self, spoilt: Path) -> None:
        torch.save({"flow_lm.x": torch.zeros(1)}, spoilt / "model.safetensors")
        assert "cannot be loaded" in refusal(spoilt)

    def test_the_tensors_of_another_network(self, spoilt: Path) -> None:
        save_file({"layer.weight": torch.zeros(3)}, spoilt / "model.safetensors")
        assert "another network" in refusal(spoilt)

    def test_tensors_that_hold_no_numbers(self, spoilt: Path) -> None:
        tensors = load_file(spoilt / "model.safetensors")
        tensors["flow_lm.out_eos.bias"][0] = float("nan")
        save_file(tensors, spoilt / "model.safetensors")
        assert "no numbers" in refusal(spoilt)

    def test_the_published_configuration_where_the_weights_are_others(self, spoilt: Path) -> None:
        (spoilt / "config.yaml").unlink()
        assert "tokenizer" in refusal(spoilt)

    def test_a_configuration_that_would_fill_the_memory(self, spoilt: Path) -> None:
        config = yaml.safe_load((spoilt / "config.yaml").read_text())
        config["flow_lm"]["transformer"]["num_layers"] = 10**6
        (spoilt / "config.yaml").write_text(yaml.safe_dump(config))
        assert "num_layers = 1000000" in refusal(spoilt)

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "flow_lm: 3", "flow_lm: {}\nmimi: {}", "!!python/name:os.system ''"]
    )
    def test_a_configuration_of_something_else(self, spoilt: Path, text: str) -> None:
        (spoilt / "config.yaml").write_text(text)
        assert "config.yaml" in refusal(spoilt)

    def test_no_tokenizer_or_another_ones(self, spoilt: Path) -> None:
        (spoilt / "tokenizer.json").write_text('{"version": "1.0"}')
        assert refusal(spoilt)
        (spoilt / "tokenizer.json").unlink()
        assert "no tokenizer" in refusal(spoilt)

    @pytest.mark.parametrize("how", ["cut", "other", "long", "layer", "nan"])
    def test_a_voice_of_other_weights(self, speaker: Speaker, spoilt: Path, how: str) -> None:
        path = spoilt / "embeddings" / "alba.safetensors"
        state = load_file(path)
        (cache,) = (name for name in state if name.endswith("/cache"))
        (offset,) = (name for name in state if name.endswith("/offset"))
        if how == "cut":
            path.write_bytes(path.read_bytes()[:500])
        else:
            state |= {
                "other": {cache: state[cache][..., :4].contiguous()}, "long": {offset: torch.tensor([10**9])},
                "layer": {"elsewhere/cache": torch.zeros(1)}, "nan": {cache: torch.full_like(state[cache], torch.nan)},
            }[how]  # fmt: skip
            save_file(state, path)
        with pytest.raises(Unavailable, match=r"alba\.safetensors is no voice of these weights"):
            speaker.voice(path)


def test_where_it_may_be_fetched_from_is_never_asked(spoilt: Path) -> None:
    """A configuration names places on the hub; only the files in the folder are read."""
    config = yaml.safe_load((spoilt / "config.yaml").read_text())
    config |= {
        "weights_path": "hf://nobody/nothing/model.safetensors",
        "weights_path_without_voice_cloning": "https://nobody.invalid/x",
    }
    config["flow_lm"] |= {"weights_path": "https://nobody.invalid/flow"}
    config["flow_lm"]["lookup_table"] |= {"tokenizer_path": "hf://nobody/nothing/tokenizer.json"}
    (spoilt / "config.yaml").write_text(yaml.safe_dump(config))
    assert Speaker(spoilt, EDITION).rate == 24000
