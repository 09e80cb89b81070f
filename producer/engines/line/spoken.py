"""What every voice engine does before and after speaking."""

from __future__ import annotations

from config.errors import BadInput
from producer.engines.base import Context, EngineInfo
from producer.engines.requests import LineOptions
from producer.speech.characters import speakable
from producer.speech.languages import primary
from producer.speech.speaking import Utterance
from producer.speech.wav import MEDIA_TYPE, to_wav
from storage.documents import Phoneme, SpokenLine, Word


def readable(options: LineOptions, voice: EngineInfo) -> None:
    """Raises BadInput when the line holds nothing to say, or not in a language of this voice."""
    if not speakable(options.text):
        raise BadInput(f"The line “{shortened(options.text)}” has no words to say.", "Write at least one word.")
    if voice.languages and primary(options.language) not in voice.languages:
        spoken = ", ".join(voice.languages)
        raise BadInput(
            f"{voice.title} does not speak “{options.language}” (it speaks {spoken}).",
            "Choose a voice for that language; `run.py doctor` lists the engines that have one.",
        )


def spoken_line(utterance: Utterance, options: LineOptions, voice: str, context: Context) -> SpokenLine:
    """The document and its WAV artifact. Raises BadInput when the voice could read none of the line."""
    if len(utterance.audio) == 0:
        raise BadInput(
            f"No word of “{shortened(options.text)}” can be read aloud in the language “{options.language}”.",
            "Give the line its real language, or write it in that language.",
        )
    return SpokenLine(
        text=options.text,
        language=options.language,
        voice=voice,
        audio=context.artifacts.put_bytes(to_wav(utterance.audio, utterance.rate), MEDIA_TYPE),
        sample_rate=utterance.rate,
        duration_s=utterance.duration,
        words=tuple(Word(text=word, start=at(start), end=at(end)) for word, start, end in utterance.words),
        phonemes=tuple(
            Phoneme(symbol=s.symbol, start=at(s.start), end=at(s.end), stress=s.stress) for s in utterance.sounds
        ),
    )


def at(seconds: float) -> float:
    """Times to the tenth of a millisecond: finer means nothing and would only fill the documents."""
    return round(seconds, 4)


def shortened(text: str, limit: int = 60) -> str:
    """A text short enough to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
