from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bench.contestants import Span
from bench.engine import Engine, EngineFailedError, RefusedError
from bench.runner import serve

Detect = Callable[[str], list[Span]]
Load = Callable[[], tuple[str, Detect]]


@pytest.fixture
def contestant(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Callable[[], tuple[str, Detect]]], str]:
    def register(load: Callable[[], tuple[str, Detect]]) -> str:
        module = ModuleType("bench.contestants.fake")
        module.TITLE, module.load = "假引擎", load  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return "fake"

    return register


def request(*texts: str) -> str:
    return json.dumps({"texts": texts})


def digits(text: str) -> list[Span]:
    if "!" in text:
        raise ValueError("坏字符")
    return [(at, at + 1, "DIGIT") for at, char in enumerate(text) if char.isdigit()]


def test_a_runner_introduces_the_engine_and_answers_each_request(contestant) -> None:
    name = contestant(lambda: ("3.1", digits))

    hello, first, second = serve(name, [request("a1", "bb"), request("22")])

    assert (hello["title"], hello["version"]) == ("假引擎", "3.1")
    assert first["spans"] == [[(1, 2, "DIGIT")], []]
    assert len(second["spans"][0]) == 2
    assert hello["peak"] > 1 << 20
    assert first["cpu"] >= 0


def test_an_engine_that_does_not_load_says_why(contestant) -> None:
    def load() -> tuple[str, Detect]:
        raise AttributeError("module 'time' has no attribute 'clock'")

    (answer,) = serve(contestant(load), [request("a")])

    assert answer == {"error": "AttributeError：module 'time' has no attribute 'clock'"}


def test_an_engine_that_is_not_installed_says_why() -> None:
    (answer,) = serve("nobody", [])

    assert answer["error"].startswith("ModuleNotFoundError")


def test_a_text_that_breaks_an_engine_is_refused_and_the_next_one_answered(contestant) -> None:
    name = contestant(lambda: ("1", digits))

    _, broken, good = serve(name, [request("!"), request("7")])

    assert broken == {"refused": "ValueError：坏字符"}
    assert good["spans"] == [[(0, 1, "DIGIT")]]


@pytest.fixture
def ours() -> Iterator[Engine]:
    engine = Engine("ours")
    yield engine
    engine.close()


def test_our_own_engine_answers_over_the_same_line(ours: Engine) -> None:
    text = "联系人：苗秋实，联系电话：13900000001。"

    answer = ours.find([text, "各乡镇人民政府："])

    people = [text[start:end] for start, end, entity in answer.spans[0] if entity == "PERSON"]
    assert people == ["苗秋实"]
    assert list(answer.spans[1]) == []
    assert ours.introduction.title == "本系统"
    assert answer.peak >= ours.introduction.memory


def interpreter(folder: Path, body: str) -> Path:
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n{body}\n")
    script.chmod(0o755)
    return script


HELLO = """echo '{"title": "t", "version": "v", "seconds": 1, "peak": 1}'; read line"""


def test_an_engine_that_crashes_at_the_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    python = interpreter(tmp_path, "echo 'Illegal instruction' >&2; exit 132")

    with pytest.raises(EngineFailedError, match="进程中断（132）：Illegal instruction"):
        Engine("x", python)


def test_an_engine_that_crashes_on_a_text_is_told_so(tmp_path: Path) -> None:
    engine = Engine("x", interpreter(tmp_path, f"{HELLO}; exit 3"))

    with pytest.raises(EngineFailedError, match="进程中断（3）"):
        engine.find(["a"])


def test_an_engine_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine("x", interpreter(tmp_path, f"{HELLO}; exec sleep 60"))
    monkeypatch.setattr("bench.engine.PATIENCE", 0.2)

    with pytest.raises(EngineFailedError, match="进程中断"):
        engine.find(["a"])


def test_a_refusal_leaves_the_engine_running(tmp_path: Path) -> None:
    body = f"""{HELLO}; echo '{{"refused": "too large"}}'; read line
    echo '{{"spans": [[[0, 2, "PERSON"]]], "cpu": 0.5, "peak": 9}}'; read line"""
    engine = Engine("x", interpreter(tmp_path, body))

    with pytest.raises(RefusedError, match="too large"):
        engine.find(["a"])
    assert engine.find(["ab"]).spans == [[(0, 2, "PERSON")]]
    engine.close()


def test_an_engine_without_an_environment_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(EngineFailedError, match="make bench"):
        Engine("x", tmp_path / "nothing" / "python")
