"""Hypothesis strategies for every stage document: any values that the documents' own types allow."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from storage.documents import (
    ArtifactRef,
    Attribution,
    Check,
    Cut,
    Document,
    MediaFacts,
    Performance,
    Phoneme,
    Scene,
    Script,
    ScriptLine,
    Speech,
    SpokenLine,
    SpokenSpan,
    Word,
)

TEXT = st.text(max_size=12)
SAID = st.text(min_size=1, max_size=12)
SECONDS = st.floats(min_value=0, max_value=1e4).map(abs)
LEVELS = st.floats(min_value=-70, max_value=0).map(lambda level: level + 0.0)
COUNTS = st.integers(min_value=0, max_value=10_000)
FORMATS = st.sampled_from(["16:9", "9:16", "1:1"])

REFS = st.builds(
    ArtifactRef,
    sha256=st.binary(max_size=4).map(lambda data: hashlib.sha256(data).hexdigest()),
    media_type=st.sampled_from(["video/mp4", "audio/wav", "image/png"]),
    size=COUNTS,
)
ATTRIBUTIONS = st.builds(
    Attribution, name=TEXT, url=TEXT, title=TEXT, rights=st.sampled_from(["own", "licensed", "quote"])
)
LINES = st.builds(
    ScriptLine, text=SAID, language=st.sampled_from(["en", "es", "zh"]),
    role=st.sampled_from(["hook", "body", "close"]), quote=TEXT, supported=st.booleans(),
    hints=st.dictionaries(SAID, SAID, max_size=2),
)  # fmt: skip
SPANS = st.builds(SpokenSpan, start=SECONDS, end=SECONDS)
WORDS = st.builds(Word, text=TEXT, start=SECONDS, end=SECONDS, line=COUNTS)
PHONEMES = st.builds(Phoneme, symbol=SAID, start=SECONDS, end=SECONDS, stress=st.integers(0, 2))


def _some(of: st.SearchStrategy, at_least: int = 0) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.lists(of, min_size=at_least, max_size=3).map(tuple)


SCRIPTS = st.builds(
    Script, title=SAID, lines=_some(LINES, 1), source=st.none() | ATTRIBUTIONS, scene=TEXT, keywords=_some(TEXT)
)
SCENES = st.builds(
    Scene, image=REFS, width=COUNTS, height=COUNTS, prompt=TEXT, seed=st.integers(), backdrop=TEXT, colours=_some(TEXT)
)
SPOKEN_LINES = st.builds(
    SpokenLine, text=TEXT, language=TEXT, voice=TEXT, audio=REFS, sample_rate=COUNTS, duration_s=SECONDS,
    words=_some(WORDS), phonemes=_some(PHONEMES),
)  # fmt: skip
SPEECHES = st.builds(
    Speech, audio=REFS, sample_rate=COUNTS, duration_s=SECONDS, loudness_lufs=LEVELS, lines=_some(SPANS),
    words=_some(WORDS), phonemes=_some(PHONEMES),
)  # fmt: skip
PERFORMANCES = st.builds(
    Performance, duration_s=SECONDS, fps=COUNTS, footage=st.none() | REFS, renderer=TEXT, tracks=st.none() | REFS,
    look=st.dictionaries(SAID, st.integers() | TEXT | st.booleans(), max_size=3),
)  # fmt: skip
MEDIA = st.builds(
    MediaFacts, width=COUNTS, height=COUNTS, fps=SECONDS, duration_s=SECONDS, video_codec=TEXT, audio_codec=TEXT,
    loudness_lufs=LEVELS, true_peak_dbtp=LEVELS,
)  # fmt: skip
CHECKS = st.builds(Check, name=TEXT, value=SECONDS | TEXT, bound=TEXT, passed=st.booleans(), at_s=st.none() | SECONDS)
CUTS = st.builds(
    Cut, format=FORMATS, video=REFS, poster=REFS, srt=REFS, vtt=REFS, media=MEDIA, checks=_some(CHECKS),
    line_spans=_some(SPANS), words=_some(WORDS), peaks=_some(st.floats(0, 1).map(abs)),
)  # fmt: skip

KINDS = (SCRIPTS, SCENES, SPOKEN_LINES, SPEECHES, PERFORMANCES, CUTS)
ANY_DOCUMENT: st.SearchStrategy[Document] = st.one_of(*KINDS)
TWO_OF_A_KIND = st.one_of(*(st.tuples(kind, kind) for kind in KINDS))
