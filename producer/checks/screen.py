"""What a cut's cards promise: that they can be read, and that nothing important lies where phones cover it."""

from __future__ import annotations

from producer.render.colour import READABLE, WHITE, contrast
from producer.render.compositor import Composer
from storage.documents import Check


def screen_checks(composer: Composer, has_source: bool) -> list[Check]:
    headline, captions = composer.deck.headline, composer.captions
    headline_contrast = contrast(WHITE, composer.behind_headline())
    checks = [
        Check(
            name="title contrast",
            value=round(headline_contrast, 1),
            bound=f"≥ {READABLE:g} : 1",
            passed=headline_contrast >= READABLE,
        ),
        Check(
            name="whole title shown",
            value="shortened" if headline.block.cut else "whole",
            bound="whole",
            passed=not headline.block.cut,
        ),
    ]
    if has_source:
        checks.append(
            Check(
                name="source on screen",
                value=composer.source.text or "nowhere",
                bound="named",
                passed=bool(composer.source.text),
            )
        )
    if captions:
        outside = [i for i in range(len(captions.chunks)) if not composer.design.layout.safe.contains(captions.box(i))]
        checks.append(
            Check(
                name="captions inside the safe area",
                value=float(len(outside)),
                bound="none outside",
                passed=not outside,
                at_s=round(captions.chunks[outside[0]].start, 2) if outside else None,
            )
        )
    return checks
