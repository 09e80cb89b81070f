"""Passwords and secret tokens: how they are made, and what is stored of them (never the secret itself).

Passwords are guessable, so they get argon2id, which is slow on purpose. Links, sessions and API tokens
are 256 random bits, so a plain SHA-256 is enough: there is nothing to guess.
"""

from __future__ import annotations

import functools
import hashlib
import secrets

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from config.errors import UsageError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


def new_secret(prefix: str = "") -> str:
    """A fresh secret to hand out once."""
    return prefix + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def hash_password(password: str) -> str:
    """Takes some 50 ms: call it outside the writer. Raises UsageError when the password is unfit."""
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"That password has {len(password)} characters.", f"Use at least {SHORTEST_PASSWORD}.")
    if len(password) > LONGEST_PASSWORD:
        raise UsageError("That password is very long.", f"Use at most {LONGEST_PASSWORD} characters.")
    return _hasher().hash(password)


def password_matches(password: str, stored: str) -> bool:
    """Takes as long for an unknown user or one without a password (`stored` is then "") as for a known one."""
    verified = _hasher().verify(password[:LONGEST_PASSWORD], stored or _decoy())
    return verified and bool(stored)


@functools.cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@functools.cache
def _decoy() -> str:
    return _hasher().hash(secrets.token_hex(16))
