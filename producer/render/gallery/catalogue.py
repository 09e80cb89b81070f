"""The gallery's sections, in the order of the page. To add one, add an entry."""

from __future__ import annotations

from producer.render.gallery.captions import captions
from producer.render.gallery.cards import brand, cards, formats
from producer.render.gallery.clips import clips
from producer.render.gallery.exhibit import Section
from producer.render.gallery.layouts import layouts
from producer.render.gallery.presenters import expressions, framings, gestures, looks, mouths, wardrobe
from producer.render.gallery.scenes import backdrops, illustrations

SECTIONS: dict[str, Section] = {
    "clips": Section("Clips", "One in each format, from its brief to its finished file, with sound.", 300, clips),
    "looks": Section("Looks", "Every presenter that comes with the studio.", 240, looks),
    "expressions": Section(
        "Expressions", "How a thing is meant, with closed lips and while speaking.", 210, expressions
    ),
    "mouths": Section("Mouths", "The shapes between which the lips move.", 180, mouths),
    "gestures": Section("Gestures", "What hands do, where there is room for them.", 420, gestures),
    "framings": Section("Framings", "How much is seen; grey boxes stand for cards and captions.", 300, framings),
    "wardrobe": Section("Wardrobe", "All that a look may wear.", 180, wardrobe),
    "backdrops": Section("Backdrops", "Each in every palette, those that suit it best first.", 300, backdrops),
    "illustrations": Section(
        "Illustrations", "Drawn for topics that bring no picture of their own.", 240, illustrations
    ),
    "cards": Section("Cards", "Each card in every script of writing.", 420, cards),
    "formats": Section("Cards in every format", "With a topic's picture, in both directions of reading.", 300, formats),
    "brand": Section("A show's own", "Logo, watermark, end card.", 300, brand),
    "captions": Section("Captions", "Each style in every script of writing.", 420, captions),
    "layouts": Section("Layouts", "Whole frames: formats, resolutions, framings, apps.", 300, layouts),
}
