"""The engines that are compared: one small module each, run in a process of its own.

A module has ``TITLE``, ``load()``, which gives the version and a function from a text to spans
``(start, end, entity)`` with our entity names, and imports nothing of ours but what it measures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Span = tuple[int, int, str]
Detect = Callable[[str], Sequence[Span]]

OURS = "ours"
NAMES = (OURS, "presidio", "argus", "jionlp", "thulac")
"""Ours first: ratios are to it."""
