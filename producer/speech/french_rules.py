"""How French letters are read, in one table: at each place in a word, the first rule that fits is the one that counts.

After Catach, *L'orthographe française* (1980), and Fouché, *Traité de prononciation française* (1959), in the alphabet of
`speech.phones`. A rule is a pattern and its sounds. Patterns see the whole word, before and behind the place; in them V is a
written vowel and C a written consonant. In sounds, ~ makes a vowel nasal and _ is silence. ? is an ending -ent, which only some words let hear.
"""

from __future__ import annotations

from typing import Any

import regex

VOWELS = "aàâäeéèêëiîïoôöuùûüyœæ"
CONSONANTS = "bcçdfghjklmnñpqrstvwxz"
TILDE = "\u0303"
TABLE = r"""
(?<![gq])uy(?=V) yij
oy(?=V) waj
ay(?=V)|ey(?=V) ɛj
oy wa
ays$|ay|eys?$ ɛ

œill?|ueill?|euill? œj
ouill uj
aill|ail(?=s?$) aj
eill|eil(?=s?$) ɛj
(?<=^[vm]|bac|tranqu|dist|osc)ill(?=V) il
(?<=C|[qgjcb]u)ill(?=V) ij

eaux?$|eau o
aux$|auts?$|auds?$ o
au(?=r) ɔ
au o
œu(?=fs$)f œ
œuds?$ ø
œu œ
œ e
aient$|aie[s]?$|ais$|ait$|aits$|aix$|aî|aies$ ɛ
ai$ ɛ
(?:ain|aim|ein|eim)(?!V|[nm]) ɛ~
ai|ei ɛ
eû ø
eu(?=s(?:e|es|ement)$|x?$|ts?$|e?s?$|d) ø
^eu ø
eu œ
oin(?!V|[nm]) wɛ~
oê|oi|oî wa
o[uùû](?=V)(?!e(?:s|nt|)$|e(?:ment|rie)) w
o[uùû] u

(?<=é)ens?$ ɛ~
(?<=(?:^|re|de|pré|par|con|sou|main|entre|ob|sou|dé|appar)[vt])ient$ jɛ~
ient$ i?
ent$ ?
(?<=[iy])en(?=s?$|[dt]ra|s?d?s$) ɛ~
(?<=(?:^|re|de|pré|par|con|sou|main|entre|ob|dé)[vt]i)en(?=s$|d) ɛ~
(?<=[iy])enn ɛn
^e(?=nn|mm) ɑ~
emment$ amɑ~
am(?=[bp])|an(?!V|[nmh])|aon$ ɑ~
(?<!^)en$ ɛn
em(?=[bpt])|en(?!V|[nmh]) ɑ~
[iîy]m(?=[bp]) ɛ~
[iîïy]n(?!V|[nmh]) ɛ~
om(?=[bp])|oms?$|on(?!V|[nmh]) ɔ~
um(?=b|p)|umb?s?$(?<=parfums?) œ~
um$ ɔm
un(?!V|[nmh]) œ~

er(?=s?$) e
ez$|eds?$ e
ets?$ ɛ
(?<=^[ldmtscj])es$ e
(?<=^[ldjmtscnrq]|^qu)e$ ə
es?$ _
ées?$|é e
[èêë] ɛ
^e(?=ff|ss)|(?<=^d)e(?=ss) e
^e(?=x)|e(?=x) ɛ
(?<=^r)e(?=ss) ə
e(?=ll|tt|rr|nn|ss|ff|pp|cc|mm) ɛ
e(?=[bcdfgptv][rl]|ch|ph|th|gn) ə
e(?=CC|C$|[lrc]ts?$|[lrfc]s$) ɛ
(?<=g)e(?=[aoâôu]) _
e ə

[aàâä] a
ô o
o(?=$|t?s?$|ps?$|cs?$|s(?:e|es|er|é|ée|és)$) o
o(?=C(?:e|es|ent)$|C$|CC)(?!(?:[bcdfgkptv][rl]|ch|ph|th|gn)(?!es?$)) ɔ
[oö] o
(?<=[bcdfgkptv][rl])i(?=V)(?!es?$) ij
i(?=V)(?!es?$) j
[iîï] i
y(?=V)(?!es?$) j
y i
(?<=[gq])u(?=[eéèêiîyoa]) _
[uùûü] y
æ e

sch|sh ʃ
ch(?=[rlntm]) k
ch ʃ
ph f
th t
gn ɲ
sc(?=[eéèêiîy]) s
cc(?=[eéèêiîy]) ks
ç|c(?=[eéèêiîy]) s
c+q k
(?<=blan|ban|fran|taba|por|estoma|cro|caoutchou|cler)cs?$ _
(?<=pe)cts?$ _
ct$|cts$ kt
c+k?|k+ k
(?<=n)gt?s?$|(?<=our)gs?$ _
g(?=e[aoâôu])|g(?=[eéèêiîy]) ʒ
g+ ɡ
(?<=[^sx])t(?=ion|iel|ial|iaux|ien(?:ce|t|n)|ieux|ieuse) s
(?<=cra|iner|aristocra|acroba|diploma|supréma)t(?=ies?$) s
(?<=outi|fusi|genti|sourci|persi)ls?$ _
l+ l
m+ m
n+ n
r+ ʁ
(?<=se)pt(?=$|i) t
(?<=com|ra|ex)pt(?=e|[ée]r|eu|i) t
p+(?=s?$) _
p+ p
b+(?=s?$)(?<=m) _
b+ b
f+(?=s?$)(?<=cle|ner|cer) _
f+ f
qu?|q k
(?<=V)s(?=V) z
[stdxzp]+$ _
s+ s
(?<=^e|^he|^ine|^coe)x(?=V|h) ɡz
x ks
t+ t
d+ d
h _
j ʒ
v v
w w
z+ z
ñ ɲ
"""


def _compiled() -> tuple[tuple[Any, str], ...]:
    rules = []
    for line in TABLE.splitlines():
        if line.strip():
            pattern, sounds = line.rsplit(" ", 1)
            pattern = pattern.replace("V", f"[{VOWELS}]").replace("C", f"[{CONSONANTS}]")
            rules.append((regex.compile(pattern), sounds.replace("~", TILDE).replace("_", "")))
    return tuple(rules)


RULES = _compiled()
