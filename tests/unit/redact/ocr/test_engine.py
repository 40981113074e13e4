"""Lines of pictures are read together only where none makes the others too wide."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest

from redact.ocr import engine


def test_long_lines_are_read_one_by_one_and_stay_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide = [300, 9_000, 200, 8_000]
    pieces = [np.zeros((20, width, 3), np.uint8) for width in wide]
    together: list[list[int]] = []

    def recognise(level: Sequence[engine.Pixels]) -> SimpleNamespace:
        together.append([piece.shape[1] for piece in level])
        words = [
            SimpleNamespace(line_txt_len=1, word_cols=[[0]], confs=[float(piece.shape[1])])
            for piece in level
        ]
        return SimpleNamespace(txts=["一"] * len(level), word_results=words)

    reader = SimpleNamespace(
        crop_text_regions=lambda pixels, places: pieces,
        cls_and_rotate=lambda level: (
            level,
            SimpleNamespace(cls_res=[("0", 1.0)] * len(level)),
        ),
        cfg=SimpleNamespace(Cls=SimpleNamespace(cls_thresh=0.9)),
        recognize_txt=recognise,
    )
    monkeypatch.setattr(engine, "_engine", lambda: reader)
    corners = np.array([[0, 0], [9, 0], [9, 1], [0, 1]], np.float32)
    lines = engine.read_lines(np.zeros((20, 20, 3), np.uint8), [corners] * len(wide))
    assert together == [[300, 200], [9_000], [8_000]]
    assert [line.signs[0].confidence for line in lines] == wide
