"""What the samples are: what to hand in with each and what must become of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from samples.markup import Planted

ROOT = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold one draft as an officer would hand it in.

    ``title`` is fit for showing: unlike file and text it names nobody who must stay hidden.
    ``planted`` is empty until the drafts have been built.
    """

    name: str
    path: Path
    title: str
    category: str
    attribute: str
    officer: str
    verdict: str
    reason: str = ""
    basis: str = ""
    planted: tuple[Planted, ...] = ()

    @property
    def expected(self) -> Path:
        return ROOT / "expected" / f"{self.name}.json"

    @property
    def hidden(self) -> tuple[str, ...]:
        """List the values that must not get out."""
        return tuple(p.value for p in self.planted if p.fate == "hidden")

    @property
    def kept(self) -> tuple[str, ...]:
        """List the values that must stay readable."""
        return tuple(p.value for p in self.planted if p.fate == "kept")


def load_samples() -> tuple[Sample, ...]:
    """Read the manifest, and the planted values of every sample that has been built."""
    entries = yaml.safe_load((ROOT / "samples.yaml").read_text(encoding="utf-8"))
    return tuple(_sample(entry) for entry in entries)


def _sample(entry: dict[str, Any]) -> Sample:
    fields = {**entry, "path": ROOT / "drafts" / entry["file"]}
    del fields["file"]
    expected = ROOT / "expected" / f"{entry['name']}.json"
    values = (
        json.loads(expected.read_text(encoding="utf-8"))["planted"] if expected.exists() else ()
    )
    return Sample(**fields, planted=tuple(Planted(**value) for value in values))
