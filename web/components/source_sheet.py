"""The sheet that adds a source: a kind, the fields that this kind asks for, a name, and the rights beside its service's terms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import Any, Literal, get_args, get_origin

from nicegui import ui
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from config.errors import DailiesError
from scraper.sources.asking import Ask, faults, filled
from storage.orders import SourceSpec
from web.components.basics import box, button, field, html, sheet
from web.components.choices import dropdown, one_of
from web.components.new_form import named
from web.components.shows import RIGHTS

LONGEST = "2000"


class SourceSheet:
    """One open sheet. `add` stores what was asked for, or raises what speaks against it; `done` is told once it is stored."""

    def __init__(
        self, kinds: Mapping[str, type[Ask]], labels: Mapping[str, str], terms: Mapping[str, str],
        add: Callable[[SourceSpec], Awaitable[None]], done: Callable[[], None],
    ) -> None:  # fmt: skip
        self._kinds, self._terms, self._add, self._done = kinds, terms, add, done
        self._kind, self._rights = next(iter(kinds)), "quote"
        self._given: dict[str, Callable[[], str]] = {}
        self._faults: dict[str, ui.html] = {}
        with sheet("Add a source", "It is read with the others, from the next run on.") as self.dialog, box("stack"):
            with named("Kind"):
                dropdown("Kind", {"": labels}, self._kind, self._choose)
            self._fields = box("stack")
            self._name = field("Name", maxlength="80", hint="Whom clips credit; left out, what it calls itself.")
            with named("Rights"):
                one_of("Rights", RIGHTS, self._rights, self._claim)
                self._asked = html("", "field-hint terms")
            self._whole = html("", "fault", role="alert")
            with box("sheet-foot"):
                button("Cancel", self.dialog.close, kind="ghost")
                button("Add", self._try, kind="primary")
        self._choose(self._kind)

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._given, self._faults = {}, {}
        self._fields.clear()
        with self._fields:
            for name, asked in self._kinds[kind].model_fields.items():
                with box("asked"):
                    self._given[name] = self._entry(asked)
                    self._faults[name] = html("", "fault", role="alert")
        terms = self._terms.get(kind, "")
        self._asked.set_content(escape(terms))
        self._whole.set_content("")

    def _claim(self, rights: str) -> None:
        self._rights = rights

    def _entry(self, asked: FieldInfo) -> Callable[[], str]:
        """A dropdown for a choice, else an entry. Returns a function that tells what is in it."""
        label, default = asked.title or "", "" if asked.is_required() else str(asked.default)
        if get_origin(asked.annotation) is not Literal:
            hint = {"placeholder": str(asked.examples[0])} if asked.examples else {"placeholder": default}
            return field(label, hint=asked.description or "", maxlength=LONGEST, autocomplete="off", **hint)
        held = {"value": default}
        words = _words(asked)
        with named(label):
            dropdown(label, {"": words}, default, lambda value: held.update(value=value))
            if asked.description:
                html(escape(asked.description), "field-hint")
        return lambda: held["value"]

    async def _try(self) -> None:
        for said in (*self._faults.values(), self._whole):
            said.set_content("")
        try:
            asked = filled(self._kinds[self._kind], {name: value() for name, value in self._given.items()})
            await self._add(SourceSpec.model_validate({
                "kind": self._kind, "url": asked.address, "name": self._name().strip(), "rights": self._rights,
            }))  # fmt: skip
        except ValidationError as error:
            for name, why in faults(error).items():
                self._faults.get(name, self._whole).set_content(escape(why))
        except DailiesError as error:
            self._whole.set_content(escape(str(error)))
        else:
            self.dialog.close()
            self._done()


def _words(asked: FieldInfo) -> dict[str, str]:
    """The choices of a field, and what they are called."""
    extra = asked.json_schema_extra
    said: Any = extra.get("words", {}) if isinstance(extra, dict) else {}
    return {str(value): str(said.get(value, str(value).capitalize())) for value in get_args(asked.annotation)}
