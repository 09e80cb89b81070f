"""French words that no rule of `speech.french_rules` reads right, and those whose ending only usage knows."""

from __future__ import annotations

from producer.speech.wordlists import word_pairs, word_set

EXCEPTIONS = word_pairs(
    """
    monsieur məsjø · messieurs mesjø · femme fam · femmes fam · second səɡɔ~ · seconde səɡɔ~d · secondes səɡɔ~d
    août ut · œufs ø · bœufs bø · six sis · dix dis · sixième sizjɛm · dixième dizjɛm · deuxième døzjɛm
    soixante swasɑ~t · bruxelles bʁysɛl · huit yit · sept sɛt · vingt vɛ~ · est ɛ · et e · eu y · eus y · eut y
    eue y · sens sɑ~s · fils fis · tous tus · ours uʁs · mars maʁs · gaz ɡaz · net nɛt · ouest wɛst · brut bʁyt
    but byt · sud syd · os ɔs · bus bys · autobus otobys · virus viʁys · campus kɑ~pys · processus pʁosesys
    consensus kɔ~sɛ~sys · bonus bonys · maïs mais · hélas elas · tennis tenis · aujourdhui oʒuʁdɥi · parce paʁs
    technique tɛknik · archéologue aʁkeoloɡ · archéologues aʁkeoloɡ · archéologie aʁkeoloʒi · orchestre ɔʁkɛstʁ
    écho eko · chœur kœʁ · chaos kao · psychologie psikoloʒi · pays pei · paysage peizaʒ · paysan peizɑ~
    oignon oɲɔ~ · faisait fəzɛ · faisaient fəzɛ · examen ɛɡzamɛ~ · européen øʁopeɛ~ · moyen mwajɛ~ · lundi lœ~di
    album albɔm · web wɛb · internet ɛ~tɛʁnɛt · parking paʁkiŋ · club klœb · football futbol · week wik · show ʃo
    design dizajn · aiguille eɡɥij · linguistique lɛ~ɡɥistik · équateur ekwatœʁ · aquatique akwatik · joel ʒoɛl
    noël noɛl · jean ʒɑ~ · paris paʁi · jésus ʒezy · christ kʁist · hier jɛʁ · fier fjɛʁ · mer mɛʁ · cher ʃɛʁ
    fer fɛʁ · ver vɛʁ · hiver ivɛʁ · enfer ɑ~fɛʁ · cancer kɑ~sɛʁ · amer amɛʁ · chers ʃɛʁ · fiers fjɛʁ · hivers ivɛʁ
    leader lidœʁ · tir tiʁ · leur lœʁ · leurs lœʁ · eux ø · ceux sø · yeux jø · vieille vjɛj · dessus dəsy
    dessous dəsu · pieds pje · clés kle · clefs kle · nerfs nɛʁ · gentille ʒɑ~tij · ai e · aurai oʁe · serai səʁe
    enne ɛn · emme ɛm · ennemi ɛnmi · ennemis ɛnmi · automne otɔn · cap kap · stop stɔp · top tɔp · clip klip
    million miljɔ~ · millions miljɔ~ · milliard miljaʁ · milliards miljaʁ · millier milje · milliers milje
    mille mil · plus ply · zéro zeʁo · compte kɔ~t · comptes kɔ~t
    """
)
"""Common words and their sounds; ~ as in the table of rules."""
SPOKEN_ENT = word_set(
    "vent dent cent lent argent souvent content présent accident incident président parent talent client agent "
    "patient récent différent urgent évident prudent violent excellent fréquent équivalent absent permanent "
    "continent occident orient intelligent résident adolescent innocent transparent cohérent torrent couvent "
    "serpent laurent vincent ingrédient antécédent précédent concurrent compétent pertinent imminent éminent décent "
    "latent ardent trident inconvénient quotient efficient coefficient détergent contingent divergent convergent "
    "strident impudent imprudent indifférent inhérent adhérent référent régent sergent avent auvent évènement "
    "turbulent opulent virulent insolent somnolent indécent convalescent effervescent fluorescent phosphorescent "
    "luminescent récipient escient conscient inconscient impatient ambivalent polyvalent dissident confident"
)
"""Nouns and adjectives in -ent, which are heard; verbs in -ent are not."""
SILENT_MENT = word_set(
    "aiment forment dorment nomment estiment expriment affirment confirment consomment transforment allument fument "
    "ferment informent animent filment programment réclament proclament assument résument enferment arment "
    "déclament priment suppriment impriment déforment calment charment trament entament"
)
"""Verbs in -ment, which are not: aiment, but vraiment."""
