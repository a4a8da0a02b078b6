"""The project's own exceptions: each message names the cause and the remedy in one sentence."""

from __future__ import annotations


class NtmsumError(Exception):
    """Base of every error a user can cause and mend; the doors show its message without a traceback."""


class InputError(NtmsumError):
    """The text or file handed in cannot be processed (empty, binary, too large, wrong language, missing)."""


class ModelError(NtmsumError):
    """A model is unknown, missing, incomplete, altered, or of a kind that an engine cannot run."""


class CacheError(NtmsumError):
    """The cache directory cannot be written (no permission, no space)."""


class GlossaryError(NtmsumError):
    """A glossary file is malformed; the message names line and column."""


class DataError(NtmsumError):
    """A training or evaluation data file is missing, malformed or inconsistent."""


class ClusterError(NtmsumError):
    """Ray is missing, cannot be reached, has no room, or gives no results."""
