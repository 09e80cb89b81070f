"""A bucket that speaks S3: exports are copied there, a folder each, `clip.json` last.

Whoever finds a `clip.json` in a folder of the bucket finds all the files that it names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.errors import StudioError
from review.released import bundle_folder, names_in
from storage.exports import ExportRecord

if TYPE_CHECKING:
    from minio import Minio

    from config.settings import S3

PART = 16 * 1024 * 1024
"""Bytes of a part of a large file; so much is in memory."""
TIMEOUT_S = 60


class Bucket:
    """Where settings say."""

    id = "s3"

    def __init__(self, settings: S3) -> None:
        self._settings = settings
        self._client: Minio | None = None

    def carry(self, exports: Path, record: ExportRecord) -> None:
        """Copy a bundle, its files checked first. Again is the same. Raises StudioError, with what the server said."""
        folder = bundle_folder(exports, record)
        kinds = {str(file["name"]): file for file in record.bundle["files"]}
        try:
            client = self._connect()
            for name in names_in(record):
                kind, sha256 = (
                    (kinds[name]["media_type"], kinds[name]["sha256"]) if name in kinds else ("application/json", "")
                )
                client.fput_object(
                    self._settings.bucket, self._name(record.folder, name), str(folder / name), content_type=kind,
                    metadata={"sha256": sha256} if sha256 else None, part_size=PART, num_parallel_uploads=1,
                )  # fmt: skip
        except StudioError:
            raise
        except Exception as error:
            raise StudioError(
                f"The bucket {self._settings.bucket} did not take it: {_said(error)}", "Look at [s3] in the settings."
            ) from error

    def _name(self, folder: str, name: str) -> str:
        return "/".join(part for part in (self._settings.prefix.strip("/"), folder, name) if part)

    def _connect(self) -> Minio:
        if self._client is None:
            try:
                import urllib3
                from minio import Minio
            except ImportError as error:
                raise StudioError(
                    "The client for S3 is not installed.", "Install it with: pip install minio"
                ) from error
            own, address = self._settings, urlsplit(self._settings.endpoint)
            self._client = Minio(
                address.netloc, own.access_key, own.secret_key.get_secret_value(), secure=address.scheme == "https",
                region=own.region or None,
                http_client=urllib3.PoolManager(timeout=TIMEOUT_S, retries=urllib3.Retry(total=1, backoff_factor=0.2)),
            )  # fmt: skip
        return self._client


def _said(error: Exception) -> str:
    """One line, and never a key."""
    code, words = getattr(error, "code", ""), getattr(error, "message", "") or str(error)
    return " ".join(str(part) for part in (code, words) if part).split("\n")[0][:300]
