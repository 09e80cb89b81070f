"""A presenter's own voice: the best of their samples, and what a network learnt of them, kept so that it is learnt once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.errors import BadInput
from producer.engines.base import Context, EngineInfo
from producer.engines.line.ears import RATE as HEARING_RATE
from producer.engines.requests import LineOptions
from producer.likeness import alike
from producer.speech.intake import read_sound
from producer.speech.reference import best_part, cut
from producer.speech.sound import Samples, resampled
from storage.artifacts import StageRecord
from storage.canonical import tagged_hash
from storage.documents import ArtifactRef, VoiceLatents

LONGEST_SAMPLE_S = 600.0
SHORTEST_VOICE_S = 3.0
"""Less of a voice than this is not enough to learn it."""


def best_samples(options: LineOptions, rate: int, weights: Path | None, context: Context) -> list[Samples]:
    """Of each sample the ten seconds that say most of a voice: over the noise, not cut off, of one speaker; mono at `rate`.

    `weights`: the folder of all engines' weights, where what tells speakers apart may lie. Raises BadInput when there is
    too little of the voice.
    """
    sounds = [
        read_sound(context.artifacts.fetch(sample), rate, LONGEST_SAMPLE_S, context.stop_if_cancelled)
        for sample in options.samples
    ]
    if sum(map(len, sounds)) < SHORTEST_VOICE_S * rate:
        raise BadInput(
            "The samples of this voice are too short.", f"Give at least {SHORTEST_VOICE_S:.0f} seconds of it."
        )
    return [
        cut(sound, rate, best_part(resampled(sound, rate, HEARING_RATE), HEARING_RATE, alike=alike(weights)))
        for sound in sounds
    ]


def need_samples(options: LineOptions, engine: EngineInfo) -> None:
    """Raises BadInput for a presenter without samples."""
    if not options.samples:
        raise BadInput(
            f"{engine.title} speaks in a presenter's own voice, and this one gave no sample of it.",
            "Add one: run.py presenters add NAME --sample FILE --consent …",
        )


def learnt(
    engine: EngineInfo, edition: str, options: LineOptions, context: Context, learn: Callable[[], ArtifactRef]
) -> Path:
    """What the network knows of the voice, as a file: found in the store by what it is made of, or learnt and kept there.

    `edition`: another one is learnt anew. Raises BadInput for a presenter without samples.
    """
    need_samples(options, engine)
    key = tagged_hash(edition, [engine.weights, [sample.sha256 for sample in options.samples]])
    found = context.artifacts.result(key)
    if found is not None:
        kept = found.read()
        if isinstance(kept, VoiceLatents) and context.artifacts.holds(kept.latents.sha256):
            return context.artifacts.fetch(kept.latents)
        context.artifacts.discard_result(key)
    reference = learn()
    voice = VoiceLatents(latents=reference, samples=tuple(sample.sha256 for sample in options.samples))
    context.artifacts.commit(key, StageRecord.of(voice, engine.id, engine.version, 0.0))
    return context.artifacts.fetch(reference)
