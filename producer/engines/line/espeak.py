"""eSpeak NG: a plain voice for many languages, for those that no better voice here speaks.

It is under the GPL, so that it is a program beside this one and never a part of it: text goes in by its standard input, sound
comes out as a WAV file. Install it with the system's own packages (`apt install espeak-ng`).

    text ─▶ espeak-ng -w ─▶ sound ─┐
    word ─▶ espeak-ng --ipa ─▶ IPA ┴▶ times, by a voice that has clocks where one speaks the language, else by its IPA
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, VoiceInfo
from producer.engines.line.spoken import readable, shortened, spoken_line
from producer.engines.line.timing import Timing
from producer.engines.requests import LineRequest
from producer.speech.languages import primary
from producer.speech.respelling import respelling
from producer.speech.sound import Samples, faded, spoken_part
from producer.speech.wav import from_wav
from storage.documents import SpokenLine

ID = "espeak"
PROGRAM = "espeak-ng"
INSTALL = "apt install espeak-ng"
VOICES = {
    "en": "en-gb", "es": "es", "fr": "fr-fr", "de": "de", "it": "it", "pt": "pt-br", "pl": "pl", "tr": "tr", "ru": "ru", "nl": "nl",
    "cs": "cs", "ar": "ar", "zh": "cmn", "hu": "hu", "ko": "ko", "hi": "hi", "sv": "sv", "fi": "fi", "da": "da", "nb": "nb",
    "el": "el", "ro": "ro", "uk": "uk", "fa": "fa", "ur": "ur", "id": "id", "vi": "vi", "sw": "sw", "ca": "ca", "bg": "bg",
}  # fmt: skip
"""Language → eSpeak's name of its voice (docs/languages.md of espeak-ng). Japanese is left out: it reads no kanji."""
WORDS_PER_MINUTE = 160
"""At rate 1; its own 175 is quick for the news."""
LIMIT_S, POLL_S, GRACE_S = 60.0, 0.05, 0.3
LONGEST_TEXT = 5000
MARKS = {"ˈ": 2, "ˌ": 1}


class Espeak:
    """One line. Voices are named as eSpeak names them, such as `de` or `en-us`."""

    weights_folder: Path | None = None

    def __init__(self, program: str = PROGRAM) -> None:
        self._program = program
        self._timing: Timing | None = None
        self.info = EngineInfo(
            id=ID,
            stage="line",
            version="1",
            title="eSpeak NG",
            code_licence=Licence("GPL-3.0-or-later"),
            languages=tuple(VOICES),
            cures=(INSTALL,),
        )

    def check(self) -> list[Problem]:
        if shutil.which(self._program) is None:
            return [Problem("The program espeak-ng is not installed.", INSTALL)]
        return []

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, f"Run `{problem.cure}`.")

    def unload(self) -> None:
        if self._timing is not None:
            self._timing.close()
        self._timing = None

    def catalogue(self) -> tuple[VoiceInfo, ...]:
        here = not self.check()
        return tuple(VoiceInfo(voice, "eSpeak", language, "male", here=here) for language, voice in VOICES.items())

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        """Raises BadInput for a text it cannot read, Unavailable when the program is missing, fails or takes too long."""
        options = request.options
        readable(options, self.info)
        if len(options.text) > LONGEST_TEXT:
            raise BadInput(f"The line has {len(options.text):,} characters.", f"Use up to {LONGEST_TEXT:,} in a line.")
        language = primary(options.language)
        voice = options.voice if options.voice in VOICES.values() else VOICES[language]
        context.stop_if_cancelled()
        context.progress(0.0, "speaking")
        sound, rate = self._spoken(respelling(options.hints)(options.text), voice, options.rate, context)
        context.progress(0.6, "finding the words")
        self._timing = self._timing or Timing(
            self.weights_folder.parent if self.weights_folder else None,
            lambda word, _language: self._sounds(word, voice, context),
        )
        timed = self._timing.timed(options.text, language, sound, rate, options.hints, context.stop_if_cancelled)
        return spoken_line(timed, options, f"{ID}-{voice}", context)

    def _spoken(self, text: str, voice: str, rate: float, context: Context) -> tuple[Samples, int]:
        path = context.workdir / "line.wav"
        speed = str(round(min(max(WORDS_PER_MINUTE * rate, 80), 450)))
        self._ran(["-b", "1", "-z", "-v", voice, "-s", speed, "-w", str(path), "--stdin"], text, context)
        try:
            audio, samples_rate = from_wav(path)
        except (OSError, EOFError, ValueError) as error:
            raise Unavailable("eSpeak wrote no sound.", "Try it by hand: espeak-ng -v en hello") from error
        first, last = spoken_part(audio, samples_rate)
        if last == 0:
            raise BadInput(f"eSpeak reads nothing of “{shortened(text)}”.", "Give the line its real language.")
        return faded(audio[first:last], samples_rate), samples_rate

    def _sounds(self, word: str, voice: str, context: Context) -> list[str]:
        """A word's IPA, one symbol a sound, without stress."""
        told = self._ran(["-b", "1", "-q", "--ipa", "--sep=_", "-v", voice, "--stdin"], word, context)
        plain = "".join(letter for letter in told if letter not in MARKS)
        return [symbol for symbol in plain.replace("_", " ").split() if symbol.isalpha() or len(symbol) > 1]

    def _ran(self, arguments: list[str], text: str, context: Context) -> str:
        """What the program prints. It is killed with all its children when it takes too long or somebody asks for it."""
        try:
            process = subprocess.Popen(
                [self._program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                text=True, encoding="utf-8", errors="replace", start_new_session=True, cwd=context.workdir,
            )  # fmt: skip
        except OSError as error:
            raise Unavailable("The program espeak-ng cannot be started.", f"Run `{INSTALL}`.") from error
        started, given = time.monotonic(), text.replace("\x00", " ")
        try:
            while True:
                try:
                    printed, complaint = process.communicate(given, timeout=POLL_S)
                    break
                except subprocess.TimeoutExpired:
                    given = ""  # the first call has it already
                context.stop_if_cancelled()
                if time.monotonic() - started > LIMIT_S:
                    raise Unavailable("eSpeak takes too long over a line.", "Shorten the line.")
        finally:
            _end(process)
        if process.returncode:
            last = (complaint.strip().splitlines() or ["no reason given"])[-1]
            raise Unavailable(f"eSpeak failed: {last}", f"Try it by hand, or install it again: {INSTALL}")
        return printed


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is not None:
        return
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            pass
        break
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
