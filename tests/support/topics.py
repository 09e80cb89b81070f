"""Topics in four languages for test studios, written for this project."""

from __future__ import annotations

from storage.documents import Attribution
from storage.orders import ShowSpec, TopicCopy

TEXTS: tuple[tuple[str, str, str], ...] = (
    ("en", "The secret of a better cup: just add water",
     "A small spray of water before grinding keeps coffee from clinging to the mill. Friction charges the beans, and "
     "charged dust clumps together. Half a millilitre is enough for a double shot.\n\nThe result is a denser bed and a more "
     "even flow. Baristas in Lisbon and Portland had used the trick for years before anybody measured it."),
    ("es", "El cohete que ya ha volado veinte veces y sigue abaratando cada lanzamiento",
     "Recuperar la primera etapa se consideraba poco realista hace una década. El martes, el mismo propulsor completó su "
     "vigésimo vuelo y aterrizaje.\n\nSegún la agencia, reutilizar la etapa reduce el coste de cada lanzamiento. El objetivo es "
     "certificarla para cuarenta misiones."),
    ("zh", "一片空白的天空里，藏着三千个星系",
     "天文学家把望远镜对准了一小片看起来空无一物的天空。经过十天的曝光，照片里出现了三千多个星系。\n\n"
     "其中最远的光已经走了一百二十亿年。这张照片改变了人们对宇宙的看法。"),
    ("en", "Why Lisbon is painting its rooftops white before next summer",
     "Four thousand flat roofs in Lisbon will be painted white by May. White paint reflects most of the sunlight that black "
     "bitumen would keep.\n\nIn a trial on twelve school buildings, classrooms stayed three degrees cooler in the afternoon. "
     "The city expects to spend less on cooling than the paint costs within two summers."),
    ("ar", "لماذا تتحرك كثبان المريخ أبطأ مما توقع العلماء",
     "تتحرك كثبان المريخ نحو نصف متر فقط كل عام. الهواء الرقيق لا يرفع الرمل إلا في العواصف.\n\n"
     "قارن الباحثون صورا التقطت على مدى عشر سنوات. تبين أن الكثبان القريبة من القطب هي الأسرع."),
    ("en", "A battery made of rust that holds four days of wind",
     "The battery breathes: it turns iron into rust and back again. It stores energy for one hundred hours, far longer than "
     "lithium cells of the same price.\n\nThe first plant is being built beside a wind farm in Minnesota. It should carry the "
     "grid through a calm week in January."),
    ("es", "Los pulpos cambian de color incluso cuando sueñan",
     "Un pulpo dormido pasa del blanco al granate en pocos segundos. Los investigadores grabaron sus cambios de piel durante "
     "el sueño activo.\n\nLos patrones se parecen a los que usa para esconderse despierto. Nadie sabe todavía si eso es soñar."),
    ("zh", "为什么高铁的座椅总是成对排列",
     "高铁的二等座一边两个，一边三个。这样无论几个人一起出行，都能坐在一起而不留空位。\n\n"
     "两个加三个，可以组合成任何大于一的数字。设计师说，这是一道小学数学题。"),
    ("en", "The last analogue telephone exchange in Europe goes quiet after ninety-one years of clicking switches",
     "The exchange clicked for the last time on Sunday evening. Its switches were built in 1935 and oiled by hand every week."
     "\n\nA museum will keep two of the racks running. The other thirty go to collectors, one shelf at a time."),
    ("en", "What forty thousand recordings say about how birds learn to sing",
     "Young finches babble before they sing. After forty thousand recordings, researchers can tell which neighbour a bird "
     "learned each phrase from.\n\nBirds that hear more neighbours invent more songs. Birds that hear none repeat a single note."),
    ("es", "La biblioteca que presta herramientas en vez de libros",
     "En el barrio de Gràcia, un carné de biblioteca abre un taller. Los vecinos toman prestados taladros, escaleras y "
     "máquinas de coser.\n\nCada herramienta sale unas treinta veces al año. Antes, la mayoría dormía en un armario."),
    ("en", "Glass from the desert, older than the pyramids",
     "Yellow glass lies scattered over a corner of the Libyan desert. It formed when something hit the sand twenty-nine "
     "million years ago.\n\nA scarab carved from it was found among the treasures of Tutankhamun."),
)  # fmt: skip
SHOWS = {
    "en": ShowSpec(slug="morning-desk", name="The Morning Desk"),
    "es": ShowSpec(slug="orbita", name="Órbita"),
    "zh": ShowSpec(slug="night-sky", name="今夜星空"),
    "ar": ShowSpec(slug="sama", name="سماء الليل"),
}
"""One show per language."""


def topic(number: int, *, unsupported: bool = False) -> TopicCopy:
    """The topics in turn; later rounds get a number in their title. `unsupported` asks for one invented line."""
    language, title, text = TEXTS[number % len(TEXTS)]
    again = {"zh": "（二）"}.get(language, f" ({number // len(TEXTS) + 1})") if number >= len(TEXTS) else ""
    source = Attribution(name="Sample Wire", url=f"https://sample.example/{number}", title=title, rights="own")
    return TopicCopy(
        title=title + again, text=text, language=language, source=source, published_at="2026-11-19T06:02:00Z",
        topic_id=f"topic-{number}{' [unsupported]' if unsupported else ''}",
    )  # fmt: skip
