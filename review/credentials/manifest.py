"""What an exported video says of itself: a C2PA manifest definition. Pure: facts in, JSON out.

Standard assertions hold what any reader understands: `c2pa.actions.v2` how the video came about (IPTC's digital source
type), `cawg.metadata` its title, language and sources (Dublin Core). What only Dailies knows is `org.dailies.production`.
"""

from __future__ import annotations

from typing import Any

from review.bundle import Approval, Bundle
from review.rights import IPTC

PRODUCTION = "org.dailies.production"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
WORDS = {
    "trainedAlgorithmicMedia": "Made by trained models and programs from a text.",
    "compositeWithTrainedAlgorithmicMedia": "Made by trained models and programs, with parts that people made.",
    "algorithmicMedia": "Made by programs from a text, without trained models.",
    "compositeSynthetic": "Made by programs, with parts that people made, without trained models.",
}


def manifest_of(bundle: Bundle, frame: str, *, reviewer: bool) -> dict[str, Any]:
    """The manifest of one format's video. `reviewer`: whether those who approved it are named."""
    name, _, version = bundle.made_with.partition(" ")
    created = {
        "action": "c2pa.created",
        "when": bundle.clip.ordered_at,
        "digitalSourceType": IPTC + bundle.digital_source_type,
        "softwareAgent": {"name": name, "version": version},
        "description": WORDS[bundle.digital_source_type],
    }
    described: dict[str, Any] = {
        "@context": {"dc": DUBLIN_CORE},
        "dc:title": bundle.clip.title,
        "dc:language": bundle.clip.language,
    }
    if links := [source.url for source in bundle.sources if source.url]:
        described["dc:source"] = links
    return {
        "claim_generator_info": [{"name": name, "version": version}],
        "title": bundle.clip.title,
        "format": "video/mp4",
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": "cawg.metadata", "data": described},
            {"label": PRODUCTION, "data": _production(bundle, frame, reviewer=reviewer)},
        ],
    }


def _production(bundle: Bundle, frame: str, *, reviewer: bool) -> dict[str, Any]:
    approval = {"at": bundle.approval.at, "sha256": bundle.approval.cuts[frame]}
    return {
        "clip": bundle.clip.id,
        "revision": bundle.clip.revision,
        "show": bundle.clip.show,
        "format": frame,
        "engines": [
            {
                "stage": made.stage,
                "engine": made.title or made.by,
                "version": made.version,
                "licence": made.code_licence,
            }
            for made in bundle.made
            if made.by != "person"
        ],
        "human_made": list(bundle.human_made),
        "sources": [source.model_dump(exclude_defaults=True) | {"rights": source.rights} for source in bundle.sources],
        "licence_class": bundle.licence_class,
        "not_free_to_use": list(bundle.restrictions),
        "approved": approval | ({"by": bundle.approval.by} if reviewer else {}),
        **({"endorsed": _endorsed(bundle.endorsed, reviewer=reviewer)} if bundle.endorsed else {}),
    }


def _endorsed(endorsed: Approval, *, reviewer: bool) -> dict[str, Any]:
    """The other reviewer's approval, where the show wants two."""
    return {"at": endorsed.at} | ({"by": endorsed.by} if reviewer else {})
