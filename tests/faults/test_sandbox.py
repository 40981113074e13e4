from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import pytest
from PIL import Image

from flows.processing import sandbox as outside
from flows.processing import sandbox_worker as inside
from flows.processing.readings import Readings
from flows.processing.sandbox import Limits, Sandbox
from redact.verify.sight import Sight
from review.errors import BrokenInputError, ReviewError, TooLargeInputError, UnsafeOutputError
from review.plan import Edit, RedactionPlan
from tests.fakes.pictures import encoded, written

DRAFT = "联系人苗秋实\n".encode()


def plan_for(document_digest: str) -> RedactionPlan:
    edit = Edit(0, 3, 6, "苗某某", "F1")
    return RedactionPlan(document_digest, "p", "general", (), (edit,))


@pytest.fixture
def worker_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Put a program of the test's own in the place of the sandbox's inside."""

    def install(code: str) -> None:
        script = tmp_path / "worker.py"
        script.write_text(code)
        shim = tmp_path / "python"
        shim.write_text(f"#!/bin/sh\nexec {sys.executable} {script}\n")
        shim.chmod(0o700)
        monkeypatch.setattr(outside.sys, "executable", str(shim))

    return install


def test_a_document_crosses_the_border_whole() -> None:
    document = Sandbox().read("通知.txt", DRAFT)
    assert (document.format, document.text.strip()) == ("txt", "联系人苗秋实")


def test_a_plan_crosses_the_border_and_comes_back_written() -> None:
    sandbox = Sandbox()
    plan = plan_for(sandbox.read("通知.txt", DRAFT).digest)
    assert sandbox.write("txt", DRAFT, plan)[0].decode() == "联系人苗某某\n"
    assert sandbox.verify("txt", "联系人苗某某\n".encode(), {"苗秋实": 0}) == ()
    assert sandbox.verify("txt", DRAFT, {"苗秋实": 0}) != ()


def test_a_plan_for_other_text_is_refused() -> None:
    with pytest.raises(UnsafeOutputError):
        Sandbox().write("txt", DRAFT, plan_for("0" * 64))


def test_a_declared_error_keeps_its_kind_and_sentence() -> None:
    with pytest.raises(BrokenInputError, match="空"):
        Sandbox().read("通知.txt", b"")


def test_a_reader_that_runs_out_of_memory_is_too_large() -> None:
    small = Limits(memory=120 << 20)
    with pytest.raises((TooLargeInputError, BrokenInputError)):
        Sandbox(small).read("通知.txt", "长".encode() * (20 << 20))


def test_a_reader_that_hangs_is_stopped(worker_that) -> None:  # type: ignore[no-untyped-def]
    worker_that("import time; time.sleep(60)")
    with pytest.raises(TooLargeInputError, match="时间"):
        Sandbox(Limits(wall=1)).read("通知.txt", DRAFT)


def test_what_a_reader_started_ends_with_it(worker_that, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    left = tmp_path / "pid"
    worker_that(
        "import subprocess\n"
        "child = subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL)\n"
        f"open({str(left)!r}, 'w').write(str(child.pid))\n"
    )
    with pytest.raises(BrokenInputError):
        Sandbox().read("通知.txt", DRAFT)
    state = Path(f"/proc/{left.read_text()}/stat")
    deadline = time.monotonic() + 10
    while state.exists() and state.read_text().split()[2] != "Z":
        assert time.monotonic() < deadline, "the orphan lives on"
        time.sleep(0.05)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 9)",
        "print('no json')",
        "print('{}')",
        'print(\'{"format": "txt", "blocks": [[1]], "notes": []}\')',
        "import sys; sys.exit(1)",
    ],
    ids=["killed", "garbage", "empty answer", "malformed document", "failed"],
)
def test_an_answer_that_is_none_is_a_broken_input_when_reading(worker_that, code: str) -> None:  # type: ignore[no-untyped-def]
    worker_that(code)
    with pytest.raises(BrokenInputError):
        Sandbox().read("通知.txt", DRAFT)


@pytest.mark.parametrize("code", ["import os; os.kill(os.getpid(), 9)", "print('{}')"])
def test_an_answer_that_is_none_is_never_a_safe_output(worker_that, code: str) -> None:  # type: ignore[no-untyped-def]
    worker_that(code)
    with pytest.raises(UnsafeOutputError):
        Sandbox().write("txt", DRAFT, plan_for("x"))
    with pytest.raises(UnsafeOutputError):
        Sandbox().verify("txt", DRAFT, {})


def test_an_unknown_exception_tells_nothing_of_the_document(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def careless(request: dict[str, str], data: bytes) -> inside.Answer:
        raise ValueError(data.decode())

    monkeypatch.setitem(inside.OPERATIONS, "read", careless)
    answer, _ = inside._answer({"op": "read"}, DRAFT)
    assert answer["error"] == "BrokenInputError"
    assert "苗秋实" not in str(answer)


def test_the_scratch_folder_is_gone_afterwards(monkeypatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    Sandbox().read("通知.txt", DRAFT)
    assert list(tmp_path.iterdir()) == []


def test_what_was_read_in_a_draft_is_remembered_and_what_was_written_is_read_anew() -> None:
    readings = Readings()
    sandbox = Sandbox(readings=readings)
    draft = encoded(written(["电话 13912345678"], width=460), "PNG")
    document = sandbox.read("名单.png", draft)
    assert "13912345678" in document.text
    (digest,) = readings.of(draft)
    another = json.loads(json.dumps(readings.of(draft)).replace('"8"', '"9"'))
    readings.keep(draft, another)
    assert list(another) == [digest]
    assert "13912345679" in sandbox.read("名单.png", draft).text
    plan = RedactionPlan(document.digest, "p", "general", (), ())
    with pytest.raises(UnsafeOutputError):  # the plan was made on the other reading
        sandbox.write("image", draft, plan)
    readings.forget(draft)
    output, _ = sandbox.write("image", draft, plan)
    assert output == draft
    assert not readings.of(output)


def test_a_damaged_reading_is_a_file_that_cannot_be_read() -> None:
    readings = Readings()
    draft = encoded(written(["电话 13912345678"], width=460), "PNG")
    sandbox = Sandbox(readings=readings)
    sandbox.read("名单.png", draft)
    readings.keep(draft, {key: ["?"] for key in readings.of(draft)})
    with pytest.raises(BrokenInputError):
        sandbox.read("名单.png", draft)


def test_what_two_pictures_show_crosses_the_border() -> None:
    blank, spotted = Image.new("RGB", (160, 60), "white"), Image.new("RGB", (160, 60), "white")
    spotted.paste("black", (40, 20, 80, 40))
    files = [encoded(picture, "PNG") for picture in (blank, spotted)]
    assert [(seen.page, seen.sight) for seen in Sandbox().compare(*files, "image", [])] == [
        (1, Sight.OTHER)
    ]


@pytest.mark.parametrize("format", ["pdf", "image"])
def test_what_cannot_be_compared_is_one_declared_error(format: str) -> None:
    with pytest.raises(ReviewError):
        Sandbox().compare(b"%PDF-1.4 broken", b"\x89PNG broken", format, [])


def test_packages_that_are_none_are_told_as_broken_and_not_as_alike() -> None:
    with pytest.raises(BrokenInputError, match="图片无法读取"):
        Sandbox().compare(b"PK\x03\x04", b"PK\x03\x04", "docx", [])
