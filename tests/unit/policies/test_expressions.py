"""An office writes its own list of expressions; mistakes in it are told with line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from policies.changes import Kind
from policies.compare import compare
from policies.loader import load_policy
from review.errors import PolicyInvalidError
from review.policy import Expression, Policy

Write = Callable[[str, str], Path]

LIST = """\
expressions:
  - avoid: 一把手
    instead: 主要负责人
    basis: 本单位公文用语规范
  - require: 以人民为中心
    titles: [实施意见, 工作要点]
    basis: 本单位公文起草办法
"""


def test_the_built_in_list_is_empty(builtin: Policy) -> None:
    assert builtin.expressions == ()


def test_an_office_adds_its_own(write: Write) -> None:
    assert load_policy(write("expressions.yaml", LIST)).expressions == (
        Expression("一把手", "本单位公文用语规范", instead="主要负责人"),
        Expression(
            "以人民为中心", "本单位公文起草办法", required=True, titles=("实施意见", "工作要点")
        ),
    )


@pytest.mark.parametrize(
    ("entry", "place", "remedy"),
    [
        ("instead: 主要负责人", "第 2 行", "avoid"),
        ("avoid: 一把手\n    require: 主要负责人", "第 2 行", "拆成两条"),
        ("avoid: 一把手\n    instead: 一把手", "第 3 行", "instead"),
        ("require: 一把手\n    instead: 主要负责人", "第 3 行", "instead"),
        ("avoid: 一把手\n    titles: 通知", "第 3 行", "titles"),
        ("avoid: 手", "第 2 行", "少于两个字"),
        ("avoid: 一把手\n    level: stop", "第 3 行", "没有 level 这个键"),
    ],
)
def test_mistakes_are_told_with_line_and_remedy(
    write: Write, entry: str, place: str, remedy: str
) -> None:
    folder = write("expressions.yaml", f"expressions:\n  - {entry}\n    basis: 用语规范\n")
    with pytest.raises(PolicyInvalidError) as caught:
        load_policy(folder)
    (problem,) = caught.value.problems
    assert "expressions.yaml" in problem
    assert place in problem
    assert remedy in problem


def test_an_entry_needs_its_basis_and_stands_once(write: Write) -> None:
    entry = "  - avoid: 一把手\n    basis: 规范\n"
    folder = write("expressions.yaml", f"expressions:\n{entry}{entry}  - avoid: 亲自\n")
    with pytest.raises(PolicyInvalidError) as caught:
        load_policy(folder)
    twice, without = sorted(caught.value.problems, reverse=True)
    assert "第 2 行已经有了" in "".join(caught.value.problems)
    assert "缺少 basis" in twice + without


def test_changes_are_told_and_none_is_weaker(builtin: Policy) -> None:
    old = Expression("一把手", "规范", instead="主要负责人")
    before = replace(builtin, expressions=(old, Expression("亲自", "规范")))
    after = replace(
        builtin,
        expressions=(replace(old, instead="负责人"), Expression("以人民为中心", "规范", True)),
    )
    assert [(c.kind, c.words) for c in compare(before, after)] == [
        (Kind.CHANGED, "改为不宜用“一把手”，宜作“负责人”"),
        (Kind.NEW, "新增应写到“以人民为中心”"),
        (Kind.REMOVED, "去掉了不宜用“亲自”"),
    ]
