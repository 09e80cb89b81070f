"""A clip while somebody is still choosing: what the one-off form holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.orders import Backdrop, Captions
from web.ordering import ClipOrder


@dataclass
class Draft:
    """`lines` are spoken as they are (direct); `text` is told by the writer (guided)."""

    direct: bool = True
    title: str = ""
    lines: list[str] = field(default_factory=list)
    text: str = ""
    show: str = ""
    presenter: str = ""
    voice: str = ""
    language: str = ""
    backdrop: Backdrop = "auto"
    formats: list[str] = field(default_factory=lambda: ["16:9"])
    length_s: int = 35
    captions: Captions = "words"

    @property
    def words(self) -> str:
        """Everything that was typed."""
        return "\n".join(self.lines).strip() if self.direct else self.text.strip()

    def order(self) -> ClipOrder:
        """Raises ValidationError for what no form offers."""
        return ClipOrder(
            script=self.words if self.direct else "",
            topic="" if self.direct else self.words,
            title=self.title if self.direct else "",
            show=self.show,
            presenter=self.presenter,
            language=self.language,
            formats=tuple(self.formats),
            length_s=self.length_s,
            captions=self.captions,
            voice=self.voice,
            backdrop=self.backdrop,
        )
