"""From a request to the decisions that all cards share: layout, colours, type, and what is written."""

from __future__ import annotations

from urllib.parse import urlsplit

from producer.engines.requests import FinishRequest
from producer.render.brand import branded
from producer.render.cards.base import BrandKit, Design, Wording
from producer.render.labels import labels_for
from producer.render.layout import layout_for
from producer.render.scene.palettes import palette_from
from producer.render.text import typesetter
from producer.render.timeline import Timeline
from producer.speech.languages import is_rtl_language
from storage.documents import Attribution


def design_for(request: FinishRequest, timeline: Timeline, kit: BrandKit | None = None) -> Design:
    """`kit`: what was read of the files in the show's brand."""
    kit = kit or BrandKit()
    options = request.options
    mirrored = is_rtl_language(language_of(request))
    return Design(
        layout=layout_for(options.format, options.resolution, mirrored=mirrored, platform=options.platform),
        timeline=timeline,
        palette=branded(palette_from(request.scene.colours), options.brand),
        type=typesetter(language_of(request), kit.typeface),
        wording=wording_for(request),
        kit=kit,
    )


def language_of(request: FinishRequest) -> str:
    return request.script.lines[0].language


def wording_for(request: FinishRequest) -> Wording:
    """The source is named in every cut that has one: by name, and at the end with its title and its site."""
    options, labels = request.options, labels_for(language_of(request))
    source = options.source or request.script.source
    return Wording(
        title=request.script.title,
        source=labels.source.format(source.name) if source and source.name else "",
        source_name=source.name if source else "",
        source_title=source.title if source else "",
        source_host=_host(source.url) if source else "",
        source_url=link_of(source),
        show=options.show_name,
        presenter=options.presenter_name if options.brand.lower_third else "",
        role=options.presenter_role,
        ai_label=labels.ai if options.ai_label else "",
        end_text=options.brand.end_text,
    )


def link_of(source: Attribution | None) -> str:
    """Where the source is found, if that is an address that a phone can open, else ""."""
    url = source.url if source else ""
    return url if url.startswith(("https://", "http://")) else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an address so broken that it has no host
        return ""
