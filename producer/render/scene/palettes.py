"""Six colours that belong together. To add a palette, add one entry; its tests hold it to readable contrast."""

from __future__ import annotations

from dataclasses import dataclass

from producer.render.colour import HEX


@dataclass(frozen=True)
class Palette:
    """`deep`, `mid`, `light`: the tones of the backdrop, dark to bright. `accent` and `second` carry small
    bright things. `ink` is the near-black of panels, and of text on an accent."""

    deep: str
    mid: str
    light: str
    accent: str
    second: str
    ink: str

    @property
    def colours(self) -> tuple[str, ...]:
        """In the order in which a `Scene` keeps them."""
        return (self.deep, self.mid, self.light, self.accent, self.second, self.ink)


PALETTES: dict[str, Palette] = {
    "harbour": Palette("#0f2a44", "#1b4d72", "#3a93a8", "#ffd166", "#7fe0d4", "#0a1826"),
    "midnight": Palette("#12162f", "#212c57", "#4159a0", "#5cd0f5", "#ff7aa8", "#0a0d1e"),
    "ember": Palette("#3a1c48", "#943a5c", "#e98359", "#ffd27a", "#ffe3bf", "#220e2b"),
    "meadow": Palette("#0d3a3c", "#1d7064", "#79c39a", "#f5ee72", "#d2fbea", "#061f20"),
    "aurora": Palette("#150c33", "#31206c", "#7148ac", "#ffb86b", "#8be9fd", "#0b0620"),
    "clay": Palette("#451f22", "#a0442f", "#e59a5c", "#ffdc9c", "#a9e8d8", "#220f10"),
    "slate": Palette("#1a2330", "#384a60", "#7890a8", "#ffcf5c", "#9fd6ff", "#0e141d"),
    "berry": Palette("#2c0f36", "#672265", "#bd5794", "#ffc4d8", "#ffdf8c", "#1a0820"),
    "frost": Palette("#143049", "#2d6388", "#9cc9e0", "#fff0b8", "#ffb3a0", "#0b1b2a"),
    "olive": Palette("#23281a", "#4c5a2c", "#9cae63", "#ffd98a", "#f2f0c9", "#13170d"),
    "graphite": Palette("#1c1d22", "#3a3d47", "#7d8391", "#ffb45c", "#8fd8d2", "#0e0f12"),
    "orchid": Palette("#1c1240", "#4a2c86", "#b076d8", "#ffd0f0", "#9df0e4", "#100a26"),
}

MOODS: dict[str, tuple[str, ...]] = {
    "harbour": ("sea", "port", "ship*", "water", "rain*", "health*", "hospital*", "medic*", "agua", "mar", "puerto",
                "salud", "医", "水", "海", "港"),
    "midnight": ("ai", "robot*", "chip*", "software", "computer*", "cyber*", "data", "internet", "elect*", "vote*",
                 "parliament*", "law*", "court*", "tecnolog*", "datos", "gobierno", "ley", "机器人", "人工智能",
                 "芯片", "数据", "政府", "法"),
    "ember": ("city", "cities", "sunset", "street*", "food", "kitchen*", "heat*", "fire*", "ciudad*", "calle*",
              "comida", "fuego", "城市", "火", "美食"),
    "meadow": ("climate", "forest*", "tree*", "plant*", "farm*", "garden*", "animal*", "bird*", "nature", "green",
               "clima", "bosque*", "campo", "naturaleza", "气候", "森林", "植物", "鸟", "自然"),
    "aurora": ("space", "star*", "galax*", "planet*", "moon", "orbit*", "rocket*", "telescope*", "espacio", "luna",
               "cohete*", "宇宙", "星", "月", "太空", "火箭"),
    "clay": ("coffee", "bread", "museum*", "histor*", "ancient", "archaeolog*", "craft*", "book*", "café", "pan",
             "museo*", "historia", "libro*", "咖啡", "历史", "博物馆", "书"),
    "slate": ("econom*", "market*", "bank*", "trade", "budget*", "rail*", "train*", "bridge*", "traffic", "transport*",
              "economía", "mercado*", "banco*", "tren*", "经济", "市场", "银行", "铁路", "交通"),
    "berry": ("music", "film*", "art", "arts", "dance*", "theatre*", "festival*", "fashion", "sport*", "game*",
              "música", "cine", "arte", "fiesta*", "deporte*", "音乐", "电影", "艺术", "体育"),
    "frost": ("winter*", "snow*", "ice", "cold", "arctic", "antarctic*", "glacier*", "ski*", "sky", "air", "flight*",
              "invierno*", "nieve*", "hielo", "frío", "ártico", "glaciar*", "cielo", "冬", "雪", "冰", "冷", "北极", "天空"),
    "olive": ("army", "soldier*", "war", "wars", "desert*", "soil*", "wine*", "oil", "autumn*", "harvest*", "hunt*",
              "ejército*", "guerra*", "desierto*", "suelo*", "vino*", "aceite", "otoño*", "cosecha*", "军", "战争", "沙漠",
              "土", "秋", "收获", "酒"),
    "graphite": ("night*", "police", "crime*", "prison*", "steel", "factory", "factories", "industr*", "car", "cars",
                 "design*", "photo*", "noche*", "policía*", "crimen", "cárcel*", "acero", "fábrica*", "industria*", "coche*",
                 "夜", "警", "犯罪", "钢", "工厂", "工业", "汽车", "设计"),
    "orchid": ("dream*", "psycholog*", "mind", "minds", "brain*", "beauty", "flower*", "wedding*", "magic*", "perfume*",
               "sueño*", "psicolog*", "mente*", "cerebro*", "belleza", "flor", "flores", "boda*", "梦", "心理", "大脑", "美容",
               "花", "婚"),
}  # fmt: skip
"""Words of a topic that suggest a palette. `*` ends a stem; words in scripts without spaces match anywhere."""


def palette_from(colours: tuple[str, ...]) -> Palette:
    """The palette that a `Scene` carries; scenes made elsewhere may carry none."""
    usable = len(colours) == 6 and all(HEX.fullmatch(colour) for colour in colours)
    return Palette(*colours) if usable else PALETTES["slate"]
