"""The data behind the addresses is what the scripts build."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

import detectors

DATA = Path(detectors.__file__).parent / "data"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wheel(path: Path) -> Path:
    """Write a small package in the form of the one the names come from."""
    county = {"河西县": {"code": "1"}, "市辖区": {"code": "2"}}
    held = {
        "divisions_v1.json": {
            "meta": {"fetched_at": "2026-01-02 03:04:05"},
            "provinces": {
                "江北省": {"cities": {"云溪市": {"counties": county}, "": {"counties": {}}}}
            },
        },
        "townships_v1.json": {"1": {"townships": {"柳溪镇": "1", "石门乡（撤销）": "2"}}},
        "historical_changes_v1.json": {
            "events": [
                {"level": 3, "old": {"name": "河东县"}},
                {"level": 3, "old": {"name": "江北省河东县的一部分"}},
                {"level": 2, "old": {"name": "云溪地区"}},
                {"level": 3, "old": None},
            ]
        },
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(f"data/{name}", json.dumps(content))
    return path


def test_the_shipped_words_of_a_sentence_are_what_the_script_builds(tmp_path: Path) -> None:
    script("build_breaks").main(tmp_path / "breaks.txt")
    assert (tmp_path / "breaks.txt").read_bytes() == (DATA / "breaks.txt").read_bytes()


def test_the_script_refuses_any_other_release_than_the_pinned_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pinned"):
        script("build_divisions").main(wheel(tmp_path / "other.whl"))


def test_the_script_takes_names_of_today_and_of_former_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = script("build_divisions")
    source, target = wheel(tmp_path / "names.whl"), tmp_path / "names.py"
    monkeypatch.setattr(built, "WHEEL", built.hashlib.sha256(source.read_bytes()).hexdigest())
    monkeypatch.setattr(built, "TARGET", target)
    built.main(source)
    names: dict[str, str] = {}
    exec(target.read_text("utf-8"), names)
    assert "(2026-01-02)" in str(names["__doc__"])
    assert names["PROVINCES"].split() == ["江北省"]
    assert names["CITIES"].split() == ["云溪市"]
    assert names["FORMER_CITIES"].split() == ["云溪地区"]
    assert names["COUNTIES"].split() == ["市辖区", "河西县"]
    assert names["FORMER_COUNTIES"].split() == ["河东县"]
    assert names["TOWNSHIPS"].split() == ["柳溪镇", "石门乡"]
