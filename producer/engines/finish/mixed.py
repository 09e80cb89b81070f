"""The sound of a clip, for all its formats: encoded, and heard, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from storage.documents import Check

if TYPE_CHECKING:
    from producer.checks.hearing import Hearing
    from producer.render.sound.aac import Coded


@dataclass
class Mixed:
    """`complaints`: why music that was asked for is not in it."""

    coded: Sequence[Coded]
    complaints: Sequence[Check]
    _hearing: Hearing | None = field(default=None, init=False)

    def hearing(self, folder: Path) -> Hearing:
        """What files with this sound will sound like; found out once. `folder`: for a file that is not kept."""
        from producer.checks.hearing import heard_before

        if self._hearing is None:
            alone = folder / "sound.mp4"
            self._hearing = heard_before(self.coded, alone)
            alone.unlink()
        return self._hearing
