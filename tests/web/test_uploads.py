"""Uploads through the API: looked at apart, stored by hash, and no bigger than they may be."""

from __future__ import annotations

import hashlib
import http.client
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from fastapi import HTTPException, Request
from starlette.types import Message

from producer.speech.wav import from_wav, to_wav
from storage.history import brief_of
from storage.references import needed
from storage.uploads import find_upload
from tests.producer.test_intake import huge_png, picture, recording
from tests.support.footage import film
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer
from tests.web.test_api import is_problem
from web.api.uploads import receive

ADDRESS = "/api/v1/uploads"


def test_a_picture_is_taken_and_given_back(bearer: Bearer, small: SmallStudio, tmp_path: Path) -> None:
    data = picture(tmp_path / "a.png").read_bytes()
    client, key = bearer("read", "produce"), {"Idempotency-Key": "portrait"}
    first = client.post(ADDRESS, params={"name": "../../Ana\0.png"}, content=data, headers=key)
    assert first.status_code == 201, first.text
    told, sha256 = first.json(), hashlib.sha256(data).hexdigest()
    assert (told["sha256"], told["size"], told["user"]) == (sha256, len(data), "ada")
    assert told["name"] == "../../Ana.png"
    assert told["facts"] == {
        "kind": "image", "media_type": "image/png", "width": 64, "height": 48, "duration_s": None, "has_audio": False,
    }  # fmt: skip
    assert client.post(ADDRESS, params={"name": "../../Ana\0.png"}, content=data, headers=key).json() == told
    is_problem(client.post(ADDRESS, content=b"another", headers=key), 422)
    assert client.get(f"{ADDRESS}/{sha256}").json() == told
    content = client.get(f"{ADDRESS}/{sha256}/content")
    assert (content.content, content.headers["content-type"]) == (data, "image/png")
    assert "sandbox" in content.headers["content-security-policy"]
    assert client.get(f"{ADDRESS}/{sha256}/content", headers={"If-None-Match": f'"{sha256}"'}).status_code == 304
    with small.studio.reading() as db:
        assert find_upload(db, sha256, "image").ref.size == len(data)
    assert list((small.studio.folder.incoming).iterdir()) == []


def test_recordings_and_videos_are_taken_too(bearer: Bearer, tmp_path: Path) -> None:
    film(tmp_path / "seen.mp4", 96, 64, 1, 1, "Seen")
    client = bearer("read", "produce")
    for path in (recording(tmp_path / "said.wav"), tmp_path / "seen.mp4"):
        assert client.post(ADDRESS, content=path.read_bytes()).status_code == 201
    page = client.get(ADDRESS, params={"limit": 1}).json()
    assert page["uploads"][0]["facts"]["kind"] == "video"
    second = client.get(ADDRESS, params={"limit": 1, "before": page["next"]}).json()
    assert second["uploads"][0]["facts"]["kind"] == "audio"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<script>", "no picture"),
        (huge_png(16_000), "16000"),
        (b"\x89PNG\r\n\x1a\nxxxx", "cannot be read"),
    ],
)
def test_what_is_no_good_is_refused_with_a_cure(bearer: Bearer, data: bytes, says: str) -> None:
    body = is_problem(bearer("produce").post(ADDRESS, content=data), 422)
    assert says in body["detail"]
    assert body["cure"]


def test_nothing_is_received_beyond_the_largest(bearer: Bearer, address: str, tmp_path: Path) -> None:
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    connection.putrequest("POST", ADDRESS)
    connection.putheader("Authorization", bearer("produce").headers["authorization"])
    connection.putheader("Content-Length", "500000001")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


async def test_nor_what_comes_without_a_length(tmp_path: Path) -> None:
    async def endless() -> Message:
        return {"type": "http.request", "body": bytes(1000), "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": []}, endless)
    with pytest.raises(HTTPException, match="413"):
        await receive(request, tmp_path / "it", most=10_000)
    assert (tmp_path / "it").stat().st_size <= 10_000


def test_it_needs_the_scope(bearer: Bearer, stranger: httpx.Client) -> None:
    is_problem(bearer("read").post(ADDRESS, content=b"x"), 403)
    is_problem(stranger.post(ADDRESS, content=b"x", headers={"Authorization": "Bearer dly_no"}), 401)
    is_problem(bearer("read").get(f"{ADDRESS}/{'0' * 64}"), 404)
    is_problem(bearer("read").get(f"{ADDRESS}/..%2F..%2Fstudio.db"), 404)


def test_a_broken_off_upload_leaves_nothing(bearer: Bearer, small: SmallStudio) -> None:
    def body() -> Iterator[bytes]:
        yield b"\x89PNG\r\n\x1a\n"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        bearer("produce").post(ADDRESS, content=body())
    assert bearer("read").get(ADDRESS).status_code == 200


def test_a_recording_that_was_uploaded_is_the_voice_of_a_clip(
    bearer: Bearer, small: SmallStudio, tmp_path: Path
) -> None:
    client = bearer("read", "produce")
    sound = to_wav(np.random.default_rng(0).normal(0, 0.1, 3 * 22050).astype(np.float32), 22050)
    sha256 = client.post(ADDRESS, content=sound).json()["sha256"]
    words = "The tide is late today. The boats will wait."
    ordered = client.post("/api/v1/clips", json={"script": words, "upload": sha256})
    assert ordered.status_code == 202, ordered.text
    with small.studio.reading() as db:
        brief = brief_of(db, ordered.json()["id"], 1)
        assert sha256 in needed(db), "so a backup holds it, and no sweep deletes it"
    assert brief.recording is not None
    voice, rate = from_wav(small.artifacts.fetch(brief.recording))
    assert len(voice) / rate == pytest.approx(3.0, abs=0.01)


def test_a_clips_recording_is_one_that_was_uploaded(bearer: Bearer, tmp_path: Path) -> None:
    client, nobodys = bearer("read", "produce"), "0" * 64
    words = "The tide is late today."
    is_problem(client.post("/api/v1/clips", json={"script": words, "upload": nobodys}), 404)
    named = {"sha256": nobodys, "media_type": "audio/wav", "size": 5}
    is_problem(client.post("/api/v1/clips", json={"script": words, "recording": named}), 422)
    image = client.post(ADDRESS, content=picture(tmp_path / "a.png").read_bytes()).json()["sha256"]
    is_problem(client.post("/api/v1/clips", json={"script": words, "upload": image}), 422)
