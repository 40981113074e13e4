from __future__ import annotations

import pytest

from flows.cases.freetext import names_nobody


@pytest.mark.parametrize("opinion", ["同意", "同意公开。", " 无异议！\n同意", "", "\n"])
def test_a_set_phrase_names_nobody(opinion):
    assert names_nobody([opinion])


@pytest.mark.parametrize("opinion", ["同意，苗秋实已核对", "同意\n13900000001", "苗秋实", "同意1"])
def test_whatever_else_is_written_is_looked_at(opinion):
    assert not names_nobody(["同意", opinion])
