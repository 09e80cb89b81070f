"""Small words, by language, that tell where a noun, a list or a date begins and ends (see `offers`)."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOPS = {
    "en": _set(
        "a an the this that these those his her its their our my your in on at by for from to into onto over under with "
        "without within and or but nor so than as if when while where which who whom whose since until because before after "
        "during about against between through is are was were be been being has have had do does did will would shall should "
        "can could may might must not no also still just only even now then there here ago later more less away every each "
        "per up down out off again once all some any both he she it they we you i said says used found made took came went "
        "needed died live lived work worked"
    ),
    "es": _set(
        "el la los las lo un una unos unas su sus este esta estos estas ese esa y e o u ni que quien cuando donde como porque "
        "si pero sino en con sin por para a al desde hasta hacia entre sobre bajo ante tras durante según es son era eran fue "
        "fueron ser está están ha han había habían hay será serán no ya también más menos muy se le les nos me te después "
        "antes cada todo toda todos todas dijo dice hace"
    ),
    "fr": _set(
        "le la les un une et ou que qui dans en avec sans pour par sur sous au aux à est sont était a ont plus ne pas"
    ),
    "de": _set(
        "der die das den dem ein eine und oder dass die in im mit ohne für von vom auf aus bei ist sind war hat haben"
    ),
    "it": _set("il lo la i gli le un una e o che chi in con senza per da su al alla è sono era ha hanno non più"),
    "pt": _set("o a os as um uma e ou que quem em com sem para por no na nos nas ao é são era foi tem não mais"),
    "ar": _set("في على إلى عن مع من هذا هذه ذلك تلك التي الذي كان كانت قد لا ما أن إن بعد قبل خلال منذ حتى ثم أو"),
}
"""What ends the noun after a number."""

LINKS = {
    "en": _set("of"),
    "es": _set("de del"),
    "fr": _set("de des du d"),
    "de": _set("von"),
    "it": _set("di del della"),
    "pt": _set("de do da dos das"),
    "ar": _set("من"),
}
"""What goes on with it: 18 percent *of* the electricity."""

DETERMINERS = _set(
    "the a an their its his her our some el la los las un una unos unas su sus le les l' des der die das den ein eine il lo "
    "gli i o os as uma"
)

CONJUNCTIONS = {
    "en": ("and", "or"),
    "es": ("y", "e", "o", "u"),
    "fr": ("et", "ou"),
    "de": ("und", "oder"),
    "it": ("e", "ed", "o"),
    "pt": ("e", "ou"),
}

MONTHS = _set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janvier "
    "février mars avril mai juin juillet août septembre octobre novembre décembre januar februar märz juni juli oktober "
    "dezember"
)

YEAR_BEFORE = _set(
    "in since of from by until till to before after around about and year early late mid en desde de del hasta antes después "
    "hacia año y depuis seit im jahr"
)

SCALES: dict[str, dict[str, str]] = {
    "en": {"per cent|percent": "%", "hundred thousand|thousand|million|billion|trillion": ""},
    "es": {"por ciento": "%", "mil millones|millones|millón|mil": ""},
    "fr": {"pour cent": "%", "mille|millions?|milliards?": ""},
    "de": {"prozent": "%", "tausend|millionen|milliarden": ""},
    "it": {"per cento": "%", "mila|milioni|miliardi": ""},
    "pt": {"por cento": "%", "mil|milhões|milhão|bilhões": ""},
    "ar": {"في المئة|في المائة|بالمئة|بالمائة": "%", "ألف|آلاف|مليون|ملايين|مليار|مليارات": ""},
}
"""What makes a number larger, or a share: a pattern, and the sign that is shown for it ("" = as written)."""

NUMBER_WORDS = {
    "en": (
        "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion",
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen", "twenty", "thirty",
        "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ),
    "es": (
        "cien", "cientos", "miles", "millones", "doscientos", "trescientos", "quinientos",
        "mil", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce", "quince", "veinte",
        "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
    ),
}  # fmt: skip
"""The scales first: they are the larger half of what makes a figure large."""
