"""The web page; gradio loads only when it is built."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntmsum.app.server import Server
    from ntmsum.pipeline import Pipeline


def launch(
    host: str | None = None,
    port: int | None = None,
    *,
    block: bool = True,
    load: Callable[[], Pipeline] | None = None,
) -> Server:
    """Serve the page.

    Args:
        host, port: where to listen; None takes what the environment says (``Settings``).
        block: whether to stay until interrupted.
        load: makes the pipeline; called once here, and in a process of its own for each batch, so a function
            of a module or a partial of one. None loads the shipped model.

    Returns:
        The server; its ``url`` is the page's address, its ``close()`` ends it.

    Raises:
        NtmsumError: the port is taken, or a setting makes no sense.
    """
    # Read by gradio at import: without them it looks for news and fonts outside.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    # Its statistics of all events are made anew after each of them, and nobody here asks for them.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
    from ntmsum.app.archive import Limits
    from ntmsum.app.jobs import Jobs
    from ntmsum.app.server import Server
    from ntmsum.app.service import Service
    from ntmsum.app.settings import Settings

    if load is None:
        from ntmsum.pipeline import load_pipeline

        load = load_pipeline
    settings = Settings.from_environment()
    settings = replace(
        settings, host=settings.host if host is None else host, port=settings.port if port is None else port
    )
    service = Service(load, most=settings.queue)
    jobs = Jobs(
        settings.batch_path,
        load,
        Limits(settings.max_batch, settings.batch_rows),
        settings.batches,
        settings.keep * 3600,
    )
    server = Server(service, jobs, settings)
    service.warm()
    if block:
        print(f"ntmsum: {server.url}")
        server.serve_until_stopped()
    else:
        server.start()
    return server
