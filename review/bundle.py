"""What a bundle says about itself: its `clip.json`, schema `clip-export/2`. Pure: facts in, document out.

Its JSON Schema is `docs/clip-export.schema.json`, and `/api/v1/schemas/clip-export`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Literal

import regex
from pydantic import Field

from review.licences import EngineFacts, LicenceClass, facts_of, strictest
from review.rights import Right, SourceType, human_parts, restrictions, rights_of, source_type
from review.support import Support, source_text, support
from storage.clock import now
from storage.decisions import Decision
from storage.documents import Attribution, Check, Frozen, Script
from storage.orders import Brief
from storage.plans import Plan
from storage.quality import Finding, Tried
from storage.queries import ClipDetail, NodeRow


class Line(Frozen):
    """One spoken line, and the words of the source that support it."""

    text: str
    language: str
    role: str
    quote: str
    support: Support


class Made(Frozen):
    """One stage: the engine that made it, and by what right. `by` is "person" for a human-made part."""

    stage: str
    by: str
    title: str = ""
    version: str = ""
    weights: str = ""
    profile: str = ""
    code_licence: str = ""
    weights_licence: str = ""
    licence_class: LicenceClass = "osi"


class Fallback(Frozen):
    """An engine that was wanted and could not be used."""

    stage: str
    wanted: str
    used: str
    reason: str
    problem: str = Field(default="", description="what the wanted one lacked, where that was known beforehand")
    profile: str = Field(default="", description="where the same engine ran with less memory: how")


class Approval(Frozen):
    """Who let the clip out, when, and which files they watched (format → sha256)."""

    id: str
    by: str
    at: str
    cuts: dict[str, str]
    reason: str = ""
    note: str = ""


class Acknowledgement(Frozen):
    """Who took it upon themselves to export parts that are not free to use, and when."""

    by: str
    at: str


class BundleFile(Frozen):
    """One file of the bundle. `watched`: it is one of the cuts that the approval names, with credentials signed into it."""

    name: str
    media_type: str
    size: int
    sha256: str
    format: str = ""
    watched: bool = False
    approved_sha256: str = Field(default="", description="of the cut that was watched, before it was signed")


class SignedBy(Frozen):
    """Whose certificate signed the videos' Content Credentials. `fingerprint`: sha256 of it."""

    name: str
    algorithm: str
    fingerprint: str


class ClipFacts(Frozen):
    id: str
    revision: int
    title: str
    show: str
    language: str
    author: str
    ordered_at: str
    presenter: str
    consent: str = Field(default="", description="of the person whose portrait speaks, in their or the studio's words")
    duration_s: float


class Bundle(Frozen):
    """Everything that `clip.json` holds."""

    schema_name: Literal["clip-export/2"] = Field(default="clip-export/2", serialization_alias="schema")
    made_with: str
    exported_at: str
    ai_generated: bool = True
    digital_source_type: SourceType = Field(description="IPTC's word for how it came about, as in the credentials")
    human_made: tuple[str, ...] = Field(default=(), description="stages and media that people made")
    clip: ClipFacts
    sources: tuple[Attribution, ...]
    script: tuple[Line, ...]
    made: tuple[Made, ...]
    licence_class: LicenceClass
    rights: tuple[Right, ...] = Field(description="of every text, picture, voice, face, piece of music and typeface")
    restrictions: tuple[str, ...] = Field(default=(), description="what is not free to use, in a sentence each")
    acknowledged: Acknowledgement | None = Field(
        default=None, description="of the restrictions; none were needed if null"
    )
    fallbacks: tuple[Fallback, ...]
    checks: dict[str, tuple[Check, ...]]
    quality: dict[str, tuple[Finding, ...]] = Field(default={}, description="what the quality gate says of each cut")
    tried: tuple[Tried, ...] = Field(default=(), description="what it had made once more, by itself")
    approval: Approval
    endorsed: Approval | None = Field(default=None, description="the other reviewer's, where the show wants two")
    signed_by: SignedBy | None = None
    files: tuple[BundleFile, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)


def bundle_schema() -> dict[str, Any]:
    """The JSON Schema of `clip.json`. Fields are only ever added to a version; anything else raises its number."""
    schema = Bundle.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "clip-export/2", **schema}


def describe(
    detail: ClipDetail,
    approval: Decision,
    engines: dict[str, EngineFacts],
    product: str,
    endorsed: Decision | None = None,
) -> Bundle:
    """The bundle of an approved clip, before its files are known. `product`: name and version of what made it.
    `endorsed`: the first of two approvals."""
    rights = rights_of(detail, engines)
    made = who_made(detail.nodes, detail.plan, detail.brief, engines)
    cuts = detail.cuts.values()
    return Bundle(
        made_with=product,
        exported_at=now(),
        digital_source_type=source_type(detail, engines),
        human_made=human_parts(detail.brief),
        clip=ClipFacts(
            id=detail.row.id,
            revision=detail.row.revision,
            title=detail.row.title,
            show=detail.row.show,
            language=detail.row.language,
            author=detail.row.author,
            ordered_at=detail.row.created_at,
            presenter=detail.brief.presenter.name,
            consent=consent.statement if (consent := detail.brief.presenter.consent) else "",
            duration_s=max((cut.media.duration_s for cut in cuts), default=0.0),
        ),
        sources=sources_of(detail.brief, detail.script),
        script=_lines(detail),
        made=made,
        licence_class=strictest(facts_of(m.by, m.version, engines) for m in made if m.by != "person"),
        rights=rights,
        restrictions=restrictions(rights, detail.nodes, engines),
        fallbacks=fallbacks_of(detail.plan),
        checks={cut.format: cut.checks for cut in cuts},
        quality={frame: report.findings for frame, report in detail.reports.items()},
        tried=detail.brief.tried,
        approval=_approval(approval),
        endorsed=_approval(endorsed) if endorsed else None,
    )


def _approval(decision: Decision) -> Approval:
    return Approval(
        id=decision.id,
        by=decision.user,
        at=decision.at,
        cuts=decision.cuts,
        reason=decision.reason,
        note=decision.note,
    )


def who_made(
    nodes: Iterable[NodeRow], plan: Plan | None, brief: Brief, engines: dict[str, EngineFacts]
) -> tuple[Made, ...]:
    """Each stage once per engine that worked on it, in the order of work; human-made parts first."""
    made = [Made(stage=node.partition(".")[0], by="person") for node in brief.pins]
    for node in nodes:
        facts = facts_of(node.engine, node.engine_version, engines)
        chosen = (
            [used[-1] for role, used in plan.engines.items() if role.partition(".")[0] == node.stage] if plan else []
        )
        known = next((choice for choice in chosen if choice.engine == node.engine), None)
        made.append(
            Made(
                stage=node.stage, by=node.engine, title=facts.title, version=node.engine_version,
                weights=known.weights if known else "", profile=known.profile if known else "",
                code_licence=facts.code_licence, weights_licence=facts.weights_licence, licence_class=facts.licence_class,
            )
        )  # fmt: skip
    return tuple(dict.fromkeys(made))


def fallbacks_of(plan: Plan | None) -> tuple[Fallback, ...]:
    """The engines that were wanted and could not do it, when the plan was made or later."""
    found = []
    for role, tried in plan.engines.items() if plan else ():
        stage = role.partition(".")[0]
        wanted, last = tried[0].instead_of or tried[0].engine, tried[-1]
        if wanted != last.engine:
            problem = tried[0].problem or last.problem
            found.append(Fallback(stage=stage, wanted=wanted, used=last.engine, reason=last.reason, problem=problem))
        elif tried[0].profile != last.profile:
            less = {"reason": last.reason, "problem": last.problem, "profile": last.profile}
            found.append(Fallback(stage=stage, wanted=wanted, used=last.engine, **less))
    return tuple(found)


def sources_of(brief: Brief, script: Script | None) -> tuple[Attribution, ...]:
    """Whose words and pictures the clip uses; none for a direct clip."""
    named = [script.source if script else None, None if brief.direct else brief.topic.source]
    return tuple(dict.fromkeys(source for source in named if source))


def transcript(script: Script) -> str:
    """The spoken words as plain text, and where they come from."""
    credit = f"\nSource: {script.source.name} {script.source.url}".rstrip() + "\n" if script.source else ""
    return f"{script.title}\n\n" + "".join(f"{line.text}\n" for line in script.lines) + credit


def slug(title: str, longest: int = 48) -> str:
    """A title as a file name: small Latin letters, digits and dashes; `clip` when nothing of it is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return str(regex.sub(r"[^a-z0-9]+", "-", plain)).strip("-")[:longest].strip("-") or "clip"


def _lines(detail: ClipDetail) -> tuple[Line, ...]:
    if detail.script is None:
        return ()
    brief = detail.brief
    judged = support(detail.script, source_text(brief.topic, direct=brief.direct), known_names(brief))
    return tuple(
        Line(text=line.text, language=line.language, role=line.role, quote=line.quote, support=verdict.state)
        for line, verdict in zip(detail.script.lines, judged, strict=True)
    )


def known_names(brief: Brief) -> tuple[str, ...]:
    """Names that a script may say without the source saying them."""
    source = brief.topic.source
    return (brief.show.name, brief.presenter.name, *((source.name, source.title) if source else ()))
