"""The artifact store of a studio: a folder of its own, or the bucket that the settings name."""

from __future__ import annotations

from config.house import House
from config.settings import Store
from storage.artifacts import ArtifactStore, FolderStore
from storage.cache import Cache
from storage.s3 import S3, Place, read_address
from storage.s3_store import S3Store

GB = 1_000_000_000


def open_store(house: House, patience_s: float | None = None) -> ArtifactStore:
    """`patience_s`: how long an outage is waited out; None = as set.

    Raises UsageError for a wrong setting, StoreUnreachable or StudioError when the bucket cannot be used.
    """
    return bucket_of(house, patience_s) or FolderStore(house.folder.make().artifacts)


def bucket_of(house: House, patience_s: float | None = None) -> S3Store | None:
    """The bucket that the settings name, if they name one. Raises as `open_store` does."""
    own, folder = house.settings.store, house.folder
    if not own.url:
        return None
    cache = Cache(folder.cache, int(own.cache_gb * GB), spare_s=house.settings.workers.deadline_s)
    return S3Store(S3(place_of(own), own.patience_s if patience_s is None else patience_s), cache).open()


def place_of(own: Store) -> Place:
    """Where the settings say. Raises UsageError for an address that is none, or a secret that cannot be read."""
    bucket, prefix = read_address(own.url)
    address = own.endpoint or f"https://s3.{own.region or 'us-east-1'}.amazonaws.com"
    return Place(address, bucket, prefix, own.region, own.user, own.secret, own.ca)
