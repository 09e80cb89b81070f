"""The trash for other programs: listed in pages, discarded and put back once however often it is sent."""

from __future__ import annotations

from functools import partial

import pytest

from review.decide import decide
from storage.trash import restore_clip, trashed
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer
from tests.web.test_api import is_problem


@pytest.fixture
def rejected(small: SmallStudio) -> str:
    clip = small.ready_clip(7)
    small.writer.do(partial(decide, clip_id=clip, kind="reject", user="bo", played={}, seen=None, reason="Duplicate"))
    return clip


def test_a_clip_goes_into_the_trash_and_comes_back(bearer: Bearer, rejected: str) -> None:
    client, key = bearer("read", "review", user="ana"), {"Idempotency-Key": f"discard-{rejected}"}
    empty = client.get("/api/v1/trash")
    answers = [client.post(f"/api/v1/clips/{rejected}/discard", headers=key) for _ in range(2)]
    assert [(answer.status_code, answer.json()["trashed"]) for answer in answers] == [(200, True)] * 2
    listed = client.get("/api/v1/trash", headers={"If-None-Match": empty.headers["etag"]})
    first = listed.json()["clips"][0]
    assert (first["clip"]["id"], first["user"], listed.json()["keep_days"]) == (rejected, "ana", 30)
    assert client.get("/api/v1/trash", headers={"If-None-Match": listed.headers["etag"]}).status_code == 304
    back = client.post(f"/api/v1/clips/{rejected}/restore", headers={"Idempotency-Key": f"back-{rejected}"})
    assert (back.status_code, back.json()["trashed"], back.json()["review"]) == (200, False, "rejected")
    assert client.post(f"/api/v1/clips/{rejected}/restore", headers={"Idempotency-Key": f"back-{rejected}"}).status_code == 200  # fmt: skip
    assert "not in the trash" in is_problem(client.post(f"/api/v1/clips/{rejected}/restore"), 409)["detail"]
    assert client.get("/api/v1/trash").json() == empty.json()


def test_the_list_comes_in_pages_that_do_not_shift(bearer: Bearer, small: SmallStudio) -> None:
    client, clips = bearer("read", "review", user="ana"), []
    for number in (1, 2, 3):
        clip = small.ready_clip(number)
        small.writer.do(partial(decide, clip_id=clip, kind="reject", user="bo", played={}, seen=None, reason="Duplicate"))  # fmt: skip
        assert client.post(f"/api/v1/clips/{clip}/discard").status_code == 200
        clips.append(clip)
    page = client.get("/api/v1/trash?limit=2").json()
    small.writer.do(partial(restore_clip, clip_id=clips[1]))  # the page's last one
    rest = client.get("/api/v1/trash", params={"limit": 2, "before": page["next"]}).json()
    assert [one["clip"]["id"] for one in page["clips"]] == [clips[2], clips[1]]
    assert rest["clips"][0]["clip"]["id"] == clips[0]
    for clip in (clips[0], clips[2]):
        small.writer.do(partial(restore_clip, clip_id=clip))


def test_who_may_do_that_and_what_is_refused(bearer: Bearer, small: SmallStudio, rejected: str) -> None:
    reader, reviewer = bearer("read"), bearer("review", user="ana")
    is_problem(reader.post(f"/api/v1/clips/{rejected}/discard"), 403)
    is_problem(reader.post(f"/api/v1/clips/{rejected}/restore"), 403)
    is_problem(reviewer.get("/api/v1/trash"), 403)
    is_problem(reviewer.post("/api/v1/clips/nobody/discard"), 404)
    is_problem(reviewer.post("/api/v1/clips/nobody/restore"), 404)
    approved = small.ready_clip(8)
    small.approve(approved, "bo")
    assert "Undo the approval" in is_problem(reviewer.post(f"/api/v1/clips/{approved}/discard"), 409)["cure"]
    with small.studio.reading() as db:
        assert rejected not in [one.clip.id for one in trashed(db)]
