"""The web application: guard, headers, login, media, the REST API, and the pages of the desk on top.

NiceGUI keeps one application per process, so a process makes one desk.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from nicegui import app as nicegui_app
from nicegui import ui

from review.licences import EngineFacts
from web.api.router import ABOUT, api_router, describe_problems
from web.cards import Board
from web.desk import Desk
from web.feed import feed_router
from web.guard import Guard
from web.headers import PageNonce, SecurityHeaders
from web.login import login_router
from web.media import media_router
from web.meters import Meters
from web.metrics import metrics_router
from web.pages.add_presenter import add_presenter_page
from web.pages.compare import compare_page
from web.pages.edit import edit_page
from web.pages.evaluations import evaluations_page
from web.pages.exports import exports_page
from web.pages.inbox import inbox_page
from web.pages.new import new_page
from web.pages.people import PeoplePage
from web.pages.presenter import PresenterPage
from web.pages.presenters import PresentersPage
from web.pages.shows import ShowPage, ShowsPage
from web.pages.system import SystemPage
from web.pages.topics import TopicsPage
from web.pages.trash import TrashPage
from web.pages.webhooks import WebhooksPage
from web.pictures import pictures_router
from web.sessions import Visit
from web.studio import Studio
from web.theme.sheet import STATIC, build_sheet

RECONNECT_S = 30.0
"""How long a page is kept for a browser that lost its connection, with what was played on it."""
YEAR = "public, max-age=31536000, immutable"


def create_app(studio: Studio, engines: dict[str, EngineFacts], meters: Meters | None = None) -> FastAPI:
    """Everything that is served. `engines`: by what right each engine is used, for the desk and for bundles. `meters`: what
    is counted as it happens, for `/metrics`."""
    app = FastAPI(
        title="Dailies",
        version=version("dailies"),
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    desk = Desk(studio, engines, Board(studio, engines), build_sheet())
    app.include_router(login_router(studio, desk.sheet))
    app.include_router(media_router(studio))
    app.include_router(pictures_router(studio))
    app.include_router(feed_router(studio))
    app.include_router(api_router(desk))
    app.include_router(metrics_router(studio, meters or Meters(studio.database)))
    describe_problems(app)
    _serve_static(app, desk)
    _register_pages(desk)
    nicegui_app.add_middleware(PageNonce)
    ui.run_with(
        app, title="Dailies", dark=None, language="en-US", tailwind=False, show_welcome_message=False,
        binding_refresh_interval=None, reconnect_timeout=RECONNECT_S,
    )  # fmt: skip
    app.add_middleware(Guard, studio=studio)
    app.add_middleware(SecurityHeaders)
    return app


def _serve_static(app: FastAPI, desk: Desk) -> None:
    mimetypes.add_type("font/woff2", ".woff2")

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> dict[str, bool]:
        with desk.studio.reading() as db:
            return {"ok": db.execute("SELECT 1").fetchone() == (1,)}

    @app.get("/static/desk.css", include_in_schema=False)
    def stylesheet() -> Response:
        return Response(desk.sheet.text, media_type="text/css", headers={"Cache-Control": YEAR})

    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _register_pages(desk: Desk) -> None:
    def page(path: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
        return ui.page(path, title="Dailies")

    def visit_of(request: Request) -> Visit:
        visit: Visit = request.state.visit
        return visit

    @page("/")
    def front(request: Request) -> None:
        inbox_page(desk, visit_of(request))

    @page("/clip/{clip_id}")
    def clip(request: Request, clip_id: str, edited: int = 0) -> None:
        inbox_page(desk, visit_of(request), clip_id, edited)

    @page("/clip/{clip_id}/edit")
    def edit(request: Request, clip_id: str) -> None:
        edit_page(desk, visit_of(request), clip_id)

    @page("/clip/{clip_id}/compare")
    def compare(request: Request, clip_id: str, a: int = 0, b: int = 0) -> None:
        compare_page(desk, visit_of(request), clip_id, a, b)

    @page("/new")
    def new(request: Request, mode: str = "direct") -> None:
        new_page(desk, visit_of(request), direct=mode != "guided")

    @page("/topics")
    def topics(request: Request, show: str = "") -> None:
        TopicsPage(desk, visit_of(request), show).build()

    @page("/shows")
    def shows(request: Request) -> None:
        ShowsPage(desk, visit_of(request)).build()

    @page("/shows/{slug}")
    def show(request: Request, slug: str) -> None:
        ShowPage(desk, visit_of(request), slug, str(request.base_url).rstrip("/")).build()

    @page("/presenters")
    def presenters(request: Request) -> None:
        PresentersPage(desk, visit_of(request)).build()

    @page("/presenters/add")
    def add_presenter(request: Request) -> None:
        add_presenter_page(desk, visit_of(request))

    @page("/presenters/{slug}")
    def one_presenter(request: Request, slug: str, a: int = 0, b: int = 0) -> None:
        PresenterPage(desk, visit_of(request), slug, a, b).build()

    @page("/system")
    def system(request: Request) -> None:
        SystemPage(desk, visit_of(request)).build()

    @page("/webhooks")
    def webhooks(request: Request) -> None:
        WebhooksPage(desk, visit_of(request)).build()

    @page("/people")
    def people(request: Request) -> None:
        PeoplePage(desk, visit_of(request), str(request.base_url).rstrip("/")).build()

    @page("/trash")
    def trash(request: Request) -> None:
        TrashPage(desk, visit_of(request)).build()

    @page("/evaluations")
    def evaluations(request: Request) -> None:
        evaluations_page(desk, visit_of(request))

    @page("/exports")
    def exports(request: Request) -> None:
        exports_page(desk, visit_of(request), request.query_params)
