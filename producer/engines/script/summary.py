"""Which sentences of a text say most of it: TextRank for weight, position for news, MMR against repeating.

TextRank: Mihalcea & Tarau 2004. Maximal marginal relevance: Carbonell & Goldstein 1998.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

DAMPING = 0.85
ROUNDS = 30
LEAD_DECAY = 0.12
RELEVANCE = 0.7
"""How much weight counts against newness when the next sentence is chosen."""
SAME_WEIGHT, SAME_TERMS = 0.8, 0.7

Vector = dict[str, float]


def vectors(documents: Sequence[Sequence[str]]) -> list[Vector]:
    """Unit tf-idf vectors of sentences given as lists of terms."""
    count = len(documents)
    spread = Counter(term for terms in documents for term in set(terms))
    made = []
    for terms in documents:
        weights = {t: n * math.log(1 + count / spread[t]) for t, n in Counter(terms).items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        made.append({t: w / length for t, w in weights.items()})
    return made


def similarity(a: Vector, b: Vector) -> float:
    """Cosine of two unit vectors, 0..1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[term] for term, weight in a.items() if term in b)


def say_the_same(a: Vector, b: Vector) -> bool:
    """Whether two sentences repeat each other, perhaps with another number or name in one of them."""
    return similarity(a, b) >= SAME_WEIGHT or len(a.keys() & b.keys()) >= SAME_TERMS * max(1, len(a.keys() | b.keys()))


def text_rank(sentences: Sequence[Vector]) -> list[float]:
    """How central each sentence is, 0..1: a sentence matters that resembles sentences that matter."""
    size = len(sentences)
    links = [[similarity(a, b) if i != j else 0.0 for j, b in enumerate(sentences)] for i, a in enumerate(sentences)]
    totals = [sum(row) for row in links]
    rank = [1.0] * size
    for _ in range(ROUNDS):
        shares = [rank[j] / totals[j] if totals[j] else 0.0 for j in range(size)]
        rank = [1 - DAMPING + DAMPING * sum(links[j][i] * shares[j] for j in range(size)) for i in range(size)]
    most = max(rank, default=1.0)
    return [value / most for value in rank]


def weights(sentences: Sequence[Vector], title: Vector) -> list[float]:
    """How much each sentence is worth telling, 0..1: central, early, and about what the title announces."""
    return [
        0.45 * rank + 0.35 / (1 + LEAD_DECAY * place) + 0.2 * similarity(vector, title)
        for place, (rank, vector) in enumerate(zip(text_rank(sentences), sentences, strict=True))
    ]


def worth(weight: float, vector: Vector, chosen: Sequence[Vector]) -> float:
    """The marginal relevance of one more sentence beside those already chosen."""
    repeated = max((similarity(vector, other) for other in chosen), default=0.0)
    return RELEVANCE * weight - (1 - RELEVANCE) * repeated
