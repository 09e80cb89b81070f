"""A bucket in this process: what the client needs of the S3 protocol, and strict where S3 is.

Every request's signature (AWS Signature Version 4, as its documentation describes it) and payload hash are checked, so a
client with a wrong key or a damaged upload is refused as the real one refuses it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEY, SECRET = "studio", "a secret of the studio"
NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=(.+), SignedHeaders=(.+), Signature=(.+)")


@dataclass
class Bucket:
    """What was put where, in order. `failing`: how many of the next requests end in a 503."""

    address: str
    name: str = "clips"
    objects: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    failing: int = 0


@contextmanager
def bucket() -> Iterator[Bucket]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    held = Bucket(f"http://127.0.0.1:{server.server_port}")

    class Handler(_Handler):
        bucket = held

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def do_GET(self) -> None:
        self._judged(b"")
        query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        if "location" in query:
            self._answer(200, f"<LocationConstraint {NAMESPACE}>eu-west-1</LocationConstraint>")
        else:
            self._answer(404, _error("NoSuchKey"))

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._judged(body):
            return
        name, query = self._asked()
        if query:
            self.bucket.parts[query["uploadId"]][int(query["partNumber"])] = body
        else:
            self._store(name, body)
        self._answer(200, "", ETag=f'"{hashlib.md5(body).hexdigest()}"')

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if not self._judged(body):
            return
        name, query = self._asked()
        if "uploads" in query:
            upload = f"upload-{len(self.bucket.parts)}"
            self.bucket.parts[upload] = {}
            self._describe(name)
            inner = f"<Bucket>{self.bucket.name}</Bucket><Key>{name}</Key><UploadId>{upload}</UploadId>"
            self._answer(200, f"<InitiateMultipartUploadResult {NAMESPACE}>{inner}</InitiateMultipartUploadResult>")
        else:
            parts = self.bucket.parts.pop(query["uploadId"])
            self.bucket.objects[name] = b"".join(parts[number] for number in sorted(parts))
            inner = f'<Bucket>{self.bucket.name}</Bucket><Key>{name}</Key><ETag>"many"</ETag>'
            self._answer(200, f"<CompleteMultipartUploadResult {NAMESPACE}>{inner}</CompleteMultipartUploadResult>")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        return unquote(parts.path).removeprefix(f"/{self.bucket.name}/"), dict(
            parse_qsl(parts.query, keep_blank_values=True)
        )

    def _store(self, name: str, body: bytes) -> None:
        self.bucket.objects.pop(name, None)
        self.bucket.objects[name] = body
        self._describe(name)

    def _describe(self, name: str) -> None:
        self.bucket.kinds[name] = self.headers["Content-Type"]
        self.bucket.hashes[name] = self.headers.get("x-amz-meta-sha256", "")

    def _judged(self, body: bytes) -> bool:
        """Whether it may go on; a refusal is answered here."""
        if self.bucket.failing:
            self.bucket.failing -= 1
            self._answer(503, _error("SlowDown"))
        elif not urlsplit(self.path).path.startswith(f"/{self.bucket.name}"):
            self._answer(404, _error("NoSuchBucket"))
        elif hashlib.sha256(body).hexdigest() != self.headers["x-amz-content-sha256"]:
            self._answer(400, _error("XAmzContentSHA256Mismatch"))
        elif not self._signed():
            self._answer(403, _error("SignatureDoesNotMatch"))
        else:
            return True
        return False

    def _signed(self) -> bool:
        found = AUTHORIZATION.fullmatch(self.headers["Authorization"] or "")
        if found is None:
            return False
        credential, names, signature = found.groups()
        key, day, region, service, end = credential.split("/")
        parts = urlsplit(self.path)
        query = "&".join(
            f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
            for name, value in sorted(parse_qsl(parts.query, keep_blank_values=True))
        )
        headers = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in names.split(";"))
        request = "\n".join((self.command, parts.path, query, headers, names, self.headers["x-amz-content-sha256"]))
        scope = f"{day}/{region}/{service}/{end}"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        told = "\n".join(("AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, hashed))
        secret = f"AWS4{SECRET}".encode()
        for part in (day, region, service, end):
            secret = hmac.digest(secret, part.encode(), "sha256")
        return key == KEY and hmac.compare_digest(hmac.digest(secret, told.encode(), "sha256").hex(), signature)

    def _answer(self, status: int, body: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/xml", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())


def _error(code: str) -> str:
    return f"<Error><Code>{code}</Code><Message>It is so.</Message><RequestId>1</RequestId><HostId>1</HostId></Error>"
