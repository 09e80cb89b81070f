"""The moods of a bed of music, and which one suits what is told. To add a mood, add one entry to `MOODS`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from producer.render.presenter.tone import Expression, Told, tones
from producer.render.scene.choose import choose, seed_of

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)
MIXOLYDIAN = (0, 2, 4, 5, 7, 9, 10)


@dataclass(frozen=True)
class Mood:
    """`root` is a MIDI note, `scale` semitones above it, `tempo` beats a minute.

    `chords`: eight scale steps (0 = the root's chord), one a bar; the last leads back to the first, which is the root's.
    `colour`: scale steps over the chord's root that are added to its triad. `figures`: what is plucked in each half beat of a bar, as
    the number of the chord's tone, None for a rest; the seed picks one. The rest are levels 0..1.
    """

    root: int
    scale: tuple[int, ...]
    tempo: int
    chords: tuple[int, ...]
    instrument: str
    figures: tuple[tuple[int | None, ...], ...]
    keywords: tuple[str, ...]
    tones: tuple[Expression, ...] = ("neutral",)
    colour: tuple[int, ...] = ()
    brightness: float = 0.4
    pads: float = 0.5
    plucks: float = 0.5
    shaker: float = 0.0
    drum: float = 0.0


O = None  # noqa: E741  a rest

MOODS: dict[str, Mood] = {
    "calm": Mood(
        57, MINOR, 68, (0, 5, 2, 6, 0, 5, 3, 4), "piano",
        ((0, O, 1, O, 2, O, 1, O), (0, O, 2, O, O, 1, 2, O), (O, 0, O, 1, O, 2, O, 1)),
        ("climate", "forest*", "nature", "garden*", "animal*", "bird*", "weather", "rain*", "sea", "river*", "health*",
         "clima", "bosque*", "naturaleza", "animal*", "mar", "río*", "salud", "climat", "forêt*", "wald*", "natur",
         "气候", "森林", "自然", "动物", "海", "健康"),
        ("neutral", "serious", "concerned"), brightness=0.25, pads=0.7, plucks=0.4,
    ),
    "steady": Mood(
        50, DORIAN, 88, (0, 3, 0, 6, 0, 3, 2, 4), "guitar",
        ((0, 2, 1, 2, 0, 2, 1, 0), (0, O, 2, 1, O, 2, 0, 1), (0, 1, 2, O, 0, 1, 2, O)),
        ("parliament*", "election*", "vote*", "law*", "court*", "council*", "minister*", "government*", "econom*",
         "bank*", "budget*", "trade", "tax*", "gobierno", "ley", "elecci*", "economía", "banco*", "regierung*",
         "gouvernement", "政府", "法", "经济", "银行", "选举"),
        ("neutral", "serious"), brightness=0.35, pads=0.45, plucks=0.5, drum=0.25,
    ),
    "warm": Mood(
        60, MAJOR, 78, (0, 5, 3, 4, 0, 2, 3, 4), "harp",
        ((0, 1, 2, 3, 2, 1, 2, 1), (0, O, 2, 1, 3, O, 2, 1), (0, 2, 1, 3, O, 2, 1, O)),
        ("food", "kitchen*", "coffee", "bread", "family", "famil*", "village*", "craft*", "book*", "museum*", "histor*",
         "school*", "neighbour*", "comida", "café", "pan", "familia*", "pueblo*", "libro*", "museo*", "escuela*",
         "咖啡", "美食", "家", "历史", "博物馆", "书", "学校"),
        ("neutral", "glad"), (8,), 0.4, 0.6, 0.5,
    ),
    "bright": Mood(
        62, MAJOR, 104, (0, 4, 5, 3, 0, 3, 1, 4), "marimba",
        ((0, 2, 1, 3, 2, 1, 0, 2), (0, O, 2, 3, O, 1, 2, O), (0, 1, O, 2, 0, 3, O, 2)),
        ("sport*", "win*", "champion*", "team*", "match*", "record*", "race*", "olympi*", "festival*", "city", "cities",
         "street*", "travel*", "deporte*", "equipo*", "récord*", "fiesta*", "ciudad*", "viaje*", "体育", "比赛", "城市",
         "节"),
        ("neutral", "glad"), brightness=0.6, pads=0.4, plucks=0.55, shaker=0.35, drum=0.35,
    ),
    "wide": Mood(
        55, LYDIAN, 66, (0, 1, 0, 4, 5, 1, 2, 4), "bell",
        ((0, O, O, 2, O, O, 3, O), (0, O, 1, O, O, 3, O, O), (O, O, 2, O, 3, O, O, 1)),
        ("space", "star*", "galax*", "planet*", "moon", "orbit*", "rocket*", "telescope*", "universe", "ocean*",
         "mountain*", "discover*", "scien*", "espacio", "luna", "cohete*", "planeta*", "univers*", "ciencia*", "océano*",
         "宇宙", "星", "月", "太空", "火箭", "科学", "发现"),
        ("neutral", "surprised", "glad"), (8,), 0.5, 0.8, 0.35,
    ),
    "grave": Mood(
        48, MINOR, 58, (0, 5, 3, 6, 0, 5, 3, 4), "piano",
        ((0, O, O, O, 2, O, O, O), (0, O, O, 1, O, O, O, O), (O, O, 2, O, O, O, 1, O)),
        ("war", "victim*", "died", "dead", "death*", "killed", "funeral*", "mourn*", "disaster*", "guerra", "muert*",
         "víctima*", "tragedia*", "guerre", "mort*", "krieg*", "战争", "遇难", "死亡", "灾"),
        ("concerned",), (), 0.15, 0.85, 0.35,
    ),
    "pulse": Mood(
        52, MINOR, 112, (0, 0, 5, 5, 3, 3, 6, 6), "guitar",
        ((0, 0, 2, 0, 1, 0, 2, 1), (0, 2, 0, 1, 0, 2, 0, 1), (0, O, 0, 2, O, 0, 1, O)),
        ("ai", "robot*", "chip*", "software", "computer*", "cyber*", "data", "internet", "tech*", "startup*", "phone*",
         "electri*", "electron*", "battery", "batteries", "tecnolog*", "datos", "ordenador*", "batería*", "roboter*", "données",
         "机器人", "人工智能", "芯片", "数据", "电脑", "电池"),
        ("neutral", "serious", "surprised"), (6,), 0.55, 0.45, 0.45, 0.3, 0.4,
    ),
    "playful": Mood(
        65, MIXOLYDIAN, 96, (0, 6, 3, 0, 5, 3, 1, 6), "kalimba",
        ((0, O, 2, O, 1, 3, O, 2), (0, 2, O, 1, O, 3, 2, O), (O, 1, 0, O, 2, O, 3, 1)),
        ("music", "film*", "art", "arts", "dance*", "theatre*", "fashion", "game*", "toy*", "child*", "cat", "cats",
         "dog", "dogs", "comic*", "joke*", "música", "cine", "arte", "juego*", "niñ*", "gato*", "perro*", "音乐", "电影",
         "艺术", "游戏", "孩子", "猫", "狗"),
        ("glad", "surprised"), brightness=0.45, pads=0.35, plucks=0.6, shaker=0.3,
    ),
}  # fmt: skip
"""`keywords` are a topic's words that call for a mood (see `scene.choose.matches`), `tones` what it may accompany."""


def mood_for(told: Sequence[Told], topic: str, seed: int) -> str:
    """The mood that fits how a story is told and what it is about; among equals, one that the seed picks.

    A story with anything concerned in it is never accompanied gladly.
    """
    heard = [tone.expression for tone in tones(told)]
    main: Expression = "concerned" if "concerned" in heard else max(("neutral", *heard), key=heard.count)
    fitting = [name for name, mood in MOODS.items() if main in mood.tones]
    return choose({name: mood.keywords for name, mood in MOODS.items()}, topic, seed_of("mood", seed, topic), fitting)
