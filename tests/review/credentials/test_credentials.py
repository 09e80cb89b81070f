"""Every exported video says who made it and how, and whoever holds the file can check that nothing was changed."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import av
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ec

from config.errors import StudioError, UsageError
from review.credentials.certificate import CHAIN, signer, trusted_roots
from review.credentials.signing import sign
from review.credentials.verifying import Verdict, judge, verify
from run import main
from storage.clips import create_clip
from storage.exports import ExportRecord
from tests.review.credentials.test_certificate import certified
from tests.support.studio import SmallStudio
from tests.support.topics import topic


@pytest.fixture(scope="module")
def record(small: SmallStudio) -> ExportRecord:
    clip = small.ready_clip(0)
    small.approve(clip, "ana")
    with small.studio.reading() as db:
        return small.exporter().export(db, clip, "ana")


@pytest.fixture(scope="module")
def video(small: SmallStudio, record: ExportRecord) -> Path:
    (name,) = [file["name"] for file in record.bundle["files"] if file["watched"]]
    return small.studio.folder.exports / record.folder / str(name)


def roots(small: SmallStudio) -> str:
    return trusted_roots(small.studio.folder.credentials, ())


def plain(small: SmallStudio, record: ExportRecord) -> Path:
    return small.artifacts.fetch(small.detail(record.clip_id).cuts["16:9"].video)


def verified(small: SmallStudio, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(small.studio.folder.root), "verify", *arguments])


def test_what_is_signed_is_how_it_was_made_and_from_what(small: SmallStudio, video: Path, record: ExportRecord) -> None:
    verdict = verify(video, roots(small))
    assert (verdict.state, verdict.problems) == ("trusted", ())
    assert verdict.title == "The secret of a better cup: just add water"
    assert verdict.source_type.rpartition("/")[2] == record.bundle["digital_source_type"]
    assert verdict.made_with.startswith("Dailies ")
    assert verdict.production["clip"] == record.clip_id
    assert "Small voice" in {engine["engine"] for engine in verdict.production["engines"]}
    assert verdict.production["sources"][0]["url"] == "https://sample.example/0"
    assert verdict.production["approved"]["sha256"] == small.detail(record.clip_id).cuts["16:9"].video.sha256
    assert verdict.signed_by == record.bundle["signed_by"]["name"]


def test_the_streams_are_the_ones_that_were_watched(small: SmallStudio, video: Path, record: ExportRecord) -> None:
    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as file:
            return [bytes(packet) for packet in file.demux()]

    assert packets(video) == packets(plain(small, record))


def test_the_copy_beside_the_video_is_what_is_in_it(video: Path) -> None:
    assert video.with_suffix(".c2pa").read_bytes() in video.read_bytes()


def test_the_reviewer_is_named_only_if_the_show_says_so(small: SmallStudio, video: Path) -> None:
    assert "by" not in verify(video).production["approved"]
    assert b"ana" not in video.with_suffix(".c2pa").read_bytes()
    clip = small.order(topic(8))
    brief = small.detail(clip).brief
    named = brief.model_copy(update={"show": brief.show.model_copy(update={"credit_reviewer": True})})
    clip = small.writer.do(partial(create_clip, brief=named, author="autopilot"))
    small.production.make(clip)
    small.approve(clip, "bo")
    with small.studio.reading() as db:
        other = small.exporter().export(db, clip, "ana")
    folder = small.studio.folder.exports / other.folder
    assert verify(next(folder.glob("*.mp4"))).production["approved"]["by"] == "bo"


def test_somebody_who_does_not_know_the_studio_sees_that_nothing_was_changed(video: Path) -> None:
    verdict = verify(video)
    assert (verdict.state, verdict.problems) == ("stranger", ())
    assert "nothing was changed" in verdict.said


@pytest.mark.parametrize("where", [0.3, 0.6, 0.95])
def test_a_changed_byte_is_found(small: SmallStudio, video: Path, tmp_path: Path, where: float) -> None:
    data, other = bytearray(video.read_bytes()), tmp_path / "changed.mp4"
    data[int(len(data) * where)] ^= 1
    other.write_bytes(data)
    verdict = verify(other, roots(small))
    assert verdict.state == "tampered"
    assert verdict.problems


def test_changed_words_in_the_credentials_are_found(small: SmallStudio, video: Path, tmp_path: Path) -> None:
    data, other = video.read_bytes(), tmp_path / "changed.mp4"
    other.write_bytes(data.replace(b"Sample Wire", b"Better Wire"))
    assert other.read_bytes() != data
    assert verify(other, roots(small)).state == "tampered"


def test_a_video_without_any(small: SmallStudio, record: ExportRecord) -> None:
    assert verify(plain(small, record)).state == "none"


def test_a_certificate_that_may_not_sign_is_refused_before_anything_leaves(
    small: SmallStudio, record: ExportRecord, tmp_path: Path
) -> None:
    identity = signer(tmp_path, *certified(tmp_path, ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(StudioError, match="cannot be signed as Ferry Gazette"):
        sign(plain(small, record), tmp_path / "out.mp4", {"assertions": []}, identity)


def test_a_certificate_that_ran_out_is_not_called_tampering() -> None:
    failed = {"code": "signingCredential.expired", "explanation": "the certificate has run out"}
    assert judge({"validation_state": "Invalid", "validation_status": [failed]}).state == "invalid"


class TestCommand:
    def test_says_it_in_words_and_in_its_exit_code(self, small: SmallStudio, video: Path, tmp_path: Path) -> None:
        good = verified(small, str(video))
        assert good.exit_code == 0
        assert "a signer that you trust" in good.output
        assert "Sample Wire https://sample.example/0" in good.output
        data, changed = bytearray(video.read_bytes()), tmp_path / "changed.mp4"
        data[-900] ^= 1
        changed.write_bytes(data)
        assert verified(small, str(changed)).exit_code == 1

    def test_trusts_nobody_it_was_not_told_of(self, video: Path, tmp_path: Path, small: SmallStudio) -> None:
        elsewhere = ["--data", str(tmp_path / "other"), "verify", str(video)]
        assert CliRunner().invoke(main, elsewhere).exit_code == 3
        known = {"DAILIES_CREDENTIALS__TRUSTED": json.dumps([str(small.studio.folder.credentials / CHAIN)])}
        assert CliRunner(env=known).invoke(main, elsewhere).exit_code == 0

    def test_tells_json(self, small: SmallStudio, record: ExportRecord) -> None:
        answer = verified(small, str(plain(small, record)), "--json")
        assert answer.exit_code == 4
        assert Verdict.model_validate_json(answer.output).state == "none"

    def test_knows_a_file_that_is_no_video(self, small: SmallStudio, tmp_path: Path) -> None:
        assert verified(small, str(tmp_path / "none.mp4")).exit_code == 2
        (tmp_path / "notes.txt").write_text("hello")
        assert verified(small, str(tmp_path / "notes.txt")).exit_code == 2
        with pytest.raises(UsageError, match="no file that carries credentials"):
            verify(tmp_path / "notes.txt")

    def test_knows_a_file_that_only_claims_to_be_a_video(self, small: SmallStudio, tmp_path: Path) -> None:
        (tmp_path / "liar.mp4").write_bytes(b"\0\0\0\x20ftypisom" + b"x" * 90)
        assert verified(small, str(tmp_path / "liar.mp4")).exit_code in (1, 4)
