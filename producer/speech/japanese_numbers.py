"""Japanese numbers and what they count, in kana: a number and its counter melt into each other (サンビャク, イップン, フタリ).

After Martin, *A Reference Grammar of Japanese* (1975), chapter 13.
"""

from __future__ import annotations

from producer.speech.wordlists import word_list

DIGITS = word_list("ゼロ イチ ニ サン ヨン ゴ ロク ナナ ハチ キュー")
HUNDREDS = word_list("_ ヒャク ニヒャク サンビャク ヨンヒャク ゴヒャク ロッピャク ナナヒャク ハッピャク キューヒャク")
THOUSANDS = word_list("_ セン ニセン サンゼン ヨンセン ゴセン ロクセン ナナセン ハッセン キューセン")
GROUPS = ("", "マン", "オク", "チョー", "ケー")
LONGEST = 16
"""A number with more figures than this is read figure by figure."""
DAYS = word_list("_ ツイタチ フツカ ミッカ ヨッカ イツカ ムイカ ナノカ ヨーカ ココノカ トーカ")
MONTHS = word_list("_ イチ ニ サン シ ゴ ロク シチ ハチ ク ジュー ジューイチ ジューニ")
THINGS = word_list("_ ヒトツ フタツ ミッツ ヨッツ イツツ ムッツ ナナツ ヤッツ ココノツ")
COUNTERS = {
    "個": "コ", "回": "カイ", "階": "カイ", "か国": "カコク", "カ国": "カコク", "か月": "カゲツ", "カ月": "カゲツ", "ヶ月": "カゲツ",
    "か所": "カショ", "カ所": "カショ", "件": "ケン", "歳": "サイ", "才": "サイ", "冊": "サツ", "頭": "トー", "点": "テン", "丁目": "チョーメ",
    "本": "ホン", "匹": "ヒキ", "杯": "ハイ", "分": "フン", "週間": "シューカン", "世紀": "セーキ", "席": "セキ", "社": "シャ",
    "センチ": "センチ", "キロ": "キロ", "トン": "トン", "票": "ヒョー", "発": "ハツ", "校": "コー", "カ": "カ", "層": "ソー",
}  # fmt: skip
"""Counters before which 1, 6, 8 and 10 close up; others follow the number as they stand."""
HARD = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))
SOFT = {**dict(zip("ハヒフヘホ", "バビブベボ", strict=True)), "カイ": "ガイ"}


def kana(n: int) -> str:
    """3040 → サンゼンヨンジュー; 20000 → ニマン."""
    if n == 0:
        return DIGITS[0]
    groups: list[int] = []
    while n:
        n, group = divmod(n, 10_000)
        groups.append(group)
    return "".join(
        _closed(_below_ten_thousand(group), GROUPS[place]) + GROUPS[place]
        for place, group in reversed(list(enumerate(groups)))
        if group
    )


def figure_by_figure(figures: str) -> str:
    return "".join(DIGITS[int(figure)] for figure in figures)


def number(text: str) -> str:
    """“3,000.5” → サンゼンテンゴ."""
    whole, _, fraction = text.replace(",", "").partition(".")
    long = len(whole) > LONGEST or (whole.startswith("0") and len(whole) > 1)
    spoken = figure_by_figure(whole) if long else kana(int(whole))
    return f"{_before_point(spoken)}テン{figure_by_figure(fraction)}" if fraction else spoken


def counted(n: int, counter: str) -> str:
    """A number with a counter as they are said together: 1人 ヒトリ, 3月 サンガツ, 20日 ハツカ, 6分 ロップン."""
    match counter:
        case "人" if n in (1, 2):
            return ("ヒトリ", "フタリ")[n - 1]
        case "つ" if 0 < n < 10:
            return THINGS[n]
        case "月" if 0 < n < 13:
            return f"{MONTHS[n]}ガツ"
        case "日" if 0 < n < 11:
            return DAYS[n]
        case "日" if n in (14, 20, 24):
            return {14: "ジューヨッカ", 20: "ハツカ", 24: "ニジューヨッカ"}[n]
        case "日" | "人" | "年" | "年間" | "時" | "時間" | "円":
            return _small(n, counter)
    spoken, sound = kana(n), COUNTERS[counter]
    if counter in ("階",) and n % 10 == 3:
        return f"{spoken}ガイ"
    closed = _closed(spoken, sound)
    if sound[0] in HARD:
        if closed != spoken or (n % 10 in (0, 3, 4) and counter == "分"):
            return closed + HARD[sound[0]] + sound[1:]
        if n % 10 == 3:
            return spoken + SOFT[sound[0]] + sound[1:]
    return closed + sound


def _small(n: int, counter: str) -> str:
    spoken = kana(n)
    if counter in ("時", "時間") and n % 10 in (7, 9):
        spoken = spoken.removesuffix("ナナ").removesuffix("キュー") + ("シチ" if n % 10 == 7 else "ク")
    if n % 10 == 4:
        spoken = f"{spoken[:-2]}ヨ"
    sound = {"日": "ニチ", "人": "ニン", "年": "ネン", "年間": "ネンカン", "時": "ジ", "時間": "ジカン", "円": "エン"}[
        counter
    ]
    return spoken + sound


def _closed(spoken: str, sound: str) -> str:
    """The number with its last sound closed before the next: イチ + コ → イッコ."""
    row = sound[:1]
    if not row or sound in ("マン", "オク"):
        return spoken
    endings = {"イチ": "イッ", "ハチ": "ハッ", "ジュー": "ジュッ"}
    if row in "カキクケコハヒフヘホパ":
        endings |= {"ロク": "ロッ", "ヒャク": "ヒャッ"}
    for ending, closed in endings.items():
        if spoken.endswith(ending):
            return spoken.removesuffix(ending) + closed
    return spoken


def _before_point(spoken: str) -> str:
    for ending, closed in {"イチ": "イッ", "ハチ": "ハッ", "ジュー": "ジュッ"}.items():
        if spoken.endswith(ending):
            return spoken.removesuffix(ending) + closed
    return "レー" if spoken == DIGITS[0] else spoken


def _below_ten_thousand(n: int) -> str:
    thousands, hundreds, tens, ones = n // 1000, n // 100 % 10, n // 10 % 10, n % 10
    spoken = (THOUSANDS[thousands] if thousands else "") + (HUNDREDS[hundreds] if hundreds else "")
    if tens:
        spoken += ("" if tens == 1 else DIGITS[tens]) + "ジュー"
    return spoken + (DIGITS[ones] if ones else "")
