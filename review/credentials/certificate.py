"""Who signs exports: a certificate of the studio's own, made on first start, or the user's.

The own one is a chain of two as the C2PA specification profiles them (section "X.509 certificates"): a root whose key is
thrown away as soon as it has signed, and below it one that may sign content and nothing else. Strangers do not know the
root, so to them the signature shows that nothing was changed, not who the studio is; for that, bring a certificate from
an authority on the C2PA trust list.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from config.errors import StudioError
from storage.ids import new_id

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

CHAIN, KEY = "certificate.pem", "private.key"
LASTS = timedelta(days=3650)
C2PA_SIGNING = "1.3.6.1.4.1.62558.2.1"
"""The extended key usage `c2pa-kp-claimSigning`."""
CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
"""Curve → C2PA's name of the algorithm."""


@dataclass(frozen=True)
class Identity:
    """Who signs. `chain`: PEM, the signer's certificate first; `key`: its private key, PEM; `algorithm` as C2PA names it."""

    chain: bytes
    key: bytes
    algorithm: str
    name: str
    fingerprint: str
    """sha256 of the signer's certificate."""

    def __repr__(self) -> str:
        return f"Identity({self.name!r})"


def signer(folder: Path, certificate: str = "", private_key: str = "") -> Identity:
    """The user's certificate where both files are named, else the studio's own, made now if there is none yet.

    Raises StudioError for a file that is missing, is no PEM, has run out, or does not fit the other.
    """
    if bool(certificate) != bool(private_key):
        raise StudioError(
            "A certificate signs with its key.",
            "Set both credentials.certificate and credentials.private_key, or none.",
        )
    if certificate:
        return load_identity(Path(certificate).expanduser(), Path(private_key).expanduser())
    if not (folder / CHAIN).exists():
        make_identity(folder)
    return load_identity(folder / CHAIN, folder / KEY)


def load_identity(chain: Path, key: Path) -> Identity:
    """Raises StudioError."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID

    pem, secret = _read(chain), _read(key)
    try:
        first = x509.load_pem_x509_certificates(pem)[0]
    except ValueError as error:
        raise StudioError(
            f"{chain} is no PEM certificate.", "Put the signer's certificate first, then its issuers."
        ) from error
    try:
        private = serialization.load_pem_private_key(secret, password=None)
    except (ValueError, TypeError) as error:
        raise StudioError(f"{key} is no PEM private key without a password.", "Convert it to PKCS #8.") from error
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if private.public_key().public_bytes(*form) != first.public_key().public_bytes(*form):
        raise StudioError(f"{key} is not the key of {chain}.", "Set the two that belong together.")
    if not first.not_valid_before_utc <= datetime.now(UTC) <= first.not_valid_after_utc:
        raise StudioError(
            f"The certificate {chain} is not valid today.", "Renew it; delete a studio's own to have one made."
        )
    names = first.subject.get_attributes_for_oid(NameOID.COMMON_NAME) or list(first.subject)
    return Identity(
        chain=pem,
        key=private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        algorithm=_algorithm(private),
        name=str(names[0].value) if names else "somebody without a name",
        fingerprint=first.fingerprint(hashes.SHA256()).hex(),
    )


def make_identity(folder: Path) -> None:
    """A new chain and its key, readable by their owner alone. The folder appears whole or not at all. Raises StudioError."""
    from cryptography.hazmat.primitives import serialization

    chain, key = _new_chain(datetime.now(UTC))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    hidden = folder.with_name(f".{folder.name}-{new_id()}")
    try:
        hidden.mkdir(mode=0o700, parents=True)
        _keep(hidden / KEY, secret)
        _keep(hidden / CHAIN, b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain))
        with contextlib.suppress(FileExistsError):  # another process was faster: its certificate it is
            _name(hidden, folder)
    except OSError as error:
        raise StudioError(
            f"The certificate cannot be written to {folder}: {error.strerror}.", "Check the folder, or free some space."
        ) from error
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def roots(pems: Sequence[bytes]) -> str:
    """The last certificate of each chain, which is what somebody trusts who trusts the chain. PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    found = []
    for pem in pems:
        try:
            found.append(x509.load_pem_x509_certificates(pem)[-1].public_bytes(Encoding.PEM).decode())
        except ValueError as error:
            raise StudioError("A trusted certificate is no PEM file.", "Look at credentials.trusted.") from error
    return "".join(found)


def trusted_roots(folder: Path, more: Sequence[str]) -> str:
    """Whose signatures `verify` trusts: the studio's own, if it has one, and the files that the user names. PEM."""
    own = [folder / CHAIN] if (folder / CHAIN).exists() else []
    return roots([_read(path) for path in (*own, *(Path(name).expanduser() for name in more))])


def _new_chain(now: datetime) -> tuple[tuple[x509.Certificate, x509.Certificate], ec.EllipticCurvePrivateKey]:
    """(signer, root) and the signer's key. Both names carry a part of the key, so that two studios differ."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    mark = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:8]

    def named(role: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "A Dailies studio"),
                x509.NameAttribute(NameOID.COMMON_NAME, f"Dailies studio {mark}{role}"),
            ]
        )

    def certificate(
        name: x509.Name, public: ec.EllipticCurvePublicKey, *, signs_others: bool
    ) -> x509.CertificateBuilder:
        usage = x509.KeyUsage(
            digital_signature=not signs_others, key_cert_sign=signs_others, crl_sign=signs_others,
            content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(named(" root"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + LASTS)
            .add_extension(
                x509.BasicConstraints(ca=signs_others, path_length=0 if signs_others else None), critical=True
            )
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        )

    root = certificate(named(" root"), root_key.public_key(), signs_others=True).sign(root_key, hashes.SHA256())
    purposes = x509.ExtendedKeyUsage([x509.ObjectIdentifier(C2PA_SIGNING), ExtendedKeyUsageOID.EMAIL_PROTECTION])
    own = certificate(named(""), key.public_key(), signs_others=False).add_extension(purposes, critical=False)
    return (own.sign(root_key, hashes.SHA256()), root), key


def _algorithm(key: object) -> str:
    """Raises StudioError for a kind of key that C2PA has no name for."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES:
        return CURVES[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise StudioError("Content Credentials cannot be signed with this kind of key.", "Use P-256, Ed25519 or RSA.")


def _name(hidden: Path, folder: Path) -> None:
    """Give a folder its name. Raises FileExistsError when it is taken."""
    try:
        hidden.rename(folder)
    except OSError as error:
        if (folder / CHAIN).exists():
            raise FileExistsError from error
        raise


def _keep(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StudioError(
            f"{path} cannot be read: {cast('str', error.strerror)}.", "Check the path and its permissions."
        ) from error
