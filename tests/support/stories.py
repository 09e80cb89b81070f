"""Any number of short invented stories that have nothing in common but English grammar, and their retellings."""

from __future__ import annotations

import random

SYLLABLES = ("ra", "ne", "to", "li", "ven", "mor", "sa", "ki", "dun", "pel", "os", "tra", "bi", "gan", "che", "fu")
SENTENCE = "The {} of {} was {} that {} had with {} and {}, so it {} in the {} from {} to {}."


def story(number: int) -> tuple[str, str]:
    """Title and text of one story: about ninety words; no three in a row stand in another story."""
    dice = random.Random(number)
    title = f"How the {_word(dice)} of {_word(dice)} became {_word(dice)} and {_word(dice)}"
    return title, " ".join(SENTENCE.format(*(_word(dice) for _ in range(10))) for _ in range(4))


def retold(number: int, teller: int) -> tuple[str, str]:
    """The same story under another title, with every twentieth word changed."""
    words = story(number)[1].split()
    words[teller % 20 :: 20] = [f"another{teller}"] * len(words[teller % 20 :: 20])
    dice = random.Random(-teller * 1_000_003 - number)
    return f"What {_word(dice)} told {_word(dice)} about the {_word(dice)}", " ".join(words)


def _word(dice: random.Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(3))
