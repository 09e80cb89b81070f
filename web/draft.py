"""A clip while somebody is still choosing: what the one-off form holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from config.errors import UsageError
from storage.clock import now
from storage.documents import ArtifactRef, Attribution
from storage.orders import Backdrop, Brief, Captions, Consent, PresenterSpec
from storage.topics import FoundTopic
from web.ordering import ClipOrder

NOBODY = "The portrait shows no real person."


@dataclass(frozen=True)
class Guest:
    """A portrait that presents one clip. `small`: a picture of it, as a data address."""

    portrait: ArtifactRef
    small: str = ""


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
    found: FoundTopic | None = None
    """The page that the text was read from."""
    recording: ArtifactRef | None = None
    """Somebody's own voice, saying the lines."""
    guest: Guest | None = None
    guest_name: str = ""
    real: bool = True
    """Whether the portrait shows a real person, who has to agree."""
    consent: str = ""

    @property
    def link(self) -> str:
        """The address that stands where a text is wanted; "" = it is a text."""
        text = self.text.strip()
        return text if not self.direct and re.fullmatch(r"https?://[^\s/]+\S*", text) and len(text) <= 2000 else ""

    @property
    def words(self) -> str:
        """Everything that was typed."""
        return "\n".join(self.lines).strip() if self.direct else self.text.strip()

    @property
    def _own_voice(self) -> ArtifactRef | None:
        return self.recording if self.direct else None

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
            voice="" if self._own_voice else self.voice,
            recording=self._own_voice,
            backdrop=self.backdrop,
        )

    def presented(self, brief: Brief) -> Brief:
        """`brief` with the portrait that was brought as its presenter. Raises UsageError without a name or a consent."""
        if self.guest is None:
            return brief
        name, agreed = " ".join(self.guest_name.split()), " ".join(self.consent.split())
        if not name:
            raise UsageError("Whoever presents needs a name.", "It is shown in the clip.")
        if self.real and not agreed:
            raise UsageError(
                "A portrait needs the consent of the person it shows.", "Say when and to what they agreed."
            )
        statement = agreed if self.real else NOBODY
        presenter = PresenterSpec(
            slug=f"guest-{self.guest.portrait.sha256[:12]}", name=name, look={"portrait": self.guest.portrait.model_dump()},
            voices=brief.presenter.voices if self.voice else {}, consent=Consent(statement=statement, recorded_at=now()),
        )  # fmt: skip
        return brief.model_copy(update={"presenter": presenter})

    def credited(self, brief: Brief) -> Brief:
        """`brief` with the source of its words, where they were read from a page."""
        if self.direct or self.found is None:
            return brief
        found = self.found
        source = Attribution(name=found.source.name, url=found.url, title=found.title, rights=found.source.rights)
        topic = brief.topic.model_copy(update={"source": source, "published_at": found.published_at})
        return brief.model_copy(update={"topic": topic})
