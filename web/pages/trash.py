"""The trash: what was discarded, and the way back, until it is emptied."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from html import escape

from storage import catalogue
from storage.people import Person
from storage.trash import Discarded, empty, restore_clip, sweep_beside, to_free, trashed
from web.components.basics import box, button, html, sheet, text
from web.components.deeds import deed, on_deed
from web.components.toast import toast
from web.media import media_address
from web.pages.plain import PlainPage, nothing_here
from web.theme.marks import icon
from web.words import day_and_time, language, several, size


class TrashPage(PlainPage):
    place, title = "trash", "Trash"

    def show(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            found = trashed(db)
            names = {show.slug: show.name for show in catalogue.shows(db)}
        self.count.set_content(str(len(found) or ""))
        if not found:
            nothing_here("The trash is empty.", "Clips that failed or were rejected can be discarded from the inbox.")
            return
        with box("list-top"):
            text(self._rule(), "muted grow")
            if person.may("admin"):
                button(
                    "Empty the trash", partial(self._ask, [one.clip.id for one in found]), icon_name="trash-2",
                    kind="danger",
                )  # fmt: skip
        with box("card"):
            rows = "".join(_row(one, names, may_act=person.may("reviewer")) for one in found)
            on_deed(html(f'<table class="exports">{HEAD}<tbody>{rows}</tbody></table>'), self._do)

    def _freed(self, clip_ids: list[str]) -> int:
        with self.desk.studio.reading() as db:
            return to_free(db, clip_ids)

    def _rule(self) -> str:
        days = self.desk.studio.settings.trash.keep_days
        return f"Emptied by itself after {several(days, 'day')}." if days else "Kept until an admin empties it."

    async def _ask(self, clip_ids: list[str]) -> None:
        """What it frees is counted in a thread: every record of the studio is looked at for who needs the files."""
        freed = await asyncio.to_thread(self._freed, clip_ids)
        with (
            self.root,
            sheet("Empty the trash?", f"{several(len(clip_ids), 'clip')}, {size(freed)} of files.") as dialog,
        ):
            words = "Their files are deleted, for good. What was decided stays on record, and their topics count as covered. Nothing that was exported is touched."
            text(words, tag="p")

            async def confirm() -> None:
                dialog.close()
                await self.trying(self._empty, clip_ids, freed)

            with box("sheet-foot"):
                button("Cancel", dialog.close, kind="ghost")
                button(f"Delete {size(freed)}", confirm, kind="danger-fill")
        dialog.open()

    async def _empty(self, clip_ids: list[str], freed: int) -> None:
        artifacts = self.desk.studio.artifacts
        await self.change("admin", lambda _person: partial(empty, clip_ids=clip_ids))
        await asyncio.to_thread(sweep_beside, self.desk.studio.writer, artifacts)
        self.after = lambda: toast(f"Emptied; {size(freed)} freed.")

    async def _do(self, name: str, clip_id: str) -> None:
        if name == "restore":
            await self.trying(self._restore, clip_id)

    async def _restore(self, clip_id: str) -> None:
        await self.change("reviewer", lambda _person: partial(restore_clip, clip_id=clip_id))
        self.after = lambda: toast("Restored, as it was.")


HEAD = (
    '<thead><tr><th><span class="unseen">Picture</span></th><th>Clip</th><th>Show</th><th>Discarded</th>'
    '<th><span class="unseen">Restore</span></th></tr></thead>'
)


def _row(one: Discarded, names: Mapping[str, str], *, may_act: bool) -> str:
    clip = one.clip
    picture = (
        f'<img src="{media_address(clip.id, clip.poster)}" alt="" loading="lazy">' if clip.poster else icon("circle-x")
    )
    back = deed("restore", clip.id, "Restore", "undo-2", about=clip.title) if may_act else ""
    return (
        f'<tr><td>{picture}</td><td><a class="ti" href="/clip/{escape(clip.id)}" dir="auto" lang="{escape(clip.language)}">'
        f'{escape(clip.title)}</a><div class="path">{escape(_state(one))}</div></td>'
        f"<td>{escape(names.get(clip.show, clip.show))} · {escape(language(clip.language))}</td>"
        f"<td><span class='who'>Discarded by </span>{escape(one.user)}, <span class='keep'>{day_and_time(one.at)}</span></td>"
        f"<td>{back}</td></tr>"
    )


def _state(one: Discarded) -> str:
    if one.clip.production != "ready":
        return {"failed": "Failed", "cancelled": "Cancelled"}.get(one.clip.production, one.clip.production)
    names = {"rejected": "Rejected", "held": "On hold", "changes": "Changes asked", "undecided": "Not reviewed"}
    return names.get(one.clip.review, one.clip.review)
