"""What the server writes down about its work: one JSON object per line, and never a word of an article."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback

_LOGGER = logging.getLogger("ntmsum.app")


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        return json.dumps(entry, ensure_ascii=False)


def start_logging() -> None:
    """Write the app's log to standard error, as JSON lines."""
    if not _LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_AsJson())
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False


def log(event: str, **facts: object) -> None:
    """Write down an event with figures about it.

    Args:
        event: what happened.
        facts: sizes, counts, seconds, kinds; never text that a visitor gave.
    """
    _LOGGER.info(event, extra={"facts": facts})


def log_failure(event: str, error: BaseException) -> None:
    """Write down an unexpected error: its class and where it arose, not its message, which may quote a text."""
    places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    _LOGGER.error(event, extra={"facts": {"error": type(error).__name__, "at": places[-6:]}})
