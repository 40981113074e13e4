from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.commands.tables import print_scan

_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def found(number: int, action: str = "mask", entity: str = "CN_ID_CARD") -> dict[str, Any]:
    return {
        "id": f"F{number}",
        "entity": entity,
        "role": "unknown",
        "person": "",
        "text": "43************1X",
        "action": action,
        "location": {"part": "table", "block": number, "cell": f"C{number}"},
        "basis": "依据",
    }


def told(findings: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> str:
    print_scan({"path": "名单.csv", "verdict": "flagged", "findings": findings})
    return capsys.readouterr().out


def test_a_table_that_somebody_reads_is_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    out = told([found(n) for n in range(1, 201)], capsys)
    assert "F200 " in out
    assert "--json" not in out


def test_of_very_many_the_first_are_printed_and_all_are_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = [found(n, "replace", "PERSON") for n in range(1001, 1301)]
    out = told([*(found(n) for n in range(1, 1001)), *names], capsys)
    assert "F200 " in out
    assert "F201 " not in out
    closing = "".join(out.split("上表只列出 200 处")[1].split())
    assert closing.startswith("，全文共1,300处")
    assert "身份证号码（遮盖）1,000处" in closing
    assert "姓名（替换）300处" in closing
    assert closing.endswith("要看全部，请加--json。")


def test_what_stops_a_file_is_printed_wherever_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    mark = found(900, "block", "SECRECY_MARK")
    out = told([*(found(n) for n in range(1, 900)), mark], capsys)
    assert "F900 " in out
    assert "F199 " in out
    assert "F200 " not in out


def test_on_a_terminal_no_line_of_a_result_is_written_over_by_what_moves(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("联系电话：13800138000", encoding="utf-8")
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "flows.cli", "scan", str(tmp_path)]
    wide = {"TERM": "xterm", "COLUMNS": "400"}
    environment = os.environ | wide | {"REVIEW_HOME": str(tmp_path / ".home")}
    with subprocess.Popen(command, stdout=terminal, stderr=terminal, env=environment) as running:
        os.close(terminal)
        shown = b"".join(iter(lambda: read(screen), b"")).decode()
    os.close(screen)
    assert running.returncode == 3
    assert "检测" in shown
    # A line that is erased begins anew: what stands behind the last erasure is what stays.
    lines = [_STYLE.sub("", line.rsplit("\x1b[2K", 1)[-1]) for line in shown.splitlines()]
    assert [line for line in lines if "检出" in line] == [
        f"{tmp_path / name}  需人工审核，检出 1 处" for name in ("乙.txt", "甲.txt")
    ]


def read(screen: int) -> bytes:
    try:
        return os.read(screen, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""
