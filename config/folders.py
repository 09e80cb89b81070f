"""Where a studio keeps its things: one data folder, and one short-lived runtime folder for sockets."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from config.errors import StudioError

INSTALLED = Path(sys.prefix) / "share" / "dailies"
"""Where set-up puts the small weights that every studio uses; laid out like a data folder."""


@dataclass(frozen=True)
class DataFolder:
    """All paths of one studio.

    studio.db      the truth          artifacts/   blobs and stage results
    dailies.toml   your settings      exports/     released bundles
    logs/          what happened      redis/       the embedded server's queue
    weights/       pulled weights     studio.lock  held while a studio runs
    samples/       voices to choose from        credentials/ what exports are signed with
    environments/  engines that are programs of their own
    crashes/       what ended by a fault, and how
    cache/         files of a store elsewhere
    evaluations/   how the engines did on scripts that are always the same
    datasets/      pictures and recordings of presenters, prepared to train with
    """

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "studio.db"

    @property
    def artifacts(self) -> Path:
        return self.root / "artifacts"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def weights(self) -> Path:
        return self.root / "weights"

    @property
    def environments(self) -> Path:
        return self.root / "environments"

    @property
    def samples(self) -> Path:
        return self.root / "samples"

    @property
    def evaluations(self) -> Path:
        """What `run.py evaluate` measured, a file a run."""
        return self.root / "evaluations"

    @property
    def incoming(self) -> Path:
        """Uploads while they are received."""
        return self.root / "incoming"

    @property
    def redis(self) -> Path:
        return self.root / "redis"

    @property
    def restoring(self) -> Path:
        """Here while a backup is brought back, and after that was interrupted."""
        return self.root / "restoring"

    @property
    def credentials(self) -> Path:
        return self.root / "credentials"

    @property
    def runtime(self) -> Path:
        """A short path for unix sockets (they fail beyond about 100 bytes), one per data folder and user."""
        name = hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:12]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        if len(str(base)) > 60:
            base = Path("/tmp")  # noqa: S108 - the folder below is made private and its owner is checked
        return base / f"dailies-{os.getuid()}-{name}"

    @property
    def socket(self) -> Path:
        """Where a running studio listens for the command line."""
        return self.runtime / "studio.sock"

    def make(self) -> DataFolder:
        """Create what is missing. Raises StudioError when the folder cannot be written, or is half restored."""
        if self.restoring.exists():
            raise StudioError(
                f"Bringing a backup back into {self.root} was interrupted.",
                "Run it again: python run.py restore BACKUP --replace",
            )
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self.artifacts, self.exports, self.logs):
                folder.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root) as probe:
                probe.write(b"dailies")
                probe.flush()
                os.fsync(probe.fileno())
        except OSError as error:
            raise StudioError(
                f"The data folder {self.root} cannot be written: {error.strerror}.",
                "Choose another one with --data DIR or DAILIES_DATA, or free some space.",
            ) from error
        return self

    def make_runtime(self) -> None:
        """Create the folder of sockets, for this user alone. Raises StudioError."""
        self.runtime.mkdir(mode=0o700, exist_ok=True)
        if self.runtime.stat().st_uid != os.getuid():
            raise StudioError(f"{self.runtime} belongs to somebody else.", "Remove it, or set XDG_RUNTIME_DIR.")

    @contextmanager
    def lock(self, name: str = "studio") -> Iterator[None]:
        """Hold the folder for this process. Raises StudioError when another one holds it."""
        with (self.root / f"{name}.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StudioError(
                    f"A studio already runs on {self.root}.",
                    "Use that one, stop it, or give this one another --data folder.",
                ) from error
            yield


def data_folder(given: Path | None) -> DataFolder:
    """`--data`, else `DAILIES_DATA`, else the platform's own place for application data."""
    root = given or os.environ.get("DAILIES_DATA") or platformdirs.user_data_path("dailies")
    return DataFolder(Path(root).expanduser().absolute())
