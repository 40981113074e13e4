from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows import cli

DOCX_PARTS = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
BOMB = 130 * 1024 * 1024


def review(*arguments: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"REVIEW_HOME": str(home), "REVIEW_API_URL": "http://127.0.0.1:9/api"}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        env=env, capture_output=True,
    )  # fmt: skip
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def within(*arguments: str | Path, stdin: str | None = None) -> Result:
    """Run a command in this process, where the detectors are loaded: starting one takes seconds."""
    return CliRunner().invoke(cli.cli, list(map(str, arguments)), input=stdin)


def one_sentence(text: str) -> bool:
    return "Traceback" not in text and any("一" <= c <= "鿿" for c in text)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def bad_file(kind: str, folder: Path) -> Path:
    path = folder / {"wrong": "通知.docx", "unknown": "通知.xyz"}.get(kind, f"{kind}.docx")
    if kind == "truncated":
        path.write_bytes(zipped(path, {"word/document.xml": os.urandom(5000)}).read_bytes()[:3000])
    elif kind == "bomb":
        zipped(path, dict.fromkeys(DOCX_PARTS, b" " * BOMB))
    elif kind == "doctype":
        evil = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        zipped(path, dict.fromkeys(DOCX_PARTS, evil))
    elif kind == "duplicate":
        zipped(path, dict.fromkeys(DOCX_PARTS, b"<a/>"))
        with zipfile.ZipFile(path, "a") as package, pytest.warns(match="Duplicate name"):
            package.writestr(DOCX_PARTS[2], b"<b/>")
    elif kind == "encrypted":
        path.write_bytes(
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16le") * 99
        )
    elif kind == "encoding":
        path = path.with_suffix(".txt")
        path.write_bytes(bytes(range(128, 256)) * 40)
    elif kind == "large":
        with path.open("wb") as sparse:
            sparse.truncate(300 << 20)
    else:
        path.write_bytes(b"" if kind == "empty" else b"%PDF-1.7 nonsense")
    return path


@pytest.mark.parametrize(
    "kind",
    ["empty", "truncated", "bomb", "doctype", "duplicate", "encrypted", "encoding", "large",
     "wrong", "unknown"],
)  # fmt: skip
def test_a_bad_file_gets_one_sentence_and_exit_5_and_nothing_is_written(
    kind: str, tmp_path: Path
) -> None:
    path = bad_file(kind, tmp_path)
    before = path.stat()
    out = tmp_path / "out"
    done = within("redact", path, "-o", out)
    assert done.exit_code == 5, done.output
    assert one_sentence(done.stderr)
    assert not out.exists() or not list(out.iterdir())
    assert path.stat().st_mtime == before.st_mtime


@pytest.mark.parametrize(("command", "codes"), [("scan", [5, 0, 3, 4]), ("redact", [5, 0, 0, 4])])
def test_the_queue_goes_on_after_a_bad_file_and_the_highest_code_wins(
    command: str, codes: list[int], tmp_path: Path
) -> None:
    drafts = {
        "a.docx": "",
        "b.txt": "放假通知",
        "c.txt": "联系人手机：13800138000",
        "d.txt": "机密★10年\n\n关于安全保卫的报告\n",
    }
    for name, text in drafts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    output = ("-o", tmp_path / "out") if command == "redact" else ()
    paths = [tmp_path / name for name in drafts]
    done = within(command, "--json", *paths, *output)
    assert done.exit_code == 5
    assert [file["exit_code"] for file in json.loads(done.stdout)["files"]] == codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("scan",), 2),
        (("scan", "--nonsense"), 2),
        (("gossip",), 2),
        (("scan", "x.txt", "--category", "gossip"), 2),
        (("scan", "/no/such/file.txt"), 5),
        (("submit", "x.txt"), 2),
        (("show", "2026-9999"), 2),
        (("scan", "x.txt", "--policy", "/no/such/folder"), 2),
    ],
)
def test_wrong_usage_gets_a_chinese_sentence_and_its_code(
    arguments: tuple[str, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["review", *arguments])
    monkeypatch.setenv("LANGUAGE", "")  # what the command sets goes with the test
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert (ended.value.code, one_sentence(said)) == (code, True), said


def test_a_draft_with_a_secrecy_mark_is_blocked_and_not_redacted(tmp_path: Path) -> None:
    draft = tmp_path / "报告.txt"
    draft.write_text("机密★10年\n\n关于安全保卫的报告\n", encoding="utf-8")
    assert within("scan", draft).exit_code == 4
    done = within("redact", draft, "-o", tmp_path / "out")
    assert (done.exit_code, (tmp_path / "out").exists()) == (4, False)


def test_a_missing_server_is_exit_9_and_opens_no_case(tmp_path: Path) -> None:
    draft = tmp_path / "通知.txt"
    draft.write_text("放假通知", encoding="utf-8")
    review("staff", "add", "zhou", "--role", "officer", home=tmp_path)
    options = ("--category", "general", "--attribute", "proactive", "--officer", "zhou")
    done = review("submit", draft, *options, home=tmp_path)
    assert (done.returncode, one_sentence(done.stderr)) == (9, True)
    assert json.loads(review("cases", "--json", home=tmp_path).stdout) == {"cases": []}


def test_values_are_masked_unless_revealed(tmp_path: Path) -> None:
    draft = tmp_path / "通知.txt"
    draft.write_text("联系电话：13912345678", encoding="utf-8")
    masked = within("scan", draft).output
    assert "电话号码" in masked
    assert "13912345678" not in masked
    assert "13912345678" in within("scan", draft, "--reveal").stdout


def test_json_lines_stream_in_order_and_survive_a_broken_line() -> None:
    lines = [
        json.dumps({"id": "a", "text": "联系电话：13912345678"}),
        "{broken",
        json.dumps({"id": "c", "text": "无"}),
    ]
    done = within("scan", "--jsonl", "-", stdin="\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 5
    assert [answer["id"] for answer in answers] == ["a", None, "c"]
    (found,) = answers[0]["findings"]
    assert (found["start"], found["end"], found["entity"]) == (5, 16, "PHONE_NUMBER")
    assert "第 2 行" in answers[1]["error"]["message"]


def test_output_off_a_terminal_has_no_colour(tmp_path: Path) -> None:
    draft = tmp_path / "通知.txt"
    draft.write_text("联系电话：13912345678", encoding="utf-8")
    assert "\x1b[" not in review("scan", draft, home=tmp_path).stdout


def test_help_is_chinese_and_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, flows.cli\n"
        "try: flows.cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'presidio_analyzer', 'prefect', 'jieba', 'sqlalchemy', 'lxml', 'rich'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert "选项" in done.stdout.decode()


def test_a_scan_proposes_the_disclosure_attribute_with_its_ground(tmp_path: Path) -> None:
    draft = tmp_path / "关于增加编制的请示.txt"
    draft.write_text("关于增加编制的请示\n县政府：\n请予批准。", encoding="utf-8")
    told = within("scan", draft).stdout
    assert "建议公开属性：不予公开。" in told
    (file,) = json.loads(within("scan", "--json", draft).stdout)["files"]
    proposed = file["attribute_proposed"]
    assert (proposed["attribute"], proposed["basis"]) == ("withheld", "政府信息公开条例第十六条")
    assert proposed["reason"]


def test_a_command_ended_from_outside_removes_its_scratch_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def working(*, standalone_mode: bool) -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)

    monkeypatch.setattr(cli.cli, "main", working)
    monkeypatch.setenv("LANGUAGE", "")
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "已取消。\n"
    assert list(tmp_path.iterdir()) == []
