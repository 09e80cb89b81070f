"""Articles of a few hundred words, written for these tests: invented news of invented places."""

from __future__ import annotations

from storage.documents import Attribution, Rights
from storage.orders import TopicCopy

LANTERNS = (
    "The lighthouse keepers of Ulvik count moths now, and the numbers are falling.\n\n"
    "Every night since 1987, somebody in the tower has swept the moths from the lamp room and written down how many "
    "there were. The notebooks fill a shelf two metres long. Nobody meant them to be science. The first keeper, Anna "
    "Brekke, simply wanted to know whether the new lamp attracted more insects than the old one.\n\n"
    "Last spring the biologist Jonas Tveit found the shelf. He photographed 13,000 pages in four days. “It is the longest "
    "series of its kind on this coast,” he said. “They wrote down the wind, the rain and the moon, every single night.”\n\n"
    "The counts show that the number of moths has halved in 35 years. However, the loss is not the same for every kind. "
    "Species that live in bogs have almost disappeared, while those that feed on garden plants have become more common. "
    "Warm autumns seem to help some of them, which now fly until November.\n\n"
    "The lamp itself may be part of the answer. In 2009 the old bulb was replaced with a white diode, and the next morning "
    "the floor was covered. Since 2021 the tower has used an amber light, and the keepers sweep up only a third of what "
    "they used to.\n\n"
    "The town wants to change its street lamps as well. It will replace 640 of them by the end of next year, at a cost of "
    "1.2 million kroner. The council expects to save 18 percent of the electricity.\n\n"
    "Brekke is 81 and still climbs the tower on Sundays. She has asked for one thing in return for her notebooks. She "
    "wants the moths to be counted for another 35 years."
)
TRAM = (
    "El tranvía de Puerto Alba vuelve a subir la cuesta del mercado después de 22 años.\n\n"
    "El primer coche saldrá el lunes a las seis de la mañana y lo conducirá Elena Rovira, que tiene 29 años y nunca vio "
    "pasar el antiguo. La línea mide tres kilómetros y tiene nueve paradas. El billete costará un euro y medio.\n\n"
    "Las vías no se habían quitado nunca. Quedaron debajo del asfalto, y los obreros solo tuvieron que cambiar la cuarta "
    "parte. Sin embargo, los cables son nuevos y los coches llevan una batería para los dos túneles.\n\n"
    "«Mi abuelo arreglaba estos frenos», cuenta Rovira. «Ahora los miro yo en una pantalla.» En las pruebas, el tranvía "
    "subió la cuesta en cuatro minutos, cinco menos que el autobús.\n\n"
    "El ayuntamiento calcula que cada día lo usarán 8.000 personas. Las tiendas del mercado han pedido que circule también "
    "de noche durante las fiestas. La decisión se tomará en octubre."
)
WELL = (
    "青石村的老井又出水了，村民们等了整整三十年。\n\n"
    "这口井挖于清朝末年，深二十六米。一九九四年大旱之后，井水干了，村里人只好到五公里外的水库去挑水。"
    "去年秋天，县里的工程师在山上种了四千棵树，又修了十二个小水塘，让雨水慢慢渗进土里。\n\n"
    "“我们没有指望这么快见效，”工程师林芳说。今年三月，井底先是湿了，后来水位每天上升两厘米。现在水深已经有三米。\n\n"
    "村里的孩子们每天放学以后来量水位，把数字写在黑板上。专家说，这样的办法也可以用在附近的八个村子。"
    "县里打算明年再种一万棵树。\n\n"
    "八十二岁的赵奶奶喝了第一碗水。她说，味道和小时候一样。"
)


def article(language: str = "en", rights: Rights = "own", source: str = "The Ulvik Post") -> TopicCopy:
    """A topic of the language: English (about 270 words), Spanish or Chinese."""
    title, text = {
        "en": ("Lighthouse keepers counted moths for 35 years", LANTERNS),
        "es": ("El tranvía vuelve a la cuesta del mercado", TRAM),
        "zh": ("干了三十年的老井又有水了", WELL),
    }[language]
    return TopicCopy(title=title, text=text, language=language, source=Attribution(name=source, rights=rights))
