"""Which prompts are decoded together."""

from __future__ import annotations

from collections.abc import Sequence


def length_batches(lengths: Sequence[int], budget: int, spread: int) -> list[list[int]]:
    """Group prompts of similar length.

    Args:
        lengths: prompt lengths in tokens.
        budget: most tokens in a batch, padding included; a longer prompt gets a batch of its own.
        spread: most tokens between the shortest and the longest prompt of a batch. A decoder-only model
            reads the tokens beyond the shortest prompt one by one, so a wide batch is slower than two.

    Returns:
        Lists of positions into ``lengths``, longest first; together they name every position once.
    """
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    batches: list[list[int]] = []
    for i in order:
        if batches:
            longest = lengths[batches[-1][0]]
            if longest * (len(batches[-1]) + 1) <= budget and longest - lengths[i] <= spread:
                batches[-1].append(i)
                continue
        batches.append([i])
    return batches
