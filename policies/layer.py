"""One directory of policy files, read and checked file by file but not yet merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from policies.approval import ApprovalPart, ApprovalSpec, ChainSpec, StepSpec
from policies.expressions import ExpressionSpec, PlacedExpression
from policies.messages import checked
from policies.schema import (
    AllowSpec,
    CategorySpec,
    MinimumSpec,
    PolicySpec,
    RuleSpec,
    Spec,
)
from policies.source import MAX_BYTES, Data, Place, Problem, Source, UnreadableError, read_source
from policies.term_schema import TermSpec
from review.policy import Nlp, Rule, Term

CATEGORY_FILE = re.compile(r"categories/(?P<key>[a-z][a-z0-9_]{1,49})\.yaml")
_FILES = ("policy.yaml", "terms.yaml", "expressions.yaml", "allow.yaml", "approval.yaml")

S = TypeVar("S", bound=Spec)


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """Hold a rule together with the place it was written at."""

    rule: Rule
    place: Place


@dataclass(frozen=True, slots=True)
class CategoryPart:
    """Hold what one directory says of one category."""

    spec: CategorySpec
    rules: tuple[PlacedRule, ...]
    source: Source


@dataclass(slots=True)
class Layer:
    """Collect what one directory says; ``problems`` holds everything that could not be used."""

    version: str | None = None
    nlp: Nlp | None = None
    floor: tuple[PlacedRule, ...] = ()
    defaults: tuple[PlacedRule, ...] = ()
    minimum: tuple[tuple[MinimumSpec, Place], ...] = ()
    categories: dict[str, CategoryPart] = field(default_factory=dict)
    terms: tuple[tuple[Term, Place], ...] = ()
    expressions: tuple[PlacedExpression, ...] = ()
    allow: AllowSpec = field(default_factory=AllowSpec)
    approval: ApprovalPart = field(default_factory=ApprovalPart)
    problems: list[Problem] = field(default_factory=list)


def policy_files(directory: Path) -> dict[str, bytes]:
    """Read every YAML file of a directory and its folders, by its path within, in stable order.

    Looks one folder deep, so that a wrong path cannot set it walking a whole disk. Raises
    ``OSError`` where a file or the directory cannot be read.
    """
    return {p.relative_to(directory).as_posix(): _read(p) for p in _yaml_files(directory)}


def _yaml_files(directory: Path) -> list[Path]:
    found = (*directory.iterdir(), *directory.glob("*/*"))
    return sorted(p for p in found if p.suffix.lower() in (".yaml", ".yml") and p.is_file())


Signature = tuple[tuple[str, int, int, int], ...] | None


def signature_of(directory: Path | None) -> Signature:
    """Tell cheaply whether files came, went or were written to since; None where unreadable.

    No directory has the empty signature.
    """
    if directory is None:
        return ()
    try:
        states = [(str(path), path.stat()) for path in _yaml_files(directory)]
    except OSError:
        return None
    return tuple((name, s.st_mtime_ns, s.st_ctime_ns, s.st_size) for name, s in states)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def read_layer(files: Mapping[str, bytes], prefix: str = "") -> Layer:
    """Read the files of one directory; ``prefix`` stands before the file names in problems."""
    layer = Layer()
    for name, raw in files.items():
        try:
            source = read_source(prefix + name, raw)
        except UnreadableError as error:
            layer.problems += error.problems
            continue
        _read_file(layer, name, source)
    return layer


def _read_file(layer: Layer, name: str, source: Source) -> None:
    category = CATEGORY_FILE.fullmatch(name)
    if not category and name not in _FILES:
        _report(
            layer, source,
            f"不认识这个文件，只能有 {'、'.join(_FILES)} 和"
            " categories/类别键.yaml（小写字母、数字、下划线），请改名或移走。",
        )  # fmt: skip
    elif not isinstance(source.data, dict):
        _report(layer, source, "文件应由“键: 内容”组成，请对照内置规则改写。")
    elif category:
        _read_category(layer, category["key"], source, source.data)
    elif name == "policy.yaml":
        _read_policy(layer, source, source.data)
    elif name == "approval.yaml":
        _read_approval(layer, source, source.data)
    elif name == "terms.yaml":
        _read_terms(layer, source, source.data)
    elif name == "expressions.yaml":
        items = _items(ExpressionSpec, layer, source, source.data, "expressions")
        layer.expressions = tuple((spec.expression(), place) for spec, place in items)
        _rest(Spec, layer, source, source.data, ("expressions",))
    else:
        allow, problems = checked(AllowSpec, source, source.data, ())
        layer.allow = allow or layer.allow
        layer.problems += problems


def _read_policy(layer: Layer, source: Source, data: dict[str, Data]) -> None:
    lists = ("floor", "minimum", "defaults")
    layer.floor = tuple(_rules(layer, source, data, "floor"))
    layer.defaults = tuple(_rules(layer, source, data, "defaults"))
    layer.minimum = tuple(_items(MinimumSpec, layer, source, data, "minimum"))
    spec = _rest(PolicySpec, layer, source, data, lists)
    layer.version = spec.version if spec else None
    layer.nlp = spec.nlp.nlp() if spec and spec.nlp else None


def _read_category(layer: Layer, key: str, source: Source, data: dict[str, Data]) -> None:
    rules = tuple(_rules(layer, source, data, "rules"))
    spec = _rest(CategorySpec, layer, source, data, ("rules",))
    # Fields that cannot be read are told once, not as missing too.
    spec = spec or CategorySpec(title=key, basis=key)
    layer.categories[key] = CategoryPart(spec, rules, source)


def _read_terms(layer: Layer, source: Source, data: dict[str, Data]) -> None:
    items = _items(TermSpec, layer, source, data, "terms")
    layer.terms = tuple((spec.term_of_policy(), place) for spec, place in items)
    _rest(Spec, layer, source, data, ("terms",))


def _read_approval(layer: Layer, source: Source, data: dict[str, Data]) -> None:
    part = layer.approval
    part.place = source.place(())
    part.steps = tuple(_items(StepSpec, layer, source, data, "steps"))
    part.chains = tuple(_items(ChainSpec, layer, source, data, "chains"))
    part.spec = _rest(ApprovalSpec, layer, source, data, ("steps", "chains")) or part.spec


def _rules(layer: Layer, source: Source, data: dict[str, Data], key: str) -> Iterator[PlacedRule]:
    for spec, place in _items(RuleSpec, layer, source, data, key):
        for rule in spec.rules():
            yield PlacedRule(rule, place)


def _items(
    spec: type[S], layer: Layer, source: Source, data: dict[str, Data], key: str
) -> Iterator[tuple[S, Place]]:
    """Validate the entries of a list one by one, so that one bad entry hides no other."""
    entries = data.get(key, [])
    if not isinstance(entries, list):
        layer.problems.append(
            Problem(source.place((key,)), "这里应是一个列表，每条以“- ”开头，请对照内置规则改写。")
        )
        return
    for index, entry in enumerate(entries):
        item, problems = checked(spec, source, entry, (key, index))
        layer.problems += problems
        if item is not None:
            yield item, source.place((key, index))


def _rest(
    spec: type[S], layer: Layer, source: Source, data: dict[str, Data], lists: tuple[str, ...]
) -> S | None:
    single = {key: value for key, value in data.items() if key not in lists}
    found, problems = checked(spec, source, single, ())
    layer.problems += problems
    return found


def _report(layer: Layer, source: Source, message: str) -> None:
    layer.problems.append(Problem(source.place(()), message))
