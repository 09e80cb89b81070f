"""What the simpler pages have in common: a heading, a body that is shown anew after each act, and plain words when an
act is refused."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from nicegui import ui

from config.errors import DailiesError
from storage.people import Person, Role
from storage.writer import Command
from web.components.basics import box, html, text
from web.components.frame import Place, frame, help_sheet
from web.components.toast import toast
from web.desk import Desk
from web.sessions import Visit
from web.theme.marks import MARK

T = TypeVar("T")


class PlainPage(ABC):
    """One open page. `needs`: whom it is for; others are told so."""

    place: Place
    title: str
    needs: Role = "viewer"

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self.desk, self.visit = desk, visit
        self.after: Callable[[], object] = _nothing
        """What an act wants to show once the page stands again."""

    def build(self) -> None:
        person = self.visit.must()
        with frame(self.desk, self.visit, person, self.place, self.title):
            if not person.may(self.needs):
                html(
                    f"{MARK}<h2>{self.title} are for an {self.needs}.</h2><p>Ask one to change your role.</p>", "empty"
                )
                return
            with box("page-head", "header"):
                with box("grow hstack"):
                    text(self.title, "page-title", "h1")
                    self.count = text("", "count")
                self.beside(person)
            with box("scroll", tabindex="0"):
                self.root = box("wrap")
            self.show_again()
            ui.on("desk", lambda event: self._help(str(event.args)))

    def beside(self, person: Person) -> None:  # noqa: B027 - most pages have nothing there
        """What stands beside the heading."""

    @abstractmethod
    def show(self, person: Person) -> None:
        """Fill the body with how things stand."""

    def show_again(self) -> None:
        self.root.clear()
        with self.root:
            self.show(self.visit.must(self.needs))

    async def trying(self, work: Callable[..., Awaitable[None]], *values: object) -> None:
        """Do something, say what went wrong in its own words and with its cure, and show how things stand."""
        with self.root:
            try:
                await work(*values)
            except DailiesError as error:
                toast(str(error), bad=True)
        if not self.root.is_deleted:
            self.show_again()
            after, self.after = self.after, _nothing
            with self.root:
                after()

    async def change(self, role: Role, command: Callable[[Person], Command[T]]) -> T:
        """Have the writer run a command of somebody who may do what this role may, at this very moment."""
        return await self.desk.change(command(self.visit.must(role)))

    def _help(self, act: str) -> None:
        with self.root:
            if act == "help":
                help_sheet().open()


def _nothing() -> None:
    """Nothing more to show."""


@contextmanager
def card(title: str, aside: str = "") -> Iterator[ui.html]:
    """A part of a page. Yields what stands beside its title."""
    with box("card", "section", aria_label=title):
        with box("card-top"):
            text(title, "card-title", "h2")
            said = text(aside, "faint")
        yield said


def nothing_here(title: str, words: str) -> None:
    html(f"{MARK}<h2>{title}</h2><p>{words}</p>", "empty")
