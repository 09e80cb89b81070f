"""A bucket in this process: what the client needs of the S3 protocol, and strict where S3 is.

Every request's signature (AWS Signature Version 4, as its documentation describes it) and payload hash are checked, so a
client with a wrong key or a damaged upload is refused as the real one refuses it. `If-None-Match: *` is heeded as S3 has it
since 2024. `python -m tests.support.bucket HOST PORT` runs one as a server of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEY, SECRET = "studio", "a secret of the studio"
NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
PAGE = 5
LONG_AGO = "2020-01-01T00:00:00.000Z"
AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=(.+), SignedHeaders=(.+), Signature=(.+)")

Fault = Literal["", "silent", "throttling", "broken", "cutting", "lying", "deaf"]
"""silent: never answers. throttling: 503 SlowDown. broken: 500. cutting: closes in the middle of every download. lying: one
byte of every download is another. deaf: does what it is asked, and breaks the connection instead of saying so."""


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
    fault: Fault = ""
    old: set[str] = field(default_factory=set)
    """Objects that have been there for long."""
    overwrites: bool = False
    """Knows nothing of `If-None-Match`, as servers before 2024."""
    requests: list[tuple[str, str]] = field(default_factory=list)
    """(method, object's name) of each, in order."""
    lock: threading.RLock = field(default_factory=threading.RLock)


@contextmanager
def bucket() -> Iterator[Bucket]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    held = Bucket(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = handler_of(held)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        held.fault = ""
        server.shutdown()
        server.server_close()
        thread.join()


def handler_of(held: Bucket) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        bucket = held

    return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def do_GET(self) -> None:
        if not self._judged(b""):
            return
        name, query = self._asked()
        if "location" in query:
            self._answer(200, f"<LocationConstraint {NAMESPACE}>eu-west-1</LocationConstraint>")
        elif "list-type" in query:
            self._list(query)
        elif name in self.bucket.objects:
            self._send(self.bucket.objects[name])
        else:
            self._answer(404, _error("NoSuchKey"))

    def do_HEAD(self) -> None:
        if self._judged(b""):
            name, _ = self._asked()
            self._answer(200 if name in self.bucket.objects else 404, "")

    def do_DELETE(self) -> None:
        if self._judged(b""):
            name, _ = self._asked()
            self.bucket.objects.pop(name, None)
            self._answer(204, "")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._judged(body):
            return
        name, query = self._asked()
        if query:
            self.bucket.parts[query["uploadId"]][int(query["partNumber"])] = body
        elif not self._store(name, body):
            self._answer(412, _error("PreconditionFailed"))
            return
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

    def _store(self, name: str, body: bytes) -> bool:
        with self.bucket.lock:
            only_if_absent = self.headers.get("If-None-Match") == "*" and not self.bucket.overwrites
            if only_if_absent and name in self.bucket.objects:
                return False
            self.bucket.objects.pop(name, None)
            self.bucket.objects[name] = body
            self._describe(name)
        return True

    def _send(self, data: bytes) -> None:
        """An object, or what a faulty server makes of it."""
        if self.bucket.fault == "deaf":
            self.close_connection = True
            return
        if self.bucket.fault == "lying" and data:
            data = bytes([data[0] ^ 1]) + data[1:]
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.bucket.fault == "cutting":
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
            return
        self.wfile.write(data)

    def _list(self, query: dict[str, str]) -> None:
        """ListObjectsV2, at most `PAGE` names an answer."""
        names = sorted(name for name in list(self.bucket.objects) if name.startswith(query.get("prefix", "")))
        names = [name for name in names if name > query.get("continuation-token", query.get("start-after", ""))]
        page, now = names[:PAGE], time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        rows = "".join(
            f"<Contents><Key>{name}</Key><LastModified>{LONG_AGO if name in self.bucket.old else now}</LastModified><ETag>e</ETag>"
            f"<Size>{len(self.bucket.objects[name])}</Size><StorageClass>STANDARD</StorageClass></Contents>"
            for name in page
        )
        more = f"<NextContinuationToken>{page[-1]}</NextContinuationToken>" if len(names) > PAGE else ""
        self._answer(200, f"<ListBucketResult {NAMESPACE}><Name>{self.bucket.name}</Name><IsTruncated>{str(bool(more)).lower()}</IsTruncated>{more}{rows}</ListBucketResult>")  # fmt: skip

    def _describe(self, name: str) -> None:
        self.bucket.kinds[name] = self.headers.get("Content-Type", "")
        self.bucket.hashes[name] = self.headers.get("x-amz-meta-sha256", "")

    def _judged(self, body: bytes) -> bool:
        """Whether it may go on; a refusal is answered here."""
        self.bucket.requests.append((self.command, self._asked()[0]))
        while self.bucket.fault == "silent":
            time.sleep(0.05)
        if self.bucket.fault in ("throttling", "broken"):
            throttled = self.bucket.fault == "throttling"
            self._answer(503 if throttled else 500, _error("SlowDown" if throttled else "InternalError"))
        elif self.bucket.failing:
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
        if self.bucket.fault == "deaf":
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/xml", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())


def _error(code: str) -> str:
    return f"<Error><Code>{code}</Code><Message>It is so.</Message><RequestId>1</RequestId><HostId>1</HostId></Error>"


if __name__ == "__main__":
    host, port = sys.argv[1:]
    ThreadingHTTPServer((host, int(port)), handler_of(Bucket(f"http://{host}:{port}"))).serve_forever()
