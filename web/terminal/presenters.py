"""`run.py presenters`: who may speak. A portrait is looked at before it is taken.

picture ─▶ study, gate ─▶ artifact store ─▶ PresenterSpec with the person's consent ─▶ the studio
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from config.errors import BadInput, Unavailable, UnknownName, UsageError
from config.folders import DataFolder
from producer.plan.freeze import LANGUAGE_NAMES
from producer.speech.intake import media_type, read_sound
from storage.artifacts import ArtifactStore
from storage.clock import now
from storage.documents import ArtifactRef
from storage.orders import Consent, PresenterSpec
from web.local_client import Reply

if TYPE_CHECKING:
    from producer.render.photo.gate import Refusal
    from producer.render.photo.prepare import Prepared

MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
"""How files begin."""
MOST_SAMPLES, SHORTEST_SAMPLE_S, LONGEST_SAMPLE_S, HEARD_AT = 8, 3, 600, 16000
"""Of a voice: how many, how long (seconds), and the rate at which they are looked at."""
SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
SETTINGS = {"scene": "stands in the scene", "window": "speaks from a window: the picture cuts off hair or shoulders"}

Ask = Callable[..., Reply]
Look = Callable[[Path], "Prepared | Refusal"]


def presenter_of(
    short: str, *, name: str, role: str, look: str, portrait: Path | None, consent: str, framed: bool,
    voices: tuple[str, ...], samples: tuple[Path, ...], look_at: Look, artifacts: ArtifactStore, console: Console,
    persona: str = "", languages: tuple[str, ...] = (),
) -> PresenterSpec:  # fmt: skip
    """The presenter that somebody describes; a portrait and samples of a voice are in the store when this returns.

    Raises UsageError, or BadInput that says why a portrait cannot speak.
    """
    if not SHORT_NAME.fullmatch(short):
        raise UsageError(
            f"“{short}” is no short name.", "Use small Latin letters, digits and dashes, such as ana-ruiz."
        )
    if bool(look) == bool(portrait):
        raise UsageError("A presenter has either a drawn look or a portrait.", "Give --look or --portrait.")
    if (portrait or samples) and not consent.strip():
        raise UsageError(
            f"A {'portrait' if portrait else 'voice'} needs the consent of the person {'it shows' if portrait else 'it is'}.",
            'Say when and to what they agreed: --consent "Ana Ruiz agreed on 3 May 2026 to present our news".',
        )
    spec = PresenterSpec(
        slug=short,
        name=name or short.replace("-", " ").title(),
        role=role,
        persona=persona.strip(),
        languages=tuple(_spoken(code) for code in languages),
        look={"name": _known_look(look)} if look else {},
        voices=dict(_voice(text) for text in voices),
        samples=tuple(_sample(path, artifacts) for path in _few(samples)),
    )
    if portrait or samples:
        spec = spec.model_copy(update={"consent": Consent(statement=consent.strip(), recorded_at=now())})
    if portrait is None:
        return spec
    kind = picture_type(portrait)
    _take(look_at(portrait), spec.name, console, framed=framed)
    reference = artifacts.put(portrait, kind)
    return spec.model_copy(update={"look": {"portrait": reference.model_dump()}})


def look_with(folder: DataFolder) -> Look:
    """Looks at a portrait as the photo presenter will. Raises Unavailable when its weights are not there, BadInput
    for a file that is no picture."""

    def look_at(path: Path) -> Prepared | Refusal:
        from producer.engines.video.photo import ID, Photo

        engine = Photo()
        engine.weights_folder = folder.weights / ID
        for problem in engine.check():
            raise Unavailable(problem.message, f"Run `{problem.cure}`.")
        from producer.render.inputs import read_picture
        from producer.render.photo.prepare import prepare
        from producer.render.photo.study import Observer

        return prepare(read_picture(path), Observer(engine.weights_folder))

    return look_at


def list_presenters(presenters: list[Mapping[str, Any]], console: Console) -> None:
    """A line each: short name, name and role, what is seen, voices, consent."""
    for entry in presenters:
        spec = PresenterSpec.model_validate(entry)
        shown = "a portrait" if spec.kind == "portrait" else f"drawn: {spec.look.get('name', 'of its own parameters')}"
        voices = ", ".join(f"{language}={voice}" for language, voice in spec.voices.items())
        facts = [f"{spec.name}, {spec.role}" if spec.role else spec.name, shown, voices]
        facts += ["speaks in their own voice"] if spec.samples else []
        facts += [f"“{spec.consent.statement}” ({spec.consent.recorded_at[:10]})"] if spec.consent else []
        console.print(f"{spec.slug:<16} {' · '.join(filter(None, facts))}", markup=False, soft_wrap=True)


def _take(found: Prepared | Refusal, name: str, console: Console, *, framed: bool) -> None:
    """Say how the portrait will be shown. Raises BadInput when it cannot speak and `framed` does not allow for that."""
    from producer.render.photo.gate import Refusal

    if not isinstance(found, Refusal):
        console.print(f"{name} {SETTINGS[found.setting]}.", markup=False, soft_wrap=True)
    elif framed:
        console.print(f"{found.message} {name} is shown in a frame, and does not move.", markup=False, soft_wrap=True)
    else:
        raise BadInput(found.message, f"{found.cure} With --framed it is shown as it is, in a frame.")


def _few(samples: tuple[Path, ...]) -> tuple[Path, ...]:
    if len(samples) > MOST_SAMPLES:
        raise UsageError(f"{len(samples)} samples are too many.", f"Give up to {MOST_SAMPLES}.")
    return samples


def _sample(path: Path, artifacts: ArtifactStore) -> ArtifactRef:
    """A sample of a voice, in the store. Raises BadInput for one that cannot be heard, or is too short or too long."""
    sound = read_sound(path, HEARD_AT, LONGEST_SAMPLE_S)
    if len(sound) < SHORTEST_SAMPLE_S * HEARD_AT:
        raise BadInput(f"{path.name} is too short to learn a voice from.", f"Give {SHORTEST_SAMPLE_S} seconds or more.")
    return artifacts.put(path, media_type(path))


def _known_look(name: str) -> str:
    from producer.render.presenter.looks import LOOKS

    if name not in LOOKS:
        raise UnknownName("look", name, list(LOOKS))
    return name


def _spoken(language: str) -> str:
    if language not in LANGUAGE_NAMES:
        raise UnknownName("language", language, list(LANGUAGE_NAMES))
    return language


def _voice(text: str) -> tuple[str, str]:
    language, _, voice = text.partition("=")
    if not voice:
        raise UsageError(f"“{text}” names no voice.", "Write LANGUAGE=VOICE, such as es=ef_dora.")
    return _spoken(language), voice


def picture_type(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            return kind
    raise BadInput(f"{path.name} is no picture that Dailies reads.", "Give a PNG, JPEG or WebP file.")
