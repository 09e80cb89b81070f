"""The published files of XTTS, and what is refused: tiny random weights in the published format, whole and spoilt."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("TTS.utils.import_utils", reason="the extra xtts is not installed", exc_type=ImportError)
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.proof]

from config.errors import Cancelled, Unavailable  # noqa: E402
from producer.nets.xtts.speaker import SAMPLE_RATE, Latents, Speaker  # noqa: E402
from tests.support.tiny_xtts import write_tiny_xtts  # noqa: E402


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_xtts(tmp_path_factory.mktemp("weights") / "xtts")


@pytest.fixture(scope="module")
def speaker(published: Path) -> Speaker:
    return Speaker(published)


@pytest.fixture(scope="module")
def voice(speaker: Speaker) -> Latents:
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * SAMPLE_RATE).astype(np.float32)
    return speaker.latents([noise])


def nothing() -> None:
    """Nobody wants it to stop."""


def test_speaks_the_same_for_the_same_seed_and_other_sound_for_another(speaker: Speaker, voice: Latents) -> None:
    first, again, other = (speaker.say("Otters are back.", "en", voice, 1.0, seed, nothing) for seed in (5, 5, 6))
    assert speaker.rate == 24000
    assert len(first) > 0.1 * speaker.rate
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_faster_rate_takes_less_time(speaker: Speaker, voice: Latents) -> None:
    usual, fast = (speaker.say("Otters are back.", "en", voice, rate, 5, nothing) for rate in (1.0, 1.5))
    assert len(fast) < 0.8 * len(usual)


def test_a_voice_is_kept_as_a_file_and_read_again(speaker: Speaker, voice: Latents, tmp_path: Path) -> None:
    (tmp_path / "voice.npz").write_bytes(voice.to_bytes())
    read = Latents.read(tmp_path / "voice.npz")
    said = [speaker.say("Hello.", "en", one, 1.0, 3, nothing) for one in (voice, read)]
    assert np.array_equal(*said)


def test_stops_between_two_tokens(speaker: Speaker, voice: Latents) -> None:
    looks = 0

    def look_up() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        speaker.say("Otters are back in the harbour.", "en", voice, 1.0, 5, look_up)
    assert looks == 3


def test_knows_how_much_fits(speaker: Speaker) -> None:
    assert speaker.fits("Otters are back.", "en")
    assert not speaker.fits("Otters are back. " * 20, "en")
    assert speaker.limit("ja") < speaker.limit("en")


class Danger:
    """What a pickle can hold beside numbers."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.target,)


@pytest.fixture
def spoilt(published: Path, tmp_path: Path) -> Path:
    """A copy of the files, to be spoilt."""
    return Path(shutil.copytree(published, tmp_path / "xtts"))


def refusal(folder: Path) -> str:
    with pytest.raises(Unavailable) as refused:
        Speaker(folder)
    assert "\n" not in str(refused.value)
    assert str(folder) in refused.value.cure
    return refused.value.message


class TestWhatIsRefused:
    def test_a_file_that_is_cut_off(self, spoilt: Path) -> None:
        whole = (spoilt / "model.pth").read_bytes()
        (spoilt / "model.pth").write_bytes(whole[: len(whole) // 2])
        assert "cut off" in refusal(spoilt)

    def test_a_file_that_would_run_as_a_program(self, spoilt: Path, tmp_path: Path) -> None:
        import torch

        target = tmp_path / "it-ran"
        torch.save({"model": {"gpt.x": torch.zeros(1)}, "config": Danger(target)}, spoilt / "model.pth")
        assert "could run as a program" in refusal(spoilt)
        assert not target.exists()

    def test_the_tensors_of_another_network(self, spoilt: Path) -> None:
        import torch

        torch.save({"model": {"layer.weight": torch.zeros(3)}}, spoilt / "model.pth")
        assert "tensors are missing" in refusal(spoilt)

    def test_a_tensor_of_another_shape(self, spoilt: Path) -> None:
        import torch

        content = torch.load(spoilt / "model.pth", weights_only=True)
        content["model"]["gpt.mel_head.bias"] = torch.zeros(7)
        torch.save(content, spoilt / "model.pth")
        assert "gpt.mel_head.bias is (7,)" in refusal(spoilt)

    def test_tensors_that_hold_no_numbers(self, spoilt: Path) -> None:
        import torch

        content = torch.load(spoilt / "model.pth", weights_only=True)
        content["model"]["gpt.mel_head.bias"][0] = float("nan")
        torch.save(content, spoilt / "model.pth")
        assert "no numbers" in refusal(spoilt)

    def test_a_configuration_that_would_fill_the_memory(self, spoilt: Path) -> None:
        config = json.loads((spoilt / "config.json").read_text())
        config["model_args"]["gpt_layers"] = 10**6
        (spoilt / "config.json").write_text(json.dumps(config))
        assert "gpt_layers = 1000000" in refusal(spoilt)

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"model": "vits", "model_args": {}}', "[" * 100_000])
    def test_a_configuration_of_something_else(self, spoilt: Path, text: str) -> None:
        (spoilt / "config.json").write_text(text)
        assert "config.json" in refusal(spoilt)

    def test_a_vocabulary_of_something_else(self, spoilt: Path) -> None:
        (spoilt / "vocab.json").write_text('{"version": "1.0"}')
        assert "vocab.json" in refusal(spoilt)

    def test_and_the_files_stay_as_they_were(self, published: Path) -> None:
        before = (published / "model.pth").read_bytes()
        Speaker(published).close()
        assert (published / "model.pth").read_bytes() == before


def test_takes_the_published_files_own_configuration_objects(spoilt: Path) -> None:
    """Published files carry it as objects under a module that has since moved."""
    import torch

    from producer.nets.xtts.package import coqui

    content = torch.load(spoilt / "model.pth", weights_only=True)
    config = coqui("TTS.tts.configs.xtts_config")
    content["config"] = config.XttsConfig()
    torch.save(content, spoilt / "model.pth")
    assert Speaker(spoilt).rate == 24000
