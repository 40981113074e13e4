"""Whoever errs in a rule is told file, line, key and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policies.loader import load_policy
from review.errors import PolicyInvalidError

Write = Callable[[str, str], Path]
Problems = Callable[[Path], tuple[str, ...]]

RULE = "rules:\n  - entity: {entity}\n    action: {action}\n{more}    basis: 条例第十五条\n"


def rule(entity: str = "PERSON", action: str = "remove", *more: str) -> str:
    lines = "".join(f"    {line}\n" for line in more)
    return RULE.format(entity=entity, action=action, more=lines)


TERM = (
    "terms:\n  - term: {term}\n    level: {level}\n    category: 工作秘密\n"
    "    basis: 保守国家秘密法第六十四条\n    owner: 办公室\n    since: {since}\n{more}"
)


def term(
    text: str = "样例词语", level: str = "stop", since: str = "2026-01-01", more: str = ""
) -> str:
    return TERM.format(term=text, level=level, since=since, more=more)


GENERAL = "categories/general.yaml"
MISTAKES = {
    "unknown entity": (GENERAL, rule("PERSONS"), 2, "entity", "是否应为 PERSON？"),
    "unknown role": (GENERAL, rule("PERSON", "remove", "role: victims"), 4, "role", "victim？"),
    "unknown action": (GENERAL, rule("PERSON", "hide"), 3, "action", "可用的有：keep"),
    "unknown key": (GENERAL, rule("PERSON", "remove", "bases: x"), 4, "bases", "basis？"),
    "unknown field": (GENERAL, "titel: 一般\n", 1, "titel", "title？"),
    "missing basis": (
        GENERAL, "rules:\n  - entity: PERSON\n    action: remove\n", 2, "basis", "依据的条文",
    ),
    "empty basis": (
        GENERAL, "rules:\n  - entity: PERSON\n    action: remove\n    basis: ''\n",
        4, "basis", "依据",
    ),
    "mask without form": (GENERAL, rule("PHONE_NUMBER", "mask"), 2, "form", "3+****+4"),
    "old mask form": (
        GENERAL, rule("PHONE_NUMBER", "mask", "form: 3-4"), 4, "form", "3+****+4",
    ),
    "mask that shows too much": (
        GENERAL, rule("CN_ID_CARD", "mask", "form: 6+********+4"), 4, "form", "不超过 6 位",
    ),
    "mask of too few stars": (
        GENERAL, rule("PHONE_NUMBER", "mask", "form: 3+*+4"), 4, "form", "星号应为",
    ),
    "surname for a number": (
        GENERAL, rule("CN_ID_CARD", "replace", "form: surname"), 4, "form", "label",
    ),
    "misspelt form": (GENERAL, rule("PERSON", "replace", "form: surnam"), 4, "form", "surname"),
    "name generalised": (
        GENERAL, rule("PERSON", "generalise", "form: township"), 4, "form", "replace",
    ),
    "address to the village": (
        GENERAL, rule("CN_ADDRESS", "generalise", "form: village"), 4, "form", "township",
    ),
    "form on keep": (GENERAL, rule("CN_USCC", "keep", "form: 3+****+4"), 4, "form", "删去 form"),
    "review without proposal": (GENERAL, rule("PERSON", "review"), 2, "proposal", "proposal"),
    "proposal without review": (
        GENERAL, rule("PERSON", "remove", "proposal: keep"), 4, "proposal", "请删去",
    ),
    "level as a person's role": (
        GENERAL, rule("PERSON", "remove", "role: stop"), 4, "role", "NEGATIVE_TERM",
    ),
    "same cell twice": (
        GENERAL,
        rule() + "  - entity: PERSON\n    action: remove\n    basis: 第十五条\n",
        5, "PERSON", "第 2 行已有规则",
    ),
    "key written twice": (GENERAL, "title: 甲\ntitle: 乙\n", 2, "title", "删去一处"),
    "weaker than the floor": (
        GENERAL, rule("PERSON", "keep", "role: minor"), 2, "弱于底线", "请删去",
    ),
    "floor softened": (
        "policy.yaml", rule("SECRECY_MARK", "keep").replace("rules", "floor"),
        2, "floor", "不能改弱",
    ),
    "floor with a wider form": (
        "policy.yaml",
        rule("PERSON", "replace", "role: minor", "form: surname_star").replace("rules", "floor"),
        2, "floor", "不能改弱",
    ),
    "floor that opens what is hidden": (
        "policy.yaml", rule("CN_ID_CARD", "keep").replace("rules", "floor"), 2, "floor", "还松",
    ),
    "floor softer than one category": (
        "policy.yaml",
        rule("CN_BANK_CARD", "mask", "form: 0+****+4").replace("rules", "floor"),
        2, "CN_BANK_CARD", "请改严",
    ),
    "without effect beside the floor": (
        GENERAL, rule("SECRECY_MARK", "block"), 2, "不会生效", "请删去",
    ),
    "weaker than the minimum": (GENERAL, rule("CN_BANK_CARD", "keep"), 2, "CN_BANK_CARD", "mask"),
    "review that keeps, below the minimum": (
        GENERAL, rule("HEALTH", "review", "proposal: keep"), 2, "HEALTH", "replace",
    ),
    "weak default": (
        "policy.yaml", rule("CN_ADDRESS", "keep").replace("rules", "defaults"), 2, "CN_ADDRESS",
        "review",
    ),
    "birthday beside a masked number": (
        GENERAL, rule("BIRTH_DATE", "keep"), 2, "BIRTH_DATE", "generalise",
    ),
    "new category without title": (
        "categories/own.yaml", "basis: 条例第十九条\n", 1, "title", "请补上",
    ),
    "bad category key": ("categories/Own-Kind.yaml", "title: 甲\n", 1, "类别键", "改名"),
    "wrong suffix": ("categories/general.yml", "title: 甲\n", 1, ".yaml", "改名"),
    "unknown way when clean": (GENERAL, "on_clean: publish\n", 1, "on_clean", "sign_off"),
    "days that are no number": (GENERAL, "take_down_days: 十天\n", 1, "take_down_days", "整数"),
    "no days at all": (GENERAL, "take_down_days: 0\n", 1, "take_down_days", "至少是 1"),
    "term of one character": ("terms.yaml", term("密"), 2, "term", "少于两个字"),
    "term without date": ("terms.yaml", term(since="昨天"), 7, "since", "2026-01-31"),
    "date that does not exist": ("terms.yaml", term(since="2026-02-30"), 7, "since", "日期不存在"),
    "unknown level": ("terms.yaml", term(level="block"), 3, "level", "stop"),
    "exception without the term": (
        "terms.yaml", term(more="    unless: [别的话]\n"), 8, "unless", "包含该词",
    ),
    "term twice": (
        "terms.yaml", term() + term("样 例 词语").removeprefix("terms:\n"), 8, "terms", "第 2 行",
    ),
    "built-in stop term softened": (
        "terms.yaml", term("会议内部材料", "note"), 2, "terms", "不能降级",
    ),
    "telephone of letters": ("allow.yaml", "telephones: [热线]\n", 1, "telephones", "12345"),
    "Chinese colon after the first key of a rule": (
        GENERAL, rule().replace("entity:", "entity："), 2, "中文冒号", "entity: PERSON",
    ),
    "Chinese colon after another key": (
        GENERAL, rule().replace("action:", "action："), 3, "中文冒号", "action: remove",
    ),
    "Chinese colons in a whole rule": (
        GENERAL, "rules:\n  - entity：PERSON\n    action：remove\n",
        2, "中文冒号", "“entity: PERSON”",
    ),
    "Chinese colon in a file of one line": (
        GENERAL, "title： 一般\n", 1, "中文冒号", "title: 一般",
    ),
    "broken file without a Chinese colon": (
        GENERAL, "title: 一般\nbasis: [甲\n", 3, "YAML", "引号是否成对",
    ),
    "rules that are no list": (GENERAL, "rules: PERSON\n", 1, "rules", "列表"),
    "rule that is only text": (GENERAL, "rules:\n  - PERSON\n", 2, "rules", "键"),
    "list instead of keys": (GENERAL, "- PERSON\n", 1, "general.yaml", "键"),
    "empty file": (GENERAL, "# 还没写\n", 1, "general.yaml", "空的"),
    "tab for indent": (GENERAL, "rules:\n\t- entity: PERSON\n", 2, "general.yaml", "缩进"),
    "unknown engine": (
        "policy.yaml", "nlp:\n  engine: spaCy\n  model: a\n", 2, "engine", "spacy？",
    ),
    "misspelt key of the engine": (
        "policy.yaml", "nlp:\n  engine: spacy\n  modle: a\n", 3, "modle", "model？",
    ),
    "engine without model": ("policy.yaml", "nlp:\n  engine: spacy\n", 1, "model", "绝对路径"),
    "model without engine": ("policy.yaml", "nlp:\n  model: a\n", 1, "engine", "transformers"),
    "model of the built-in engine": (
        "policy.yaml", "nlp:\n  engine: builtin\n  model: a\n", 3, "model", "删去 model",
    ),
    "relative path of a model": (
        "policy.yaml", "nlp:\n  engine: spacy\n  model: models/zh\n", 3, "model", "绝对路径",
    ),
    "name of a model on a hub": (
        "policy.yaml", "nlp:\n  engine: transformers\n  model: some-ner\n", 3, "model", "绝对路径",
    ),
    "engine that is only text": ("policy.yaml", "nlp: spacy\n", 1, "nlp", "键: 内容"),
    "two documents": (GENERAL, "title: 甲\n---\ntitle: 乙\n", 3, "general.yaml", "---"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_file_line_key_and_remedy(
    mistake: str, write: Write, problems: Problems
) -> None:
    file, text, line, key, remedy = MISTAKES[mistake]
    told = problems(write(file, text))
    assert len(told) == 1
    place = f"{file} 第 {line} 行"
    assert told[0].startswith(place)
    assert key in told[0].removeprefix(file) or key in file
    assert remedy in told[0]
    assert told[0].endswith(("。", "）。"))


def test_all_mistakes_of_all_files_are_told_at_once(write: Write, problems: Problems) -> None:
    write(GENERAL, rule("PERSONS") + "  - entity: HEALTH\n    action: keep\n")
    write("categories/budget.yaml", "title: [1\n")
    told = problems(write("terms.yaml", term("密", "block")))
    assert [sentence.split(" ")[0] for sentence in told] == [
        "categories/budget.yaml",
        "categories/general.yaml",
        "categories/general.yaml",
        "terms.yaml",
        "terms.yaml",
    ]


def test_a_bad_rule_hides_no_fault_of_the_rules_beside_it(write: Write, problems: Problems) -> None:
    weak = "  - entity: CN_BANK_CARD\n    action: keep\n    basis: 条例第十五条\n"
    told = problems(write(GENERAL, rule("PERSON", "hide") + weak))
    assert len(told) == 2
    assert any("hide" in sentence for sentence in told)
    assert any("弱于最低限度" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: &a 甲\nbasis: *a\n", "不能用 & 和 *"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "不能用 & 和 *"),
        ("title: !!python/object/apply:os.getcwd []\n", "标签"),
        ("title: !!str 甲\n", "标签"),
        ("? [a, b]\n: c\n", "键只能是"),
        ("title: " + "[" * 200_000, "层级太深"),
        ("title: 甲\x07\n", "YAML"),
    ],
)
def test_what_could_harm_the_reader_is_refused(
    text: str, told: str, write: Write, problems: Problems
) -> None:
    assert told in problems(write(GENERAL, text))[0]


def test_another_encoding_is_named(write: Write, tmp_path: Path, problems: Problems) -> None:
    (tmp_path / "terms.yaml").write_bytes("# ok\nterms: 密级\n".encode("gb18030"))
    assert problems(tmp_path) == (
        "terms.yaml 第 2 行：不是 UTF-8 编码，请用文本编辑器另存为 UTF-8。",
    )


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "没有 .yaml 文件"),
        (lambda path: path.rmdir(), "不存在"),
    ],
)
def test_a_directory_without_rules_is_refused_not_ignored(
    make: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    directory = tmp_path / "rules"
    directory.mkdir()
    make(directory)
    with pytest.raises(PolicyInvalidError, match=told):
        load_policy(directory)
