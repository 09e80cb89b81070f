"""One's own voice: a recording that says the whole script, cut into its lines at the pauses between them.

    recording, all lines ─▶ times of all words ─▶ cuts, kept in the artifact store
    line's part of it ─▶ its own words and sounds, timed anew

The recording is a clip's own (`Brief.recording`): where there is one, no other engine speaks.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from config.errors import BadInput
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.line.spoken import readable, shortened, spoken_line
from producer.engines.line.timing import Timing
from producer.engines.requests import LineRequest, Recorded
from producer.speech.captions import caption_words
from producer.speech.cutting import line_spans
from producer.speech.languages import primary
from producer.speech.sound import Samples, faded
from producer.speech.speaking import Utterance
from producer.speech.wav import from_wav
from storage.artifacts import StageRecord
from storage.canonical import tagged_hash
from storage.documents import RecordingCuts, SpokenLine, SpokenSpan

ID = "recording"
VERSION = "1"
SHORTEST_S = 0.1


class Recording:
    """Any language. Times come from a voice that speaks it, where one is installed, else from the pauses alone."""

    weights_folder: Path | None = None

    def __init__(self) -> None:
        self.info = EngineInfo(
            id=ID,
            stage="line",
            version=VERSION,
            title="Own recording",
            code_licence=Licence("Apache-2.0"),
            needs="recording",
        )
        self._timing: Timing | None = None

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        self._timing = Timing(self.weights_folder.parent if self.weights_folder else None)

    def unload(self) -> None:
        if self._timing is not None:
            self._timing.close()
        self._timing = None

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        """Raises BadInput for a clip without a recording, or one that does not say the script."""
        options, recorded = request.options, request.options.recording
        readable(options, self.info)
        context.stop_if_cancelled()
        if recorded is None or recorded.line >= len(recorded.lines):
            raise BadInput(
                "This clip has no recording to cut its lines from.", "Order it with: run.py make --recording FILE"
            )
        context.progress(0.0, "listening to the recording")
        audio, rate = _read(context.artifacts.fetch(recorded.audio))
        span = self._cuts(audio, rate, recorded, options.language, context).lines[recorded.line]
        context.stop_if_cancelled()
        context.progress(0.7, "finding the words")
        part = faded(audio[round(span.start * rate) : round(span.end * rate)], rate)
        if len(part) < SHORTEST_S * rate or not np.any(part):
            raise BadInput(
                f"The recording does not say “{shortened(options.text)}”.",
                "Record the whole script, or leave the line out.",
            )
        return spoken_line(self._timed(options.text, options.language, part, rate, context), options, ID, context)

    def _cuts(self, audio: Samples, rate: int, recorded: Recorded, language: str, context: Context) -> RecordingCuts:
        """Where the lines are: found in the store by recording and text, or looked for and kept there."""
        key = tagged_hash("recording-cuts/1", [VERSION, recorded.audio.sha256, primary(language), list(recorded.lines)])
        if (found := context.artifacts.result(key)) is not None and isinstance(kept := found.read(), RecordingCuts):
            return kept
        whole = self._timed(" ".join(recorded.lines), language, audio, rate, context)
        counts = [len(caption_words(line, language)) for line in recorded.lines]
        try:
            spans = line_spans(audio, rate, [(start, end) for _, start, end in whole.words], counts)
        except ValueError as error:
            raise BadInput("A line of the script has no words to say.", "Write at least one word in each.") from error
        made = RecordingCuts(lines=tuple(SpokenSpan(start=round(a, 4), end=round(b, 4)) for a, b in spans))
        context.artifacts.commit(key, StageRecord.of(made, ID, VERSION, 0.0))
        return made

    def _timed(self, text: str, language: str, audio: Samples, rate: int, context: Context) -> Utterance:
        self._timing = self._timing or Timing(self.weights_folder.parent if self.weights_folder else None)
        return self._timing.timed(text, language, audio, rate, None, context.stop_if_cancelled)


def _read(path: Path) -> tuple[Samples, int]:
    try:
        return from_wav(path)
    except (wave.Error, EOFError, ValueError) as error:
        raise BadInput(
            "The recording is no 16-bit WAV file.", "Bring it along with: run.py make --recording FILE"
        ) from error
