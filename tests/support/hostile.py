"""Texts that try to break typesetting: what people paste, what scrapers find, and what nobody would ever write."""

from __future__ import annotations

from hypothesis import strategies as st

SIGNS = st.sampled_from(
    "aWi .,:;!?()[]“”«»-–…/\\\n\t\u00a0\u200b\u200d\u202e一片空白，。「」ひらカ、한국العربية עברית🚀👩🏽‍🚀é\u0301"
)
ANYTHING = st.characters(codec="utf-8")
HOSTILE = st.text(alphabet=st.one_of(ANYTHING, SIGNS), max_size=120)
"""Any characters in any order."""

WORDS = st.sampled_from(
    [
        *("a", "I", "the", "of", "coffee", "Straße", "naïve", "Zażółć", "3.5%", "2026", "“Yes,”", "—", "…", "U.S."),
        *("электричество", "и", "Ёлка", "Καλημέρα", "ή", "한국어", "그", "नमस्ते", "क्षत्रिय", "में", "ही"),
        *(
            "العربية",
            "في",
            "٢٠٢٦",
            "שלום",
            "(94%)",
            "看到AI芯片，",
            "用3D打印的",
            "空白。",
            "「ひらがな」",
            "カタカナー",
        ),
        *(
            "🚀",
            "👩🏽‍🚀",
            "🇫🇷",
            "1️⃣",
            "❤️",
            "👍🏿👍🏿👍🏿",
            "NASA",
            "https://example.org/a/very/long/path?with=query#fragment",
        ),
        *("Donaudampfschifffahrtsgesellschaftskapitän", "a" * 90, "漢" * 40, "Z̸̢̛͎̖̪͖͑̈́̅a̵̧̛̦̠̗͊̋͝l̴̨̧̫̩̈́͛̓̕g̷̢̼̭̑̿͗o̵̘͌", "﷽"),
        *(
            "a\u0939\u093f",
            "🚀\u0301",
            "👩\u200d" * 12 + "👩",
            "क्" * 30 + "क",
            "\u0301",
            "e\u0301\u0323\u0302",
            "ᄀᄀᄀ각ᆨ",
        ),
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
"""Words of all scripts side by side, ordinary ones and such as are wider than any line."""

TEXTS = st.one_of(HOSTILE, SENTENCES)
