"""Puts Content Credentials into a copy of a video. The video's own data are not touched: the manifest is a box of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config.errors import StudioError
from review.credentials.certificate import Identity

SIDECAR_TYPE = "application/c2pa"


def sign(source: Path, target: Path, manifest: dict[str, Any], identity: Identity) -> bytes:
    """Write `source` with signed credentials to `target`, an MP4 that does not exist yet.

    What was signed is read back and checked before it counts. Returns the manifest store, for a copy beside the video.
    Raises StudioError when the certificate does not fit C2PA's profile or the file cannot be signed, OSError.
    """
    import c2pa

    info = c2pa.C2paSignerInfo(identity.algorithm.encode(), identity.chain, identity.key, None)
    how = {"version": 1, "verify": {"verify_after_sign": True}, "builder": {"thumbnail": {"enabled": False}}}
    try:
        with (
            c2pa.Context.from_dict(how) as context,
            c2pa.Signer.from_info(info) as signer,
            c2pa.Builder(manifest, context=context) as builder,
        ):
            return bytes(builder.sign_file(source, target, signer))
    except c2pa.C2paError as error:
        raise StudioError(
            f"The video cannot be signed as {identity.name}: {error}.",
            "If a certificate of your own is set under [credentials], check it; without one the studio uses its own.",
        ) from error
