"""Clips whose files lie in a bucket play as others do: fetched once, checked, then served in ranges from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from storage import s3
from storage.documents import Cut
from storage.stock import fill
from tests.support.bucket import Bucket, bucket
from tests.support.buckets import store_in
from tests.support.studio import SmallStudio
from web.api.router import describe_problems
from web.media import media_address, media_router


@pytest.fixture
def there() -> Iterator[Bucket]:
    with bucket() as there:
        yield there


@pytest.fixture(scope="module")
def played(small: SmallStudio) -> tuple[str, Cut]:
    clip = small.ready_clip(0)
    return media_address(clip, small.detail(clip).cuts["16:9"].video.sha256), small.detail(clip).cuts["16:9"]


@pytest.fixture
def browser(small: SmallStudio, played: tuple[str, Cut], there: Bucket, tmp_path: Path) -> TestClient:
    store = store_in(there, tmp_path / "cache", patience_s=0.1)
    fill(store, small.studio.folder.artifacts)
    app = FastAPI()
    app.include_router(
        media_router(replace(small.studio, artifacts=store_in(there, tmp_path / "fresh", patience_s=0.1)))
    )
    describe_problems(app)
    return TestClient(app, raise_server_exceptions=False)


def test_a_video_is_fetched_once_and_plays_from_anywhere(
    small: SmallStudio, browser: TestClient, there: Bucket, played: tuple[str, Cut]
) -> None:
    path, cut = played
    there.requests.clear()
    whole = browser.get(path)
    assert (whole.status_code, len(whole.content)) == (200, cut.video.size)
    for start in (0, 100, 5000):
        part = browser.get(path, headers={"Range": f"bytes={start}-{start + 99}"})
        assert (part.status_code, part.content) == (206, whole.content[start : start + 100])
    assert [method for method, _ in there.requests] == ["GET"]


def test_while_the_bucket_does_not_answer_it_says_so_and_then_plays(
    browser: TestClient, there: Bucket, played: tuple[str, Cut], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "FIRST_PAUSE_S", 0.05)
    path, _ = played
    there.fault = "throttling"
    answer = browser.get(path)
    assert answer.status_code == 503
    assert "does not answer" in answer.json()["detail"]
    assert answer.json()["cure"]
    there.fault = ""
    assert browser.get(path).status_code == 200
