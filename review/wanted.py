"""What a person wants different about a clip, beside its words: files of their own, another voice, look, format or throw.

brief = wanted.applied(brief)        the next revision, of which the planner makes again only what depends on it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.errors import UsageError
from storage.documents import ArtifactRef, Format
from storage.orders import Backdrop, Brief, Captions, Consent, PresenterSpec
from storage.uploads import UploadKind

Part = Literal["speech", "scene", "video"]
"""What of a clip a file can stand in for, as people call it."""
TAKES: dict[Part, UploadKind] = {"speech": "audio", "scene": "image", "video": "video"}
FIELDS: dict[Part, str] = {"speech": "recording", "scene": "picture", "video": "film"}
NAMES: dict[Part, str] = {"speech": "recording", "scene": "picture", "video": "film"}
STAGE_OF: dict[Part, str] = {"speech": "line", "scene": "scene", "video": "video"}


@dataclass
class Wanted:
    """Nothing is wanted until it is set. `files`: None = what was brought is dropped again."""

    files: dict[Part, ArtifactRef | None] = field(default_factory=dict)
    consent: Consent | None = None
    """Of whoever is seen in a film."""
    again: tuple[str, ...] = ()
    """Stages that get another take."""
    engines: dict[str, str] = field(default_factory=dict)
    """Stage → the engine that shall do it."""
    presenter: PresenterSpec | None = None
    voice: str = ""
    """ENGINE/VOICE."""
    formats: tuple[Format, ...] = ()
    captions: Captions | None = None
    backdrop: Backdrop | None = None
    seed: int | None = None

    def applied(self, brief: Brief) -> Brief:
        """The brief with everything that is wanted. Raises UsageError for a film without anybody's consent."""
        brief = with_files(brief, self.files, self.consent)
        options = brief.options
        if self.presenter is not None:
            brief = brief.model_copy(update={"presenter": self.presenter})
            options = options.model_copy(update={"presenter": self.presenter.slug})
        preferred = _preferring(options.preferred, self.engines)
        if self.voice:
            engine, _, voice = self.voice.partition("/")
            voices = {**brief.presenter.voices, options.language: voice}
            brief = brief.model_copy(update={"presenter": brief.presenter.model_copy(update={"voices": voices})})
            preferred = _preferring(preferred, {"line": engine})
        chosen = {"formats": self.formats, "captions": self.captions, "backdrop": self.backdrop, "preferred": preferred}
        options = options.model_copy(
            update={name: value for name, value in chosen.items() if value or name == "preferred"}
        )
        takes = {**brief.takes, **{stage: next_take(brief, stage) for stage in self.again}}
        seed = brief.seed if self.seed is None else self.seed
        return brief.model_copy(update={"options": options, "takes": takes, "seed": seed})


def with_files(brief: Brief, files: Mapping[Part, ArtifactRef | None], consent: Consent | None = None) -> Brief:
    """The brief with files of one's own in place of what engines make, or without those that it had."""
    update: dict[str, object] = {FIELDS[part]: file for part, file in files.items()}
    if "video" in files:
        if files["video"] is not None and consent is None:
            raise UsageError(
                "A film needs the consent of whoever it shows.", "Say who they are, and when and to what they agreed."
            )
        update["film_consent"] = consent if files["video"] is not None else None
    return brief.model_copy(update=update)


def next_take(brief: Brief, part: str) -> int:
    """The number of the next repeat of a stage, or of a node such as `line.2`: more than any that counts for it."""
    stage = part.partition(".")[0]
    counts = [n for name, n in brief.takes.items() if name in (part, stage) or name.partition(".")[0] == part]
    return max(counts, default=0) + 1


def note_of(before: Brief, after: Brief, *, words: bool) -> str:
    """What changed between two revisions, for the history. `words`: whether the script was edited."""
    said = ["Edited the script"] if words else []
    for name in FIELDS.values():
        now, was = getattr(after, name), getattr(before, name)
        if now != was:
            said.append(f"a {name} of one's own" if now else f"without the {name} that was brought")
    if after.presenter.slug != before.presenter.slug:
        said.append(f"{after.presenter.name} presents")
    elif after.presenter.voices != before.presenter.voices:
        said.append("another voice")
    named = {"formats": "other formats", "captions": "other captions", "backdrop": "another backdrop"}
    said += [words for name, words in named.items() if getattr(after.options, name) != getattr(before.options, name)]
    engines = set(after.options.preferred.items()) ^ set(before.options.preferred.items())
    if engines and after.presenter.voices == before.presenter.voices:
        said.append("another engine")
    if after.takes != before.takes:
        said.append("another take of the " + ", ".join(s for s in after.takes if after.takes[s] != before.takes.get(s)))
    if after.seed != before.seed:
        said.append(f"seed {after.seed}")
    told = "; ".join(said)
    return told[:1].upper() + told[1:]


def _preferring(preferred: Mapping[str, tuple[str, ...]], engines: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """With these engines first, where one is named."""
    return {**preferred, **{stage: (engine,) for stage, engine in engines.items()}}
