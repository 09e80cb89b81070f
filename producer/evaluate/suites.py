"""The built-in suites: lines that a voice must manage, each for a reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scenario:
    """A script: lines and the language of each."""

    name: str
    lines: tuple[tuple[str, str], ...]

    @property
    def language(self) -> str:
        """That of the first line: the clip's."""
        return self.lines[0][0]


SUITES: dict[str, tuple[Scenario, ...]] = {
    "short": (
        Scenario("short-en", (("en", "The night ferry returns on Friday."),)),
        Scenario("short-zh", (("zh", "夜班渡轮星期五恢复航行。"),)),
        Scenario("short-es", (("es", "El ferri nocturno vuelve el viernes."),)),
    ),
    "switch": (
        Scenario(
            "switch-en-es",
            (
                ("en", "The captain had only one thing to say."),
                ("es", "Volvemos al mar después de nueve años."),
                ("en", "The whole harbour cheered."),
            ),
        ),
    ),
    "long": (
        Scenario(
            "long-en",
            (
                (
                    "en",
                    "For the first time in nine years, a night ferry will sail from the old harbour, leave at ten in the "
                    "evening, pass both lighthouses, and arrive on the island at six the next morning.",
                ),
            ),
        ),
    ),
    "hard": (
        Scenario("hard-names", (("en", "Siobhan Nguyen met Zbigniew Brzezinski and Saoirse Ronan in Worcester."),)),
        Scenario("hard-numbers", (("en", "On 3 May 2024, 1,250 people paid $3.5 million, or 64% more than in 1998."),)),
    ),
}
"""long: one utterance of 8 to 12 seconds."""


def suite(name: str) -> tuple[Scenario, ...]:
    """Of this name; `all`: every one."""
    return tuple(one for found in SUITES.values() for one in found) if name == "all" else SUITES[name]
