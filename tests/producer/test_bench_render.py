"""What the benchmark of rendering measures is as long as it says."""

import pytest

from producer.bench_render import FRAME_S, LENGTHS, WORDS_PER_S, brief_of
from storage.documents import Script
from storage.orders import BriefOptions
from storage.upcast import read_document


@pytest.mark.parametrize("seconds", LENGTHS)
def test_a_clip_says_all_the_words_that_fill_its_time(seconds: int) -> None:
    """An engine's script ends after a minute and a half at most: once 300 s were cut to 39, and lengths never compared."""
    brief = brief_of(seconds, BriefOptions())
    script = read_document(brief.pins["script"].document)
    assert isinstance(script, Script)
    said = " ".join(line.text for line in script.lines).split()
    assert said == brief.topic.text.split()
    assert len(said) == round((seconds - FRAME_S) * WORDS_PER_S)
