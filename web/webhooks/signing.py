"""Signatures of the Standard Webhooks specification, version 1 (standardwebhooks.com): symmetric, HMAC-SHA256."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    """256 random bits, in base64 after the prefix that tells what it is."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers that prove whose message it is. `timestamp`: seconds since 1970, of this attempt."""
    content = f"{message}.{timestamp}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), content, hashlib.sha256).digest()
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
