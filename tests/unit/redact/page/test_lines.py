"""Texts painted over each other are taken apart, in time that does not explode with them."""

from __future__ import annotations

import time

from redact.ofd.format import OfdFormat
from tests.fakes import ofd

SIGNS = "".join(map(chr, range(0x4E00, 0x4E00 + 20_000)))
LONG = 30


def test_many_texts_over_each_other_are_each_read_whole_and_soon() -> None:
    texts = [SIGNS[n * LONG : (n + 1) * LONG] for n in range(500)]
    data = ofd.package([ofd.page("".join(ofd.text(t, y=5 + n * 0.5) for n, t in enumerate(texts)))])
    start = time.process_time()
    document = OfdFormat().read(data)
    assert time.process_time() - start < 5
    assert sum(text in document.text for text in texts) == len(texts)
