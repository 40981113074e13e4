"""Pictures of lists as users hand them in: a screenshot by command, a photograph in the inbox."""

from __future__ import annotations

import json
import stat
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from flows.cli import cli
from flows.commands.watch import open_inbox
from flows.intake.inbox import Fate
from redact.pictures.format import ImageFormat
from review.case import Case, State
from tests.conftest import RunningOffice
from tests.fakes.pictures import encoded
from tests.fakes.scans import table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack")]

ROSTER = [
    ["姓名", "身份证号", "联系电话"],
    ["苗秋实", "350181198503122019", "13912345671"],
    ["骆秀穗", "329826195302232564", "13812345672"],
]
PAGE = table(ROSTER, [160, 400, 280])


@pytest.fixture
def office(running_office: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> RunningOffice:
    """Let commands of this process work in the office that is running."""
    monkeypatch.setenv("REVIEW_HOME", str(running_office.settings.home))
    monkeypatch.setenv("REVIEW_API_URL", running_office.settings.api_url)
    return running_office


def released(office: RunningOffice, case: str) -> tuple[Case, Path]:
    """Approve a case that waits, and give it with the file that is released."""
    waiting = office.until(case, State.AWAITING)
    answers = {"decision": "同意公开", "code": office.fresh_code("lin")}
    office.resume(case, office.waiting_run(case), answers, "lin")
    office.until(case, State.RELEASED)
    folder = office.desk.files.released_dir(case)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert not any(value in str(manifest) for row in ROSTER[1:] for value in row)
    (file,) = manifest["files"]
    return waiting, folder / file["name"]


def text_of(path: Path) -> str:
    return "".join(ImageFormat().read(path.read_bytes()).text.split())


def test_a_screenshot_handed_in_by_command_is_released_painted_over(
    office: RunningOffice, tmp_path: Path
) -> None:
    draft = tmp_path / "临时救助名单.png"
    draft.write_bytes(encoded(PAGE, "PNG"))
    said = CliRunner().invoke(
        cli,
        ["submit", str(draft), "--category", "social_assistance", "--attribute", "proactive",
         "--officer", "zhou", "--json"],
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    (opened,) = json.loads(said.stdout)["cases"]
    waiting, path = released(office, opened["case"])
    assert path.name == draft.name
    assert Image.open(path).size == PAGE.size
    shown = text_of(path)
    assert "身份证号" in shown
    assert not any(value in shown for row in ROSTER[1:] for value in row[1:])
    folder = office.desk.files.case_dir(waiting.id) / "sources"
    assert waiting.drafts[0].readings
    assert stat.S_IMODE((folder / "0.read").stat().st_mode) == 0o600


def test_a_photograph_in_the_watched_folder_is_released_without_what_the_camera_wrote(
    office: RunningOffice, tmp_path: Path
) -> None:
    inbox = open_inbox(tmp_path / "inbox")
    inbox.prepare()
    folder = next(inbox.root.glob("social_assistance*"))
    exif = Image.Exif()
    exif[0x010E] = "HUANGSHUGEN"
    photograph = PAGE.rotate(1.5, Image.Resampling.BICUBIC, expand=True, fillcolor=(225, 222, 215))
    (folder / "IMG_0412.jpg").write_bytes(encoded(photograph, "JPEG", quality=85, exif=exif))
    (folder / "IMG_0412.yaml").write_text("officer: zhou\nattribute: 主动公开\n")
    inbox.sweep(0.0)
    (outcome,) = inbox.sweep(inbox.settle)
    assert outcome.fate is Fate.ACCEPTED, outcome.message
    _, path = released(office, outcome.case)
    data = path.read_bytes()
    assert b"HUANGSHUGEN" not in data
    assert Image.open(BytesIO(data)).format == "JPEG"
    assert not any(value in text_of(path) for row in ROSTER[1:] for value in row[1:])
