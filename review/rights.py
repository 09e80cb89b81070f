"""By what right a clip uses each text, picture, voice, face and piece of music; and which of them are not free to use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from review.licences import EngineFacts, LicenceClass, facts_of
from storage.documents import Attribution, Frozen
from storage.orders import Brief
from storage.queries import ClipDetail, NodeRow

Kind = Literal["text", "picture", "voice", "face", "music", "typeface"]
Basis = Literal["own", "licensed", "quote", "generated"]
"""own: of whoever runs the studio; licensed: by an agreement of theirs; quote: somebody else's, within what quoting allows;
generated: made by an engine, whose licence is named."""
BASES: dict[Basis, str] = {
    "own": "own",
    "licensed": "licensed",
    "quote": "quoted with credit",
    "generated": "generated",
}
FREE: frozenset[LicenceClass] = frozenset({"osi", "use-limited"})
SourceType = Literal[
    "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia", "compositeSynthetic"
]
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""Where the source types are defined: https://cv.iptc.org/newscodes/digitalsourcetype."""


class Right(Frozen):
    """One part that somebody could have a claim to."""

    kind: Kind
    what: str
    whose: str = ""
    basis: Basis
    licence: str = ""
    licence_class: LicenceClass = "osi"
    url: str = ""
    consent: str = ""

    @property
    def free(self) -> bool:
        """Whether it may be used without asking anybody, or was asked for already."""
        return self.basis in ("own", "licensed") or (self.basis == "generated" and self.licence_class in FREE)


def rights_of(detail: ClipDetail, engines: dict[str, EngineFacts]) -> tuple[Right, ...]:
    """Every text, picture, voice, face, piece of music and typeface of a clip, each once."""
    brief, made = detail.brief, [node for node in detail.nodes if node.engine]
    found = [*_texts(detail, made, engines), *_pictures(brief, made, engines), *_voices(brief, made, engines)]
    found += [_face(brief, made, engines), *_music(brief, made, engines)]
    if brief.show.brand.typeface:
        found.append(Right(kind="typeface", what="the show's own typeface", whose=brief.show.name, basis="own"))
    return tuple(dict.fromkeys(found))


def restrictions(rights: Iterable[Right], nodes: Iterable[NodeRow], engines: dict[str, EngineFacts]) -> tuple[str, ...]:
    """What must be acknowledged before a clip is exported: one sentence per part, empty when everything is free to use."""
    said = []
    for right in rights:
        if right.basis == "quote":
            said.append(f"The {right.kind} quotes {right.whose or 'an unnamed source'}, who was not asked.")
    for node in nodes:
        facts = facts_of(node.engine, node.engine_version, engines)
        if node.engine and facts.licence_class not in FREE:
            why = "unclear licences" if facts.licence_class == "unclear" else "licences for non-commercial use only"
            said.append(f"{facts.title} has {why}: {facts.licences}.")
    return tuple(dict.fromkeys(said))


def acknowledgements(detail: ClipDetail, engines: dict[str, EngineFacts]) -> tuple[str, ...]:
    """`restrictions` of a clip as it is now."""
    return restrictions(rights_of(detail, engines), detail.nodes, engines)


def source_type(detail: ClipDetail, engines: dict[str, EngineFacts]) -> SourceType:
    """How the pictures and sounds came about, in IPTC's words.

    Human-made are pinned stages, portraits, and the files that a show or a topic brings. An engine with weights is a
    trained one; so is one that is not known here any more.
    """
    known = [engines.get(node.engine) for node in detail.nodes if node.engine]
    trained = any(facts is None or facts.weights_licence for facts in known)
    if human_parts(detail.brief):
        return "compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic"
    return "trainedAlgorithmicMedia" if trained else "algorithmicMedia"


def human_parts(brief: Brief) -> tuple[str, ...]:
    """What people made of the clip: stages by name, and media that were brought along."""
    show, brand = brief.show, brief.show.brand
    brought = {
        "recording": brief.recording is not None,
        "backdrop": brief.picture is not None,
        "film": brief.film is not None,
        "portrait": brief.presenter.kind == "portrait" and brief.film is None,
        "picture": picture_shown(brief),
        "music": show.music_file is not None,
        "logo": brand.logo is not None,
        "end picture": brand.end_picture is not None,
    }
    stages = dict.fromkeys(node.partition(".")[0] for node in brief.pins)
    return (*stages, *(name for name, there in brought.items() if there))


def picture_shown(brief: Brief) -> bool:
    """Whether the topic's own picture is in the clip: only where its source's rights allow it."""
    source = brief.topic.source
    return brief.topic.image is not None and source is not None and source.rights in ("own", "licensed")


def _texts(detail: ClipDetail, made: list[NodeRow], engines: dict[str, EngineFacts]) -> list[Right]:
    brief, script = detail.brief, detail.script
    found = [_by_engine("text", "the script", node, engines) for node in made if node.stage == "script"]
    if "script" in brief.pins or brief.direct:
        found = [Right(kind="text", what="the script", whose=detail.row.author, basis="own")]
    named = [script.source if script else None, None if brief.direct else brief.topic.source]
    sources = dict.fromkeys(source for source in named if source)
    return found + [_by_source("text", "the words of the source", source) for source in sources]


def _pictures(brief: Brief, made: list[NodeRow], engines: dict[str, EngineFacts]) -> list[Right]:
    brand, show = brief.show.brand, brief.show.name
    if brief.picture is not None or any(node.partition(".")[0] == "scene" for node in brief.pins):
        found = [Right(kind="picture", what="the backdrop", basis="own")]
    else:
        found = [_by_engine("picture", "the backdrop", node, engines) for node in made if node.stage == "scene"]
    found += [_by_engine("picture", "the backdrop's motion", node, engines) for node in made if node.stage == "motion"]
    if brief.topic.source and picture_shown(brief):
        found.append(_by_source("picture", "the source's picture", brief.topic.source))
    brought = {"the show's logo": brand.logo, "the show's end picture": brand.end_picture}
    return found + [Right(kind="picture", what=what, whose=show, basis="own") for what, ref in brought.items() if ref]


def _voices(brief: Brief, made: list[NodeRow], engines: dict[str, EngineFacts]) -> list[Right]:
    if brief.recording is not None:
        return [Right(kind="voice", what="a recording", basis="own")]
    found = [
        _by_engine("voice", str((node.document or {}).get("voice") or "the presenter's voice"), node, engines)
        for node in made
        if node.stage == "line"
    ]
    spoken = any(node.partition(".")[0] in ("line", "speech") for node in brief.pins)
    return [*found, Right(kind="voice", what="a recording", basis="own")] if spoken else found


def _face(brief: Brief, made: list[NodeRow], engines: dict[str, EngineFacts]) -> Right:
    presenter = brief.presenter
    if brief.film is not None:
        agreed = brief.film_consent.statement if brief.film_consent else ""
        return Right(kind="face", what="a film that was brought", basis="own" if agreed else "quote", consent=agreed)
    film = next((node for node in made if node.stage == "video"), None)
    if presenter.kind == "portrait":
        consent = presenter.consent.statement if presenter.consent else ""
        return Right(kind="face", what=f"a portrait, as {presenter.name}", basis="own" if consent else "quote", whose=presenter.name, consent=consent)  # fmt: skip
    if film is None:
        return Right(kind="face", what=f"{presenter.name}, brought along", basis="own")
    return _by_engine("face", f"{presenter.name}, a drawn figure", film, engines)


def _music(brief: Brief, made: list[NodeRow], engines: dict[str, EngineFacts]) -> list[Right]:
    if brief.show.music_file:
        return [Right(kind="music", what="the show's own music", whose=brief.show.name, basis="own")]
    if brief.show.music == "off":
        return []
    return [_by_engine("music", "music made for the clip", node, engines) for node in made if node.stage == "finish"]


def _by_source(kind: Kind, what: str, source: Attribution) -> Right:
    return Right(kind=kind, what=what, whose=source.name, basis=source.rights, url=source.url)


def _by_engine(kind: Kind, what: str, node: NodeRow, engines: dict[str, EngineFacts]) -> Right:
    facts = facts_of(node.engine, node.engine_version, engines)
    return Right(
        kind=kind, what=what, whose=facts.title, basis="generated", licence=facts.licences, licence_class=facts.licence_class,
    )  # fmt: skip
