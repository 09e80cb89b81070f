"""Signatures of the Standard Webhooks specification, version 1 (standardwebhooks.com): symmetric, HMAC-SHA256."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as random
from collections.abc import Sequence

PREFIX = "whsec_"


def new_secret() -> str:
    """256 random bits, in base64 after the prefix that tells what it is."""
    return PREFIX + base64.b64encode(random.token_bytes(32)).decode()


def signed(secrets: Sequence[str], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers that prove whose message it is. `timestamp`: seconds since 1970, of this attempt. Each secret signs: a
    receiver takes a message for ours when any of the signatures fits."""
    content = f"{message}.{timestamp}.".encode() + body
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(secret, content)}" for secret in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    digest = hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), content, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
