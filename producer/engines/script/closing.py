"""How a script ends: whose story it was, and goodbye. Written by no model, so that the source is always named."""

from __future__ import annotations

import random

from producer.engines.requests import ScriptOptions
from producer.engines.script.material import Material
from producer.speech.languages import UNSPACED

BRIEF_S = 20
"""A clip this short says goodbye with the source's name alone."""


def closing(topic: Material, options: ScriptOptions, chance: random.Random) -> str:
    """Whose story it was, and goodbye; "" when there is neither a source nor a show."""
    phrases, parts = topic.phrases, []
    if topic.source:
        naming = phrases.full_story if topic.only_quotes else phrases.reported
        parts.append(chance.choice(naming).format(source=topic.source))
    if options.show_name and (options.length_s > BRIEF_S or not parts):
        goodbye = phrases.sign_off if options.presenter_name else phrases.show_only
        parts.append(goodbye.format(presenter=options.presenter_name, show=options.show_name))
    return ("" if topic.language in UNSPACED else " ").join(parts)
