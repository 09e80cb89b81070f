"""Any number of short invented news stories that have nothing in common, and their retellings."""

from __future__ import annotations

import random

WHO = ["the harbour council", "a retired teacher", "the night bakers", "two students", "the museum", "a young farmer", "the tram company", "an old sailor", "the library", "the swimming club", "a violin maker", "the fire brigade", "the beekeepers", "a radio station", "the ferry crew", "a small theatre"]  # fmt: skip
DID = ["opened", "repaired", "measured", "painted", "counted", "sold", "moved", "replaced", "found", "closed", "planted", "filmed", "rescued", "copied", "tested", "borrowed"]  # fmt: skip
WHAT = ["a wooden bridge", "forty lanterns", "the oldest map", "a broken clock", "seven rooftops", "the winter garden", "a stone oven", "the tower bell", "twelve boats", "a secret tunnel", "the town archive", "a glass roof", "the market hall", "three windmills", "an empty school", "the river gauge"]  # fmt: skip
WHERE = ["near the northern pier", "behind the station", "in the valley of Orla", "beside the old mill", "on the island of Tern", "above the quarry", "along the canal", "under the town hall", "in the village of Mosk", "outside the brewery"]  # fmt: skip
WHY = ["because the rain had stopped", "after nine years of waiting", "to save the money of the town", "although nobody had asked", "when the snow was gone", "so that children could see it", "before the festival began", "without telling the mayor"]  # fmt: skip


def story(number: int) -> tuple[str, str]:
    """Title and text of one story: about sixty words that no other story has in this order."""
    dice = random.Random(number)
    sentences = []
    for _ in range(5):
        who, did, what, where, why = (dice.choice(words) for words in (WHO, DID, WHAT, WHERE, WHY))
        sentences.append(f"{who.capitalize()} {did} {what} {where} {why} on day {dice.randrange(10**6)} of the count.")
    who, did, what, where = (dice.choice(words) for words in (WHO, DID, WHAT, WHERE))
    return f"{who.capitalize()} {did} {what} {where}, report {number}", " ".join(sentences)


def retold(number: int, teller: int) -> tuple[str, str]:
    """The same story under another title, with every twentieth word changed."""
    words = story(number)[1].split()
    words[teller % 20 :: 20] = [f"another{teller}"] * len(words[teller % 20 :: 20])
    return f"Teller {teller} on what happened in case {number}", " ".join(words)
