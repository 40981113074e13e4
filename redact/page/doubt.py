"""Why a pdf cannot be rewritten glyph by glyph."""

from __future__ import annotations


class DoubtError(Exception):
    """Tell that a file cannot be rewritten glyph by glyph; its pages become pictures then.

    The text says why, in English, for a developer; it quotes nothing of the file.
    """
