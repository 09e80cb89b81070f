"""A small web on this machine, real to the last byte, that plays whatever a feed's server may do."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore

from scraper.fetch import Client
from scraper.keys import Keys
from storage.orders import ShowSpec, SourceSpec
from storage.topics import FetchPolicy, ScrapeRequest

PUBLIC = "93.184.216.34"
Play = Callable[[BaseHTTPRequestHandler], None]


class Web:
    """Serves pages by path; remembers what was asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Play] = {}
        self.hits: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.hits.append(self.path)
                web.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                web.headers.append({k.lower(): v for k, v in self.headers.items()})
                play = web.pages.get(self.path.partition("?")[0])
                if play is None:
                    self.send_error(404)
                else:
                    play(self)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that hangs up is what these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server.server_port)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Answer `path` with this. Returns its address."""
        data = body.encode() if isinstance(body, str) else body

        def play(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(data)

        self.pages[path] = play
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, status=status, Location=to)

    def client(
        self, path: str = "/", timeout_s: float = 5, max_bytes: int = 1_000_000, keys: Keys | None = None
    ) -> Client:
        return Client(self.url(path), self.policy(timeout_s, max_bytes), keys=keys)

    def policy(self, timeout_s: float = 5, max_bytes: int = 1_000_000) -> FetchPolicy:
        """An admin who allowed this very server."""
        return FetchPolicy(hosts=(f"127.0.0.1:{self.port}",), timeout_s=timeout_s, max_bytes=max_bytes)

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Wire(httpcore.NetworkBackend):
    """Stands for the internet: notes every address that is connected to, and leads to the local server."""

    def __init__(self, port: int) -> None:
        self.connected: list[str] = []
        self._port = port

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port, timeout)


def rss(*items: str, channel: str = "<title>Paper</title><language>en</language>") -> str:
    """An RSS feed around items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'
    )


def item(title: str = "", text: str = "", link: str = "", extra: str = "") -> str:
    """One RSS item; `text` goes into CDATA."""
    return f"<item><title>{title}</title><link>{link}</link><description><![CDATA[{text}]]></description>{extra}</item>"


def request(*sources: SourceSpec, policy: FetchPolicy | None = None, **more: object) -> ScrapeRequest:
    """A scrape of a show with these sources, on the morning of 20 November 2026."""
    show = ShowSpec(slug="show", name="Show", sources=sources)
    return ScrapeRequest.model_validate(
        {"show": show, "asked_at": "2026-11-20T07:00:00Z", "policy": policy or FetchPolicy(), **more}
    )
