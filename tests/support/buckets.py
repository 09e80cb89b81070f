"""Stores in a test's bucket, as the program opens them."""

from __future__ import annotations

from pathlib import Path

from storage.cache import Cache
from storage.s3 import S3, Place
from storage.s3_store import S3Store
from tests.support.bucket import KEY, SECRET, Bucket


def place_of(there: Bucket, prefix: str = "studio") -> Place:
    return Place(there.address, there.name, prefix, "", KEY, SECRET)


def store_in(there: Bucket, cache: Path, patience_s: float = 5.0, prefix: str = "studio") -> S3Store:
    return S3Store(S3(place_of(there, prefix), patience_s), Cache(cache, 100_000_000)).open()
