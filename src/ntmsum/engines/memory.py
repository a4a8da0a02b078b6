"""Memory that decoding frees is kept for the next step instead of going back to the system."""

from __future__ import annotations

import ctypes
import sys

# glibc's parameters of mallopt(3).
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX, _M_ARENA_MAX = -1, -2, -4, -8


def keep_freed_memory() -> None:
    """Tell glibc's allocator to reuse large blocks; elsewhere nothing happens.

    A decoder frees and asks for the same large buffers at every step. By default glibc maps each of them
    anew and the kernel clears its pages: two thirds of the time of a summary (benchmarks/startup.py).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_MAX, 0)
        mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        mallopt(_M_TOP_PAD, 1 << 27)
        mallopt(_M_ARENA_MAX, 1)
