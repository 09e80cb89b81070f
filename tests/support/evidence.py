"""Evidence about a clip of two lines, for checks by themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from producer.engines.base import Context
from producer.engines.requests import FinishOptions, FinishRequest, QualityOptions, QualityRequest
from producer.engines.stub import StubFinish
from producer.quality.evidence import Evidence
from producer.speech.wav import to_wav
from storage.artifacts import FolderStore
from storage.documents import Performance, Scene, Script, ScriptLine, Speech, SpokenSpan

SAID = ("The night ferry sails again.", "Tickets cost 35 pounds.")


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    store = FolderStore(tmp_path / "store")
    audio = store.put_bytes(to_wav(np.zeros(64_000, np.float32), 16_000), "audio/wav")
    script = Script(title="Ferry", lines=tuple(ScriptLine(text=text) for text in SAID))
    lines = (SpokenSpan(start=0.0, end=2.0), SpokenSpan(start=2.0, end=4.0))
    speech = Speech(audio=audio, sample_rate=16_000, duration_s=4.0, loudness_lufs=-20.0, lines=lines)
    scene, shown = Scene(image=audio, width=64, height=36), Performance(duration_s=4.0, fps=25)
    cut = StubFinish().run(FinishRequest(FinishOptions(), script, scene, speech, shown), Context(tmp_path, store))
    return Evidence(QualityRequest(QualityOptions(voice_engine="xtts"), script, scene, speech, shown, cut), store)
