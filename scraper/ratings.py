"""Who should not see it, by its source's own marks and warnings. Pure.

Media RSS 1.5.1 (media:rating with its schemes), the label of the Association of Sites Advocating Child Protection (RTA) and
`<meta name="rating">` as Google's SafeSearch reads it. Nothing is judged here: a war report without a warning is news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ADULT = {
    "urn:simple": re.compile("adult"),
    "urn:mpaa": re.compile("r|nc-17|x"),
    "urn:v-chip": re.compile("tv-ma.*"),
    "urn:icra": re.compile(r".*\b[ns][a-y] 1\b.*"),
}
"""Scheme → what of it is not for everybody. ICRA writes “nz 1” for no nudity and “sz 1” for no sexual matter."""
VIOLENT = {
    "urn:v-chip": re.compile("tv-(?:pg|14|ma)-?[dls]*v.*"),
    "urn:icra": re.compile(r".*\bv[a-y] 1\b.*"),
}
LABEL = re.compile(
    r"<meta\b(?=[^>]{0,500}\bname\s*=\s*[\"']?rating\b)[^>]{0,500}\bcontent\s*=\s*[\"']?"
    r"(?:adult|mature|restricted|rta-5042-1996-1400-rta)\b",
    re.IGNORECASE,
)
WARNING = re.compile(
    r"viewer discretion is advised|reader discretion is advised"
    r"|warning: (?:this (?:article|story|report|video) )?(?:contains )?(?:graphic|disturbing|distressing|violent)"
    r"|contains graphic (?:content|details|descriptions|footage|images|violence)"
    r"|(?:some )?(?:readers|viewers) may find (?:\w+ ){0,4}(?:distressing|disturbing|upsetting)"
    r"|advertencia: (?:contenido|imágenes) (?:gráfic|sensible|violent|fuerte)|puede[n]? herir la sensibilidad"
    r"|peu(?:t|vent) heurter la sensibilité|verstörende (?:bilder|inhalte|szenen)|podem chocar|contém cenas fortes"
    r"|potrebbero urtare la sensibilità|可能引起不适|含有血腥"
)
"""In small letters, as newsrooms put it before what is hard to look at."""


@dataclass(frozen=True)
class Marks:
    """What a source says of an entry."""

    adult: bool = False
    violent: bool = False


def rated(scheme: str, value: str) -> Marks:
    """What a media:rating means. Without a scheme it is urn:simple."""
    scheme, value = scheme.strip().lower() or "urn:simple", value.strip().lower()
    adult, violent = ADULT.get(scheme), VIOLENT.get(scheme)
    return Marks(bool(adult and adult.fullmatch(value)), bool(violent and violent.fullmatch(value)))


def is_labelled(page: str) -> bool:
    """Whether a web page says that it is for adults."""
    return bool(LABEL.search(page))


def is_warned_of(text: str) -> bool:
    """Whether a text warns of what it shows or tells."""
    return bool(WARNING.search(text.lower()))
