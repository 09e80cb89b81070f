"""Good clips to calibrate the checks by: short ones, made by the real planner and the default engines, as unlike each other as
the studio can make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast, get_args

import av
import numpy as np
import numpy.typing as npt

from producer.alone import work_of
from producer.checks.playing import Luma, Waves, luma_of
from producer.engines.registry import Registry
from producer.engines.requests import QualityRequest, read_request
from producer.engines.script.direct import script_from_text
from producer.ready import publish_capabilities
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import ArtifactStore, FolderStore
from storage.documents import Attribution, Format
from storage.orders import (
    Backdrop,
    Brand,
    Brief,
    BriefOptions,
    Captions,
    Pin,
    PresenterSpec,
    SceneMotion,
    ShowSpec,
    TopicCopy,
)
from storage.quality import EarlierClip

SAID: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Night trams return", "After nine years, night trams return to the old town, and 400 people came to see the first one leave."),
        ("A better cup of coffee", "A few drops of water make every coffee better. It takes no longer than grinding it dry."),
        ("Three thousand new galaxies", "Can you see three thousand galaxies in one night? A new telescope in Chile just did."),
        ("The choir sings again", "The town's choir sings again on Sunday. Sixty people of all ages have been rehearsing since May."),
        ("Bees play football", "Bees can learn to play football. A team in London taught them to roll a small ball, and they did it for fun."),
        ("A map that was lost", "A museum in Boston has bought a map that was made before the bridge was built, with a path and a mill on it."),
        ("The ferry is late", "The ferry from the harbour leaves at ten and arrives at six in the morning, with breakfast and a bed."),
        ("Bread costs less", "Prices fell by two percent in March. Bread, milk and apples cost less than they did a year ago."),
    ),
    "es": (
        ("El tranvía vuelve", "El tranvía vuelve al barrio del puerto y sube la cuesta en cuatro minutos, delante del mercado."),
        ("Un robot pequeño", "Un pequeño robot aprende a separar la basura con el tacto, y acierta nueve de cada diez veces."),
        ("Los gatos", "¿Por qué ronronean los gatos? Nadie lo sabe del todo, pero un equipo de Viena propone una respuesta."),
    ),
    "zh": (
        ("夜里的图书馆", "老图书馆从这个月起夜里不关灯，三楼的阅览室一直开放到早上六点。"),
        ("新的大桥", "新的大桥上个月通车了。它长两公里，工人们用了四年时间才把它建成。"),
        ("晚上的火车", "火车晚上七点半从广州出发，第二天早上到达成都，票价比去年便宜一半。"),
    ),
}  # fmt: skip
LOOKS = ("mara", "theo", "amara", "kenji", "lena", "omar", "priya", "ingrid", "mateo", "noor")
FORMATS: tuple[Format, ...] = ("16:9", "9:16", "1:1", "4:5")
CAPTIONS: tuple[Captions, ...] = ("words", "lines", "big")
SOURCE = Attribution(name="Harbour Gazette", url="https://www.gazette.example/city", rights="own")


@dataclass(frozen=True)
class Specimen:
    """A finished clip: what the gate is asked about it, and where its files are."""

    name: str
    request: QualityRequest
    artifacts: ArtifactStore


@dataclass(frozen=True)
class Footage:
    """A clip as it is decoded: times and luma of all frames, and all sound, (channels, samples)."""

    times: tuple[float, ...]
    frames: tuple[Luma, ...]
    waves: Waves
    rate: int
    jump: tuple[float, float] = (0.0, 0.0)
    """From this second on, the sound is so many seconds late."""


def specimens(count: int, folder: Path, weights: Path, first: int = 0) -> Iterator[Specimen]:
    """`folder` keeps what was made: the next time nothing is made again. `weights`: of engines beyond the default ones, so
    that clips are in all of the languages for which there is a voice."""
    registry = Registry(weights=weights)
    # A voice of no languages of its own is a stand-in or a recording: it speaks for nobody here.
    ready = [c for c in publish_capabilities(registry) if c.stage == "line" and not c.problem and not c.needs]
    languages = [code for code in SAID if any(code in c.languages for c in ready)]
    store = FolderStore(folder / "artifacts")
    stages = StageHandler(Residency(registry.create, 0), store, folder / "work")
    for name, brief in islice(briefs(languages), first, first + count):
        for order, work in work_of(brief, stages, registry):
            work()
            if order.stage == "quality":
                request = cast("QualityRequest", read_request(order.payload))
                yield Specimen(name, request, store)


def briefs(languages: list[str]) -> Iterator[tuple[str, Brief]]:
    """Without end: every two differ in most of what may differ."""
    backdrops: tuple[Backdrop, ...] = get_args(Backdrop)[1:]
    number = 0
    while True:
        language = languages[number % (2 * len(languages)) // 2 if len(languages) > 1 else 0]
        title, said = SAID[language][(number // 2) % len(SAID[language])]
        script = script_from_text(said, language, title).model_copy(update={"source": SOURCE})
        look, frame = LOOKS[number * 3 % len(LOOKS)], FORMATS[number % len(FORMATS)]
        framed = number % 5 == 0
        motion: SceneMotion = "kenburns" if number % 3 == 2 else "still"
        options = BriefOptions(
            language=language, formats=(frame,), captions=CAPTIONS[number % len(CAPTIONS)],
            resolution=576, backdrop=backdrops[number * 5 % len(backdrops)],
        )  # fmt: skip
        yield (
            f"{number}: {language}, {frame}, {look}, {options.backdrop}, {options.captions}",
            Brief(
                topic=TopicCopy(title=title, text=said, language=language, source=SOURCE),
                show=ShowSpec(slug="calibration", name="The Morning Desk", brand=Brand(intro=framed, outro=framed), motion=motion),
                presenter=PresenterSpec(slug=look, name=look.title(), role="Host", look={"name": look}),
                options=options, seed=number, pins={"script": Pin(document=script.to_json())},
            ),
        )  # fmt: skip
        number += 1


def earlier_than(specimen: Specimen) -> tuple[EarlierClip, ...]:
    """Clips that a show could have made before: other stories in the same language."""
    title = specimen.request.script.title
    language = specimen.request.script.lines[0].language
    return tuple(EarlierClip(title=name, lines=(said,)) for name, said in SAID[language] if name != title)


def footage(path: Path) -> Footage:
    """All of a file, in memory."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        video.codec_context.options = {"skip_loop_filter": "all"}
        seen = [(float(frame.time or 0.0), luma_of(frame).copy()) for frame in container.decode(video)]
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        parts: list[npt.NDArray[np.float32]] = [
            np.asarray(f.to_ndarray(), np.float32) for f in container.decode(audio=0)
        ]
    times, frames = zip(*seen, strict=True)
    return Footage(times, frames, np.concatenate(parts, axis=1), rate)
