from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from bench import torture
from bench.torture import End, treat
from flows.processing.sandbox import Sandbox


def test_a_file_ends_released_or_refused_with_a_reason(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.docx"
    good.write_text("这是一份公开的通知，请各单位遵照执行。", encoding="utf-8")
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("readme", "")
    assert treat(good)[1:4] == (".txt", End.RELEASED, "")
    assert treat(bad).end is End.REFUSED
    assert treat(bad).reason.endswith("。")


def test_a_file_that_cannot_be_proven_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("公开的通知", encoding="utf-8")
    monkeypatch.setattr(Sandbox, "verify", lambda *_: ("正文仍能读到应隐去的内容。",))
    assert treat(path)[2:4] == (End.HELD, "正文仍能读到应隐去的内容。")


def test_what_is_no_declared_error_is_told_apart(tmp_path: Path) -> None:
    assert treat(tmp_path / "absent.txt").end is End.ESCAPED


def test_only_files_of_our_formats_are_treated_and_what_is_not_released_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, told = tmp_path / "in", tmp_path / "list"
    folder.mkdir()
    (folder / "a.TXT").write_text("公开的通知", encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"")
    (folder / "c.exe").write_bytes(b"MZ")
    monkeypatch.setattr(sys, "argv", ["torture", str(folder), str(told)])
    torture.main()
    assert told.read_text(encoding="utf-8") == (
        f"拒收\t文件是空的（0 字节），请检查后重新提交。\t{folder / 'b.pdf'}\n"
    )
    assert ".exe" not in capsys.readouterr().out
