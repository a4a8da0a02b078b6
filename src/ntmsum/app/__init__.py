"""The web page; gradio loads only when it is built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntmsum.errors import NtmsumError

if TYPE_CHECKING:
    from ntmsum.pipeline import Pipeline

_HERE = Path(__file__).parent


def build(load: Callable[[], Pipeline] | None = None) -> Any:
    """The page as a ``gradio.Blocks``.

    Args:
        load: makes the pipeline; called once, on the first article. None loads the shipped models.
    """
    # Read by gradio at import: without them it looks for news and fonts outside.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from ntmsum.app.page import build_page

    if load is None:
        from ntmsum.pipeline import load_pipeline

        load = load_pipeline
    return build_page(load)


def launch(host: str = "127.0.0.1", port: int = 7860, *, block: bool = True) -> tuple[Any, str]:
    """Build the page and serve it.

    Args:
        host, port: where to listen.
        block: whether to stay until interrupted.

    Returns:
        The page and its address.

    Raises:
        NtmsumError: the port is taken.
    """
    page = build()
    try:
        _, url, _ = page.launch(
            server_name=host,
            server_port=port,
            css_paths=_HERE / "page.css",
            footer_links=[],
            prevent_thread_lock=not block,
        )
    except OSError as error:
        raise NtmsumError(f"The page cannot listen on {host}:{port}; choose another one with --port.") from error
    return page, url
