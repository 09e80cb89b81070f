"""A short clip in each format, from its brief to its finished file: the studio's own planner, voice and engines."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from producer.alone import work_of
from producer.engines.registry import Registry
from producer.engines.script.direct import script_from_text
from producer.render.gallery.exhibit import Film, Pixels
from producer.render.inputs import read_picture
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import Attribution, Cut, Format
from storage.orders import Brand, Brief, BriefOptions, Captions, Pin, PresenterSpec, ShowSpec, TopicCopy


class Story(NamedTuple):
    """What is said in a format, by whom, and how its captions look. Three to five seconds, without intro and outro."""

    title: str
    said: str
    look: str
    captions: Captions


STORIES: dict[Format, Story] = {
    "16:9": Story("Night trams return", "After nine years, night trams return to the old town!", "mara", "words"),
    "9:16": Story("A better cup of coffee", "A few drops of water make every coffee better.", "amara", "big"),
    "1:1": Story("Three thousand new galaxies", "Can you see three thousand galaxies in one night?", "mei", "lines"),
    "4:5": Story("The choir sings again", "The town's choir sings again, and 400 people came.", "priya", "words"),
}
SHOW = ShowSpec(slug="gallery", name="The Morning Desk", brand=Brand(intro=False, outro=False))
SOURCE = Attribution(name="Harbour Gazette", url="https://www.gazette.example/city", rights="own")


def clips() -> Iterator[Film]:
    engines = Residency(Registry().create, 0)
    for format, story in STORIES.items():
        name = f"{format}, {story.look}, captions: {story.captions}"
        yield Film(name, partial(film, brief_of(format, story), engines))


def brief_of(format: Format, story: Story) -> Brief:
    script = script_from_text(story.said, "en", story.title).model_copy(update={"source": SOURCE})
    return Brief(
        topic=TopicCopy(title=story.title, text=story.said, source=SOURCE),
        show=SHOW,
        presenter=PresenterSpec(slug=story.look, name=story.look.title(), role="Host", look={"name": story.look}),
        options=BriefOptions(formats=(format,), captions=story.captions),
        seed=4,
        pins={"script": Pin(document=script.to_json())},
        direct=True,
    )


def film(brief: Brief, engines: Residency, path: Path) -> Pixels:
    """Makes the clip, and gives its poster. Raises StudioError when an engine that it needs is not here."""
    with tempfile.TemporaryDirectory(prefix="dailies-gallery-") as folder:
        store = FolderStore(Path(folder) / "artifacts")
        for _, work in work_of(brief, StageHandler(engines, store, Path(folder) / "work")):
            made = work()
            if isinstance(made, Cut):
                shutil.copyfile(store.fetch(made.video), path)
                return read_picture(store.fetch(made.poster))
    raise AssertionError("a clip ends with its cut")
