"""What the presenter says around the source's words, by language: who said it, and goodbye."""

from __future__ import annotations

from dataclasses import dataclass

from producer.speech.languages import primary


@dataclass(frozen=True)
class Phrases:
    """Sentences with `{source}`, `{quote}`, `{show}` and `{presenter}` to fill in."""

    says: tuple[str, ...]
    """Introduces a quotation: the first time, the second, the third."""
    headline: str
    """Introduces the source's headline."""
    reported: tuple[str, ...]
    """Names the source at the end."""
    full_story: tuple[str, ...]
    """Names the source at the end of a clip that only quotes from it."""
    sign_off: str
    show_only: str
    marks: tuple[str, str] = ("“", "”")

    def quoted(self, text: str) -> str:
        """The text in this language's quotation marks; a quotation inside it gets the inner ones."""
        opening, closing = self.marks
        for outer, inner in zip((opening.strip(), closing.strip()), INNER[opening.strip()], strict=True):
            text = text.replace(outer, inner)
        return f"{opening}{text}{closing}"


INNER = {"“": "‘’", "«": "“”", "„": "‚‘", "「": "『』"}
PHRASES = {
    "en": Phrases(
        says=("{source} writes: {quote}", "According to {source}: {quote}", "{source} adds: {quote}"),
        headline="{source} reports: {quote}",
        reported=("That was reported by {source}.", "This story comes from {source}."),
        full_story=("The full story is at {source}.", "Read the full story at {source}."),
        sign_off="I’m {presenter}, for {show}.",
        show_only="This is {show}.",
    ),
    "es": Phrases(
        says=("{source} escribe: {quote}", "Según {source}: {quote}", "{source} añade: {quote}"),
        headline="{source} informa: {quote}",
        reported=("Así lo cuenta {source}.", "La noticia es de {source}."),
        full_story=("La historia completa está en {source}.",),
        sign_off="Soy {presenter}, para {show}.",
        show_only="Esto es {show}.",
        marks=("«", "»"),
    ),
    "fr": Phrases(
        says=("{source} écrit : {quote}", "Selon {source} : {quote}", "{source} ajoute : {quote}"),
        headline="{source} titre : {quote}",
        reported=("C’est ce que rapporte {source}.", "Une information de {source}."),
        full_story=("L’article complet est à lire chez {source}.",),
        sign_off="{presenter}, pour {show}.",
        show_only="C’était {show}.",
        marks=("« ", " »"),
    ),
    "de": Phrases(
        says=("{source} schreibt: {quote}", "Bei {source} heißt es: {quote}", "{source} ergänzt: {quote}"),
        headline="{source} meldet: {quote}",
        reported=("Das berichtet {source}.", "Eine Meldung von {source}."),
        full_story=("Den ganzen Bericht gibt es bei {source}.",),
        sign_off="{presenter}, für {show}.",
        show_only="Das war {show}.",
        marks=("„", "“"),
    ),
    "it": Phrases(
        says=("{source} scrive: {quote}", "Secondo {source}: {quote}", "{source} aggiunge: {quote}"),
        headline="{source} riferisce: {quote}",
        reported=("Lo riporta {source}.", "La notizia è di {source}."),
        full_story=("L’articolo completo è su {source}.",),
        sign_off="{presenter}, per {show}.",
        show_only="Questo è {show}.",
        marks=("«", "»"),
    ),
    "pt": Phrases(
        says=("{source} escreve: {quote}", "Segundo {source}: {quote}", "{source} acrescenta: {quote}"),
        headline="{source} noticia: {quote}",
        reported=("A notícia é de {source}.", "Foi o que contou {source}."),
        full_story=("A reportagem completa está em {source}.",),
        sign_off="{presenter}, para {show}.",
        show_only="Este é {show}.",
    ),
    "ru": Phrases(
        says=("{source} пишет: {quote}", "Цитируем {source}: {quote}", "{source} добавляет: {quote}"),
        headline="{source} сообщает: {quote}",
        reported=("Об этом сообщает {source}.", "Источник: {source}."),
        full_story=("Полный текст публикует {source}.",),
        sign_off="{presenter}, {show}.",
        show_only="Это {show}.",
        marks=("«", "»"),
    ),
    "ar": Phrases(
        says=("كتب {source}: {quote}", "ونقرأ في {source}: {quote}", "وأضاف {source}: {quote}"),
        headline="أورد {source}: {quote}",
        reported=("هذا ما أورده {source}.", "المصدر: {source}."),
        full_story=("الخبر كاملا في {source}.",),
        sign_off="معكم {presenter}، {show}.",
        show_only="معكم {show}.",
        marks=("«", "»"),
    ),
    "hi": Phrases(
        says=("{source} ने लिखा: {quote}", "{source} के अनुसार: {quote}", "{source} ने आगे लिखा: {quote}"),
        headline="{source} की ख़बर: {quote}",
        reported=("यह ख़बर {source} की है।", "यह जानकारी {source} से मिली है।"),
        full_story=("पूरी ख़बर {source} पर है।",),
        sign_off="मैं {presenter}, {show} से।",
        show_only="यह था {show}।",
    ),
    "zh": Phrases(
        says=("{source}写道：{quote}", "据{source}报道：{quote}", "{source}还提到：{quote}"),
        headline="{source}报道：{quote}",
        reported=("以上内容由{source}报道。", "消息来自{source}。"),
        full_story=("完整报道请见{source}。",),
        sign_off="这里是{show}，我是{presenter}。",
        show_only="这里是{show}。",
    ),
    "ja": Phrases(
        says=(
            "{source}はこう伝えています。{quote}",
            "{source}によると、{quote}",
            "{source}はさらにこう伝えています。{quote}",
        ),
        headline="{source}の見出しです。{quote}",
        reported=("以上、{source}が伝えました。", "{source}からのニュースでした。"),
        full_story=("詳しくは{source}をご覧ください。",),
        sign_off="{show}、{presenter}でした。",
        show_only="{show}でした。",
        marks=("「", "」"),
    ),
}
ANY = Phrases(
    says=("{source}: {quote}",),
    headline="{source}: {quote}",
    reported=("{source}.",),
    full_story=("{source}.",),
    sign_off="{presenter}, {show}.",
    show_only="{show}.",
)
"""For every other language: names only."""


def phrases_for(language: str) -> Phrases:
    return PHRASES.get(primary(language), ANY)
