"""Somebody else's voice: a presenter whose samples are of another voice than the one that speaks. The voices of this machine
introduce themselves for it, so that it is spoken with other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from producer.engines.registry import Registry
from producer.engines.requests import QualityRequest
from producer.quality.evidence import Evidence
from producer.quality.helpers import Voices
from producer.quality.melody import PITCH, melody
from producer.quality.planted import Fault
from producer.quality.specimens import Footage, Specimen
from producer.quality.whose_voice import NAME, whose_voice
from producer.speech.wav import from_wav, to_wav
from producer.voices import Voice, list_voices, save_sample
from storage.documents import ArtifactRef
from storage.quality import Finding


class Speakers:
    """The voices that are here. `samples`: the folder in which they introduce themselves, once."""

    def __init__(self, weights: Path, samples: Path) -> None:
        self._registry, self._samples = Registry(weights=weights), samples
        self._known = [voice for voice in list_voices(self._registry) if voice.here and not voice.borrowed]
        self._voices = Voices(weights)

    @property
    def here(self) -> bool:
        return not self._voices.problem and len(self._known) > 1

    def faults(self) -> tuple[Fault, ...]:
        if not self.here:
            return ()
        return (
            Fault(NAME, "samples of another voice", self._foreign, self.judge),
            Fault(PITCH, "samples played 1.6 to 2 times as fast", self._fast, melody, slight=True),
        )

    def good(self, specimen: Specimen) -> Iterator[Finding]:
        """What is said of a clip whose presenter gave samples of the voice that speaks."""
        own = self._own(specimen)
        if not self.here or own is None:
            return
        evidence = Evidence(self._with(specimen, own).request, specimen.artifacts)
        yield from self.judge(evidence)
        yield from (finding for finding in melody(evidence) if finding.name == PITCH)

    @property
    def judge(self) -> Callable[[Evidence], Iterator[Finding]]:
        return partial(whose_voice, knower=self._voices)

    def _foreign(
        self, specimen: Specimen, _shown: Footage, rng: np.random.Generator, _weights: Path | None
    ) -> QualityRequest:
        own = self._own(specimen)
        others = [voice for voice in self._known if own is None or (voice.engine, voice.id) != (own.engine, own.id)]
        return self._with(specimen, others[int(rng.integers(len(others)))]).request

    def _fast(
        self, specimen: Specimen, _shown: Footage, rng: np.random.Generator, _weights: Path | None
    ) -> QualityRequest:
        own = self._own(specimen)
        assert own is not None
        samples, rate = from_wav(save_sample(self._registry, own, self._samples))
        faster = round(rate * float(rng.uniform(1.6, 2.0)))
        sample = specimen.artifacts.put_bytes(to_wav(samples, faster), "audio/wav")
        return self._told(specimen, sample).request

    def _own(self, specimen: Specimen) -> Voice | None:
        """The voice that speaks: its engine's first of the language."""
        engine, language = specimen.request.options.voice_engine, specimen.request.script.lines[0].language
        fitting = list_voices(self._registry, language)
        return next((voice for voice in fitting if voice.engine == engine and voice in self._known), None)

    def _with(self, specimen: Specimen, voice: Voice) -> Specimen:
        """As if it had spoken with the samples of this voice."""
        return self._told(
            specimen, specimen.artifacts.put(save_sample(self._registry, voice, self._samples), "audio/wav")
        )

    def _told(self, specimen: Specimen, sample: ArtifactRef) -> Specimen:
        options = specimen.request.options.model_copy(update={"samples": (sample,), "voice_engine": "xtts"})
        return replace(specimen, request=replace(specimen.request, options=options))
