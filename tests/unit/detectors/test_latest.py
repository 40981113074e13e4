from __future__ import annotations

import gc
from weakref import ref

from detectors.latest import of_the_latest
from detectors.tables.tables import headers
from review.document import Block, BlockKind, Cell, Document, Location


def _table(*labels: str) -> Document:
    blocks = (
        Block(text, Location("s", at), BlockKind.CELL, Cell(0, at // 2, at % 2))
        for at, text in enumerate((*labels, "一", "二"))
    )
    return Document("xlsx", tuple(blocks))


def test_an_answer_is_worked_out_once_for_all_who_ask_in_turn():
    asked = []
    count = of_the_latest(lambda document: asked.append(document) or len(asked))
    one, other = _table("姓名", "电话"), _table("姓名", "电话")
    assert [count(one), count(one), count(other), count(one)] == [1, 1, 2, 3]


def test_what_was_asked_about_is_not_kept_alive():
    asked = _table("姓名", "电话")
    gone = ref(asked)
    headers(asked)
    del asked
    gc.collect()
    assert gone() is None


def test_equal_tables_of_other_words_have_other_headers():
    assert headers(_table("姓名", "电话")) == {2: "姓名", 3: "电话"}
    assert headers(_table("户主", "地址")) == {2: "户主", 3: "地址"}
