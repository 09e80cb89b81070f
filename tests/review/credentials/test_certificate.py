"""Who signs: a certificate of the studio's own, or the user's."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtensionOID

from config.errors import StudioError
from review.credentials import certificate
from review.credentials.certificate import C2PA_SIGNING, CHAIN, KEY, LASTS, load_identity, make_identity, signer


def test_the_own_one_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    first = signer(folder)
    assert signer(folder) == first
    assert stat.S_IMODE((folder / KEY).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in tmp_path.iterdir()] == ["credentials"]
    assert "PRIVATE" not in repr(first)


def test_it_keeps_to_the_profile_of_c2pa(tmp_path: Path) -> None:
    own, root = x509.load_pem_x509_certificates(signer(tmp_path / "c").chain)
    own.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    usage = own.extensions.get_extension_for_oid(ExtensionOID.KEY_USAGE)
    assert usage.critical
    assert (usage.value.digital_signature, usage.value.key_cert_sign) == (True, False)  # type: ignore[attr-defined]
    purposes = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert C2PA_SIGNING in {purpose.dotted_string for purpose in purposes}
    assert not own.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert own.subject != root.subject


def test_two_studios_differ_and_the_first_of_two_processes_wins(tmp_path: Path) -> None:
    assert signer(tmp_path / "a").name != signer(tmp_path / "b").name
    before = (tmp_path / "a" / CHAIN).read_bytes()
    make_identity(tmp_path / "a")
    assert (tmp_path / "a" / CHAIN).read_bytes() == before


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StudioError, match="cannot be written"):
        signer(tmp_path / "file" / "credentials")


class TestOnesOwn:
    @pytest.mark.parametrize(
        ("key", "algorithm"),
        [
            (ec.generate_private_key(ec.SECP384R1()), "es384"),
            (ed25519.Ed25519PrivateKey.generate(), "ed25519"),
            (rsa.generate_private_key(65537, 2048), "ps256"),
        ],
    )
    def test_may_have_any_kind_of_key_that_c2pa_knows(self, tmp_path: Path, key: object, algorithm: str) -> None:
        identity = signer(tmp_path / "unused", *certified(tmp_path, key))
        assert (identity.algorithm, identity.name) == (algorithm, "Ferry Gazette")
        assert not (tmp_path / "unused").exists()

    def test_that_has_run_out_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        signer(tmp_path / "c")

        class Later(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return datetime.now(UTC) + LASTS + timedelta(days=1)

        monkeypatch.setattr(certificate, "datetime", Later)
        with pytest.raises(StudioError, match="not valid today"):
            signer(tmp_path / "c")

    def test_with_another_key_says_so(self, tmp_path: Path) -> None:
        pem, _ = certified(tmp_path, ec.generate_private_key(ec.SECP256R1()))
        signer(tmp_path / "own")
        with pytest.raises(StudioError, match="is not the key of"):
            load_identity(Path(pem), tmp_path / "own" / KEY)

    @pytest.mark.parametrize(("pem", "key"), [("one.pem", ""), ("", "one.key"), ("none.pem", "none.key")])
    def test_that_is_not_whole_says_so(self, tmp_path: Path, pem: str, key: str) -> None:
        with pytest.raises(StudioError, match=r"with its key|cannot be read"):
            signer(tmp_path, pem and str(tmp_path / pem), key and str(tmp_path / key))

    def test_that_is_no_pem_says_so(self, tmp_path: Path) -> None:
        signer(tmp_path / "own")
        (tmp_path / "text").write_text("hello")
        with pytest.raises(StudioError, match="no PEM certificate"):
            load_identity(tmp_path / "text", tmp_path / "own" / KEY)
        with pytest.raises(StudioError, match="no PEM private key"):
            load_identity(tmp_path / "own" / CHAIN, tmp_path / "text")


def certified(folder: Path, key: object) -> tuple[str, str]:
    """A certificate of the user's own, signed by itself, and its key. Returns their paths."""
    assert isinstance(key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey)
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ferry Gazette")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )  # fmt: skip
    (folder / "one.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "one.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(folder / "one.pem"), str(folder / "one.key")
