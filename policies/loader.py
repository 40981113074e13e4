"""Load the built-in rules, with an office's own laid over them."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from policies.layer import Layer, policy_files, read_layer
from policies.merge import Merged, merge
from policies.notices import notices
from review.errors import PolicyInvalidError
from review.policy import Policy

BUILTIN = Path(__file__).parent / "builtin"


Edition = Mapping[str, Mapping[str, bytes]]
"""All files of one state of the rules: by prefix (``builtin/``, none for the office's), by name."""


def load_policy(overlay: Path | None = None) -> Policy:
    """Read the rules in force; ``overlay`` is a directory laid out like ``policies/builtin``.

    In the overlay a rule replaces the built-in rule for the same entity and role of the same
    list, a field of a category replaces that field, terms and allow-lists are added (a term of
    the same text is replaced, never to a lower level), and a new file adds a category. The floor
    may only become stricter. Raises ``PolicyInvalidError`` with every problem of every file.
    """
    return load_edition(read_edition(overlay))


def check_policy(overlay: Path | None, day: date) -> tuple[Policy, tuple[str, ...]]:
    """Read the rules in force with what is allowed there but hardly meant, as of a day.

    Raises ``PolicyInvalidError`` as ``load_policy`` does.
    """
    policy, merged, layers = _load(read_edition(overlay))
    told = tuple(notice.sentence() for notice in notices(merged, layers, day))
    return policy, told


def read_edition(overlay: Path | None, builtin: Path = BUILTIN) -> Edition:
    """Read the files of the rules at once, so that what is checked, kept and used is the same.

    Raises ``PolicyInvalidError`` where a folder is none or cannot be read.
    """
    directories = {"builtin/": builtin} | ({"": overlay} if overlay else {})
    return {prefix: _files(prefix, path) for prefix, path in directories.items()}


def load_edition(files: Edition) -> Policy:
    """Check and merge the files; raises ``PolicyInvalidError`` with every problem."""
    return _load(files)[0]


def _load(files: Edition) -> tuple[Policy, Merged, Sequence[Layer]]:
    with _nothing_collected():
        layers = [read_layer(found, prefix) for prefix, found in files.items()]
        policy, merged = merge(layers, _digest(files))
    if merged.problems:
        sentences = tuple(dict.fromkeys(problem.sentence() for problem in merged.problems))
        raise PolicyInvalidError(
            f"规则文件有 {len(sentences)} 处问题，请逐条改正后再试。", sentences
        )
    return policy, merged, layers


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Spare the collector while rules are read: they all stay, and long lists have many parts."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _files(prefix: str, directory: Path) -> dict[str, bytes]:
    if not directory.is_dir():
        raise PolicyInvalidError("规则目录不存在，请检查路径。")
    try:
        files = policy_files(directory)
    except OSError as error:
        raise PolicyInvalidError("规则目录里有文件读不出来，请检查权限。") from error
    if not files:
        raise PolicyInvalidError("规则目录里没有 .yaml 文件，请检查路径。")
    return files


def _digest(layers: Mapping[str, Mapping[str, bytes]]) -> str:
    """Digest names and bytes of all files; a changed comment counts, a moved directory does not."""
    whole = hashlib.sha256()
    for prefix, files in layers.items():
        for name, raw in sorted(files.items()):
            whole.update(f"{prefix}{name}\0{hashlib.sha256(raw).hexdigest()}\n".encode())
    return whole.hexdigest()
