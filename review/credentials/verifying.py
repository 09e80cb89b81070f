"""Reads and checks a video's Content Credentials, and says in plain words what they are worth."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from config.errors import UsageError
from review.credentials.manifest import PRODUCTION
from storage.documents import Frozen

State = Literal["trusted", "stranger", "tampered", "invalid", "none"]
SAID: dict[State, str] = {
    "trusted": "The credentials are valid, and a signer that you trust made them.",
    "stranger": "The credentials are valid: nothing was changed since they were signed. Who signed is not on your list of trusted signers.",
    "tampered": "The credentials do not fit the file: it was changed since they were signed, or they were.",
    "invalid": "The credentials cannot be relied on: the certificate that signed them breaks the rules, or has run out.",
    "none": "The file carries no Content Credentials.",
}
EXIT: dict[State, int] = {"trusted": 0, "stranger": 3, "tampered": 1, "invalid": 1, "none": 4}
"""Exit codes of `run.py verify`; 2 = there is no such video."""
CERTIFICATE, ONLY_UNKNOWN = "signingCredential.", "signingCredential.untrusted"


class Verdict(Frozen):
    """What became of the check, and what the credentials claim; everything but `state` and `said` is empty without any."""

    state: State
    said: str
    problems: tuple[str, ...] = ()
    signed_by: str = ""
    certificate_issuer: str = ""
    signed_at: str = ""
    title: str = ""
    made_with: str = ""
    source_type: str = ""
    production: dict[str, Any] = Field(default_factory=dict)
    """What Dailies signs of its own: clip, engines, sources, approval. Empty for other programs' files."""


def verify(path: Path, trusted: str = "") -> Verdict:
    """Check a file. `trusted`: root certificates, PEM. Nothing is fetched. Raises UsageError for no file, or no media file."""
    import c2pa

    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "Name an exported video.")
    how: dict[str, Any] = {
        "version": 1,
        "verify": {"verify_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False},
    }
    if trusted:
        how["trust"] = {"user_anchors": trusted}
    try:
        with c2pa.Context.from_dict(how) as context, c2pa.Reader(path, context=context) as reader:
            return judge(json.loads(reader.json()))
    except c2pa.C2paError.ManifestNotFound:
        return Verdict(state="none", said=SAID["none"])
    except c2pa.C2paError.NotSupported as error:
        raise UsageError(f"{path.name} is no file that carries credentials.", "Name an exported video.") from error
    except c2pa.C2paError as error:  # there is something, and it cannot even be read
        return Verdict(state="tampered", said=SAID["tampered"], problems=(str(error),))


def state_of(said: str, failed: Sequence[str]) -> State:
    """`said`: the library's validation state; `failed`: the C2PA status codes of what went wrong."""
    if said == "Trusted":
        return "trusted"
    if said == "Valid":
        return "stranger"
    return "invalid" if failed and all(code.startswith(CERTIFICATE) for code in failed) else "tampered"


def judge(report: Mapping[str, Any]) -> Verdict:
    """A verdict from the library's report. Pure."""
    manifest = report.get("manifests", {}).get(report.get("active_manifest"), {})
    failed = [one for one in report.get("validation_status", ()) if one.get("code") != ONLY_UNKNOWN]
    state = state_of(str(report.get("validation_state")), [str(one.get("code")) for one in failed])
    signature = manifest.get("signature_info", {})
    facts = {assertion["label"]: assertion["data"] for assertion in manifest.get("assertions", ())}
    actions = facts.get("c2pa.actions.v2", facts.get("c2pa.actions", {})).get("actions", ())
    made_with = " ".join(
        str(part)
        for one in manifest.get("claim_generator_info", ())[:1]
        for part in (one.get("name"), one.get("version"))
        if part
    )
    return Verdict(
        state=state,
        said=SAID[state],
        problems=tuple(f"{one.get('code')}: {one.get('explanation', '')}" for one in failed),
        signed_by=signature.get("common_name") or signature.get("issuer") or "",
        certificate_issuer=signature.get("issuer") or "",
        signed_at=signature.get("time") or "",
        title=manifest.get("title") or "",
        made_with=made_with,
        source_type=next(
            (str(action["digitalSourceType"]) for action in actions if action.get("digitalSourceType")), ""
        ),
        production=facts.get(PRODUCTION, {}),
    )
