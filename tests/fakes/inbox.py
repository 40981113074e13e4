"""A watched folder before a stand-in for the case store."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from flows.intake.inbox import Inbox, Outcome
from flows.intake.sidecar import Sidecar

SETTLE = 3.0
CATEGORIES = {"general": "一般文件", "social_assistance": "社会救助"}


class Cases:
    """Stand in for the case store: one case for the same bytes in the same category."""

    def __init__(self) -> None:
        self.by_bytes: dict[tuple[str, str], str] = {}
        self.calls: list[tuple[str, str, Sidecar]] = []
        self.error: Exception | None = None
        self.meanwhile: Callable[[Path], object] = lambda path: None

    def __call__(self, path: Path, category: str, sidecar: Sidecar) -> str:
        self.calls.append((path.name, category, sidecar))
        if self.error:
            raise self.error
        key = (hashlib.sha256(path.read_bytes()).hexdigest(), category)
        case = self.by_bytes.setdefault(key, f"C-{len(self.by_bytes) + 1:04}")
        self.meanwhile(path)
        return case


def inbox_at(root: Path, intake: Cases, settle: float = SETTLE) -> Inbox:
    root.mkdir(exist_ok=True)
    made = Inbox(root, intake, lambda: CATEGORIES, settle, time.monotonic)
    made.prepare()
    (root / "submission.yaml").write_text("officer: zhou\nattribute: proactive\n")
    return made


def put(inbox: Inbox, where: str, text: str = "草稿") -> Path:
    path = inbox.root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settle(inbox: Inbox, start: float = 0.0) -> list[Outcome]:
    """Sweep twice, as far apart as a file must lie still."""
    return inbox.sweep(start) + inbox.sweep(start + SETTLE)


def lying(inbox: Inbox, folder: str) -> dict[str, str]:
    root = inbox.root / folder
    return {str(p.relative_to(root)): p.read_text() for p in root.rglob("*") if p.is_file()}
