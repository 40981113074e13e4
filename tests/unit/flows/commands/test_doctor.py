from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.doctor import _calendar, doctor
from flows.intake.watch import _alone, is_watched
from flows.scratch import PREFIX

pytestmark = pytest.mark.usefixtures("doctor_reads_a_picture_once")


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer on a port as a running server does."""
    with HTTPServer(("127.0.0.1", 0), _Healthy) as running:
        monkeypatch.setenv("REVIEW_API_URL", f"http://127.0.0.1:{running.server_port}/api")
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield
        running.shutdown()
        thread.join()


@contextmanager
def watched(inbox: Path) -> Iterator[None]:
    inbox.mkdir()
    with _alone(inbox):
        yield


def service() -> dict[str, object]:
    checks = json.loads(CliRunner().invoke(doctor, "--json").output)["checks"]
    (found,) = (check for check in checks if check["name"].startswith("审查服务"))
    return dict(found)


@pytest.mark.usefixtures("server")
def test_a_server_of_this_home_is_well(private_home: Path) -> None:
    with watched(private_home / "inbox"):
        assert service()["ok"] is True


@pytest.mark.usefixtures("server")
def test_a_server_of_another_home_is_not_ours() -> None:
    found = service()
    assert found["ok"] is False
    assert "别的数据文件夹" in str(found["advice"])


def test_without_a_server_the_doctor_says_how_to_start_one() -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REVIEW_API_URL", "http://127.0.0.1:9/api")
        assert "review up" in str(service()["advice"])


def checks() -> dict[str, dict[str, object]]:
    told = json.loads(CliRunner().invoke(doctor, "--json").output)["checks"]
    return {check["name"]: check for check in told}


def test_the_doctor_has_a_picture_read() -> None:
    assert checks()["图片文字识别（扫描件、照片、截图）"]["ok"] is True


@pytest.mark.parametrize("name", ["worker.token", "door.key", "staff.key"])
def test_a_key_that_others_read_is_told_with_the_remedy(private_home: Path, name: str) -> None:
    file = private_home / name
    file.write_bytes(b"k" * 32)
    file.chmod(0o600)
    assert checks()[f"密钥文件 {name}"]["ok"] is True
    file.chmod(0o640)
    found = checks()[f"密钥文件 {name}"]
    assert (found["ok"], found["exit_code"]) == (False, 10)
    assert f"chmod 600 {file}" in str(found["advice"])


def test_a_page_open_to_the_network_without_tls_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "网页只对本机开放或已加密"
    assert checks()[name]["ok"] is True
    monkeypatch.setenv("REVIEW_API_URL", "http://0.0.0.0:9/api")
    assert "REVIEW_TLS_CERT" in str(checks()[name]["advice"])


def test_a_folder_is_watched_only_while_a_process_does_so(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    assert not is_watched(inbox)
    with watched(inbox):
        assert is_watched(inbox)
    assert not is_watched(inbox)


@pytest.mark.parametrize(
    ("moment", "unknown"),
    [
        (datetime(2025, 12, 31, 16, tzinfo=UTC), []),  # New Year in Beijing already
        (datetime(2088, 10, 31, tzinfo=UTC), [2088]),
        (datetime(2088, 11, 1, tzinfo=UTC), [2088, 2089]),
    ],
)
def test_holidays_that_are_not_known_are_told_of(moment: datetime, unknown: list[int]) -> None:
    found = _calendar(moment)
    assert found.ok is (not unknown)
    assert found.exit_code == 0
    assert all(f"{year} 年的放假安排尚未收录" in found.advice for year in unknown)


def test_the_next_year_is_asked_for_from_november_on() -> None:
    advice = _calendar(datetime(2088, 10, 31, 15, 59, tzinfo=UTC)).advice
    assert "2089" not in advice


def reminding() -> dict[str, object]:
    checks = json.loads(CliRunner().invoke(doctor, "--json").output)["checks"]
    (found,) = (check for check in checks if check["name"].startswith("到期提醒"))
    return dict(found)


def test_reminders_are_optional() -> None:
    assert reminding()["ok"] is True


def test_a_way_to_remind_that_cannot_work_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_WEBHOOK_URL", "http://office.example/hook?key=geheim")
    found = reminding()
    assert found["ok"] is False
    assert "REVIEW_WEBHOOK_URL" in str(found["advice"])
    assert "geheim" not in str(found)


def test_faulty_rules_are_told_together_with_what_goes_on_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy.yaml").write_text("floor: 无", encoding="utf-8")
    monkeypatch.setenv("REVIEW_POLICY", str(tmp_path))
    done = CliRunner().invoke(doctor)
    assert done.exit_code == 8
    assert "改正之前，仍按原来的规则办理" in done.output


def test_what_must_be_mended_is_labelled_apart_from_what_may_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REVIEW_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setenv("REVIEW_TLS_CERT", "/none/cert.pem")
    done = CliRunner().invoke(doctor)
    assert done.exit_code == 2
    assert "错误  网页只对本机开放或已加密" in done.output
    assert "注意  审查服务" in done.output


def test_what_a_killed_process_left_is_told_and_not_touched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "draft0.doc").write_bytes(b"draft")
    told = checks()["处理文件用的临时文件夹（有 1 个是中断的处理留下的）"]
    assert not told["ok"]
    assert "review up" in told["advice"]
    assert (left / "draft0.doc").exists()
    shutil.rmtree(left)
    assert checks()["处理文件用的临时文件夹（没有残留）"]["ok"]
