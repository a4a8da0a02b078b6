"""An exception as one sentence for a visitor: what and why, without paths or code."""

from __future__ import annotations

from ntmsum.alerts import Language
from ntmsum.app.logs import log, log_failure
from ntmsum.app.messages import in_language, message
from ntmsum.app.service import BusyError
from ntmsum.errors import CacheError, GlossaryError, InputError, ModelError


def explain(error: Exception, language: Language) -> str:
    """The sentence to show; everything else goes to the log.

    Input and glossary errors name cause and remedy themselves. Errors of models and caches name paths of
    the server, which a visitor neither needs nor should see.
    """
    if isinstance(error, InputError | GlossaryError):
        log("refused", error=type(error).__name__)
        return in_language(str(error), language)
    if isinstance(error, ModelError | CacheError):
        # Its message is about this installation and holds no visitor's text.
        log("model not loaded", error=str(error))
        return message("model_failed", language)
    if isinstance(error, BusyError):
        log("busy")
        return message("busy", language)
    log_failure("failed", error)
    return message("failed", language)
