"""Turns what somebody wishes of a presenter into the presenter, whoever asked: the API or the desk.

wish + uploads ─▶ portrait looked at, recordings long enough ─▶ PresenterSpec ─▶ a new version
"""

from __future__ import annotations

from pydantic import Field
from sqlite_utils import Database

from config.errors import BadInput, Refused, UnknownName, UsageError
from producer.plan.freeze import LANGUAGE_NAMES
from storage import catalogue
from storage.clock import now
from storage.consents import add_consent, find_consent, revoke_consent
from storage.documents import ArtifactRef, Frozen
from storage.orders import Consent, ConsentScope, Day, PresenterSpec
from storage.uploads import find_upload
from storage.writer import Command
from web.portrait import look_at_portrait
from web.studio import Studio
from web.terminal.presenters import LONGEST_SAMPLE_S, MOST_SAMPLES, SHORTEST_SAMPLE_S

MOST_PORTRAITS = 60


class ConsentOrder(Frozen):
    """What a person agreed to, as it is to be written down."""

    statement: str = Field(min_length=1, max_length=2000, description="in their words or yours")
    who: str = Field(default="", max_length=120, description="left out, the presenter's name")
    scope: ConsentScope = "both"
    shows: tuple[str, ...] = Field(default=(), max_length=100, description="short names; empty = every show")
    given_on: Day = ""
    expires_on: Day = Field(
        default="", description="the last day on which it holds, UTC; left out, until it is taken back"
    )
    document: str = Field(
        default="",
        pattern=r"^([0-9a-f]{64})?$",
        description="sha256 of an upload: the paper as a picture, or a recorded statement",
    )


class PresenterOrder(Frozen):
    """A presenter as they are wished. Uploads are named by their sha256."""

    name: str = Field(min_length=1, max_length=60)
    role: str = Field(default="", max_length=60)
    persona: str = Field(default="", max_length=400, description="how they talk, for a language model to follow")
    languages: tuple[str, ...] = Field(default=(), max_length=20)
    look: str = Field(default="", max_length=40, description="a drawn look; instead of it, `portrait`")
    portrait: str = Field(default="", pattern=r"^([0-9a-f]{64})?$", description="upload of a picture that can speak")
    framed: bool = Field(
        default=False, description="take a portrait that cannot speak too: it is shown still, in a frame"
    )
    voices: dict[str, str] = Field(default_factory=dict, max_length=40, description="language → voice id")
    samples: tuple[str, ...] = Field(default=(), max_length=MOST_SAMPLES, description="uploads of their own voice")
    portraits: tuple[str, ...] = Field(default=(), max_length=MOST_PORTRAITS, description="uploads to train with")
    consent: ConsentOrder | None = Field(
        default=None, description="needed with a portrait or samples, unless one that holds is on record"
    )


class NewPresenter(PresenterOrder):
    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="short name")


async def presenter_of(
    studio: Studio, slug: str, order: PresenterOrder, before: PresenterSpec | None = None
) -> PresenterSpec:
    """The presenter that an order means; what was trained of `before` stays theirs. A new portrait is looked at first.

    Raises UsageError, UnknownName, BadInput for files that will not do, Unavailable without the face models.
    """
    if bool(order.look) == bool(order.portrait):
        raise UsageError("A presenter has either a drawn look or a portrait.", "Give `look` or `portrait`.")
    for code in (*order.languages, *order.voices):
        if code not in LANGUAGE_NAMES:
            raise UnknownName("language", code, list(LANGUAGE_NAMES))
    spec = PresenterSpec(
        slug=slug, name=" ".join(order.name.split()), role=" ".join(order.role.split()), persona=order.persona.strip(),
        languages=order.languages, voices=order.voices, look={"name": _look(order.look)} if order.look else {},
        samples=tuple(_sample(studio, sha256, before) for sha256 in order.samples),
        portraits=tuple(_picture(studio, sha256, before) for sha256 in order.portraits),
        consent=consent_of(studio, order.consent) if order.consent else None,
        trained=before.trained if before else (), clips=before.clips if before else (),
    )  # fmt: skip
    if not order.portrait:
        return spec
    portrait = _picture(studio, order.portrait, before)
    if before is None or before.look.get("portrait") != portrait.model_dump():
        await _must_speak(studio, portrait, framed=order.framed)
    return spec.model_copy(update={"look": {"portrait": portrait.model_dump()}})


def consent_of(studio: Studio, order: ConsentOrder) -> Consent:
    """Raises UnknownName for a document that was not uploaded."""
    fields = order.model_dump(exclude={"document"})
    document = None
    if order.document:
        with studio.reading() as db:
            document = find_upload(db, order.document).ref
    return Consent(**fields, recorded_at=now(), document=document)


def storing(spec: PresenterSpec, user: str, *, new: bool) -> Command[str]:
    """A command that stores a version. It raises Refused when somebody of that name is `new` and there already."""

    def command(db: Database) -> str:
        if new and spec.slug in {one.slug for one in catalogue.presenters(db)}:
            raise Refused(f"There is already a presenter {spec.slug}.", "Choose another name.")
        return str(catalogue.put_presenter(db, spec, user))

    return command


def agreeing(slug: str, consent: Consent, user: str) -> Command[str]:
    """A command that writes a consent down. It raises UnknownName."""

    def command(db: Database) -> str:
        catalogue.presenter(db, slug)
        return add_consent(db, slug, consent, user)

    return command


def taking_back(slug: str, consent_id: str, user: str, why: str) -> Command[None]:
    """A command. It raises UnknownName for a consent of somebody else too."""

    def command(db: Database) -> None:
        if find_consent(db, consent_id).presenter != slug:
            raise UnknownName("consent", consent_id, [])
        revoke_consent(db, consent_id, user, why)

    return command


async def _must_speak(studio: Studio, portrait: ArtifactRef, *, framed: bool) -> None:
    try:
        await look_at_portrait(studio.folder, studio.artifacts.fetch(portrait))
    except BadInput as error:
        if not framed:
            raise BadInput(error.message, f"{error.cure} With “framed” it is shown as it is, in a frame.") from error


def _sample(studio: Studio, sha256: str, before: PresenterSpec | None) -> ArtifactRef:
    if known := _known(before.samples if before else (), sha256):
        return known
    with studio.reading() as db:
        upload = find_upload(db, sha256, "audio")
    seconds = upload.facts.duration_s or 0.0
    if seconds < SHORTEST_SAMPLE_S:
        raise BadInput(f"{upload.name or 'A sample'} is too short to learn a voice from.", f"Give {SHORTEST_SAMPLE_S} seconds or more.")  # fmt: skip
    if seconds > LONGEST_SAMPLE_S:
        raise BadInput(f"{upload.name or 'A sample'} is too long.", f"Give at most {LONGEST_SAMPLE_S / 60:g} minutes.")
    return upload.ref


def _picture(studio: Studio, sha256: str, before: PresenterSpec | None) -> ArtifactRef:
    own = [ArtifactRef.model_validate(before.look["portrait"])] if before and "portrait" in before.look else []
    if known := _known((*own, *(before.portraits if before else ())), sha256):
        return known
    with studio.reading() as db:
        return find_upload(db, sha256, "image").ref


def _known(refs: tuple[ArtifactRef, ...], sha256: str) -> ArtifactRef | None:
    """A file that the version before had already need not be an upload."""
    return next((ref for ref in refs if ref.sha256 == sha256), None)


def _look(name: str) -> str:
    from producer.render.presenter.looks import LOOKS

    if name not in LOOKS:
        raise UnknownName("look", name, list(LOOKS))
    return name
