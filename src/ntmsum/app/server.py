"""Serving the page: health, request limits, login, and a shutdown that lets running work finish."""

from __future__ import annotations

import asyncio
import socket
import threading
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.routing import Mount

from ntmsum.app.jobs import Jobs
from ntmsum.app.logs import log, start_logging
from ntmsum.app.page import build_page, head, theme
from ntmsum.app.service import Service
from ntmsum.app.settings import Settings
from ntmsum.errors import NtmsumError

# Room around a file in a request: multipart frames, the other inputs of an event.
_SLACK = 1_000_000
# What a browser is told to enforce: nothing from elsewhere, in no other page's frame.
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
        b"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
# After the last step, how long its result may take to reach the page, in seconds.
_DELIVERY = 1.0


def build_app(service: Service, jobs: Jobs, settings: Settings) -> FastAPI:
    """The page and ``/health`` as one ASGI application.

    Args:
        service: the shared model.
        jobs: the batches on the server.
        settings: login and limits.
    """
    app = FastAPI(title="ntmsum", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "model": "loaded" if service.loaded else "not loaded",
            "idle": service.idle,
            "batches": jobs.active,
        }

    largest = max(settings.max_upload, settings.max_batch)
    app.add_middleware(SafeHeaders)
    app.add_middleware(RequestLimit, limit=largest + _SLACK)
    gr.mount_gradio_app(
        app,
        build_page(service, jobs, settings),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        auth=settings.account,
        show_error=False,
        max_file_size=largest,
        ssr_mode=False,
        theme=theme(),
        head=head(),
        css_paths=Path(__file__).with_name("page.css"),
    )
    return app


class SafeHeaders:
    """Middleware that adds the headers by which a browser keeps the page to itself.

    Args:
        app: the application behind it.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, adding to its answer."""

        async def added(event: Any) -> None:
            if event["type"] == "http.response.start":
                event = {**event, "headers": [*event.get("headers", ()), *_HEADERS]}
            await send(event)

        await self._app(scope, receive, added if scope["type"] == "http" else send)


class RequestLimit:
    """Middleware that refuses request bodies beyond a limit, declared or not.

    Args:
        app: the application behind it.
        limit: largest body in bytes.
    """

    def __init__(self, app: Any, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, counting what it brings."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self._limit:
            log("request refused", bytes=int(declared) if declared.isdigit() else -1)
            await _refuse(send)
            return
        seen = 0

        async def counted() -> Any:
            nonlocal seen
            event = await receive()
            seen += len(event.get("body", b""))
            # For the application it is as if the visitor had gone away.
            return {"type": "http.disconnect"} if seen > self._limit else event

        await self._app(scope, counted, send)


async def _refuse(send: Any) -> None:
    body = b"The request is too large."
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Server(uvicorn.Server):
    """A web server that waits for running work before it closes.

    Args:
        service: whose work to wait for.
        jobs: the batches, of which the articles under way are waited for.
        settings: where to listen, how long to wait.

    Raises:
        NtmsumError: the port is taken or may not be used.
    """

    def __init__(self, service: Service, jobs: Jobs, settings: Settings) -> None:
        try:
            self._socket = socket.create_server((settings.host, settings.port))
        except OSError as error:
            raise NtmsumError(
                f"The page cannot listen on {settings.host}:{settings.port} ({error.strerror}); "
                "choose another port with --port or NTMSUM_PORT."
            ) from error
        host, port = self._socket.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        self._service = service
        self._jobs = jobs
        self._grace = settings.grace
        self._thread: threading.Thread | None = None
        start_logging()
        self._app = build_app(service, jobs, settings)
        super().__init__(uvicorn.Config(self._app, log_level="warning", timeout_graceful_shutdown=3))

    def serve_until_stopped(self) -> None:
        """Serve until SIGINT or SIGTERM."""
        log("listening", url=self.url)
        self.run(sockets=[self._socket])

    def start(self) -> None:
        """Serve in the background."""
        self._thread = threading.Thread(target=self.serve_until_stopped, daemon=True, name="web")
        self._thread.start()
        while not self.started and self._thread.is_alive():
            threading.Event().wait(0.02)

    def close(self) -> None:
        """Stop what ``start`` began."""
        self.should_exit = True
        if self._thread:
            self._thread.join()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more visitors, let running work finish, then close."""
        for listener in self.servers:
            listener.close()
        if not self._service.idle:
            log("waiting for running work", seconds=self._grace)
            await asyncio.to_thread(self._service.wait_until_idle, self._grace)
            await asyncio.sleep(_DELIVERY)
        await asyncio.to_thread(self._jobs.close, self._grace)
        # Pages hold a connection open; it ends with this.
        for route in self._app.routes:
            if isinstance(route, Mount) and hasattr(route.app, "stop_event"):
                route.app.stop_event.set()
        await super().shutdown(sockets)
        log("closed")
