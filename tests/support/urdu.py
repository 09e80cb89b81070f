"""What a listener who knows Urdu hears of Hindi. The two are one spoken language in two scripts, and the listener of the
proofs knows the one and hardly the other. Urdu writes consonants and leaves out most vowels, so consonants are compared.
"""

from __future__ import annotations

import re

from producer.speech.hindi import spell_out
from producer.speech.hindi_sounds import phonemes

LETTERS = dict(zip("بپتطٹثسصجچخدڈذزضظژرڑشغفقکكگلمنں", "bpttʈsssʤʧxdɖzzzzʒɾɽʃɣfqkkɡlmnn", strict=True))
ALIKE = str.maketrans("ʈɖɽʂɳŋɲqxɣfzʒ", "tdɾʃnnnkkɡpʤʤ")
"""Sounds that Urdu spelling, or a listener's choice between the two languages' words, does not keep apart."""


def consonants(text: str) -> list[str]:
    """The consonants of a text in Devanagari or Urdu letters, figures written out; h and the glides are left aside."""
    sounds = phonemes(spell_out(text), str).replace("\u0303", "n")
    return re.findall("[bptdkɡʧʤsʃlmnɾ]", "".join(LETTERS.get(c, c) for c in sounds).translate(ALIKE))
