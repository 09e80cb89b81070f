"""From what a scene should show to what a painting model is asked for, and at which size. Pure."""

from __future__ import annotations

import math

from producer.engines.requests import SceneOptions

SETTING = "a wide empty setting, background of a news programme, natural light, depth, photograph"
"""What every scene is: somebody will stand in front of it."""
PEOPLED = "background of a news programme, natural light, depth, photograph"
"""Instead of that, where the presenter is to be in the picture."""
OTHERS = "people, person, face, "
AVOIDED = f"{OTHERS}crowd, hands, text, letters, numbers, caption, watermark, logo, frame, blurry, distorted"
"""A second presenter, and writing that nobody wrote."""
MOST_WORDS = 40
"""CLIP reads 77 tokens, about 55 English words; what comes after is not seen."""


def asked_for(options: SceneOptions) -> str:
    """What the model is told to paint: the show's style comes before the setting, the subject before both."""
    subject = options.description or ", ".join(options.keywords) or options.title
    subject = " ".join(subject.split()[:MOST_WORDS])
    shown = " and ".join(part.token for part in options.trained if part.token)
    setting = PEOPLED if options.trained else SETTING
    return ", ".join(part for part in (shown, subject, options.painting.style, setting) if part)


def avoided(options: SceneOptions) -> str:
    """What the model is told not to paint."""
    spared = AVOIDED.removeprefix(OTHERS) if options.trained else AVOIDED
    return ", ".join(part for part in (options.painting.avoid, spared) if part)


def painted_size(wanted: tuple[int, int], pixels: int, multiple: int) -> tuple[int, int]:
    """Width and height to paint at: the wanted shape at about `pixels`, in multiples of `multiple`."""
    scale = math.sqrt(pixels / (wanted[0] * wanted[1]))
    width, height = (max(multiple, round(side * scale / multiple) * multiple) for side in wanted)
    return width, height
