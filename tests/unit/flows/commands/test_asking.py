"""At a terminal an officer is asked for what he did not write on the line."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from review.case import Attribute, Case
from tests.fakes.officers_terminal import GROUNDS, store_in

ROSTER = "临时救助名单公示\n救助对象苗秋实，13900000001。\n（此件公开发布）"
REQUEST = "关于增加救助经费的请示\n内容略。"
PLAIN = "放假安排的说明\n内容略。"
_SECONDS = 60


@dataclass
class Terminal:
    """Sit at the terminal of one command: standard input and error are it, output is a pipe."""

    process: subprocess.Popen[bytes]
    screen: int
    seen: str = ""

    def answer(self, question: str, words: str) -> None:
        """Wait for a question that was not answered yet and type the words."""
        self.see(question)
        self.seen = self.seen.partition(question)[2]
        os.write(self.screen, f"{words}\n".encode())

    def see(self, words: str) -> None:
        """Wait until something stands on the screen."""
        deadline = time.monotonic() + _SECONDS
        raw = b""
        while words not in self.seen + raw.decode(errors="ignore"):
            ready, _, _ = select.select([self.screen], [], [], deadline - time.monotonic())
            assert ready, self.seen
            raw += os.read(self.screen, 4096)
        self.seen += raw.decode(errors="ignore")

    def end(self) -> tuple[int, str]:
        """Wait for the end; gives the exit code and what went to standard output."""
        while True:
            try:
                more = os.read(self.screen, 4096)
            except OSError:  # nobody holds the other end any more
                break
            self.seen += more.decode(errors="ignore")
        output, _ = self.process.communicate(timeout=_SECONDS)
        return self.process.returncode, output.decode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def sit(home: Path, tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Write a draft and begin to hand it in at a terminal."""
    screens: list[Terminal] = []

    def begin(text: str, *options: str) -> Terminal:
        draft = tmp_path / "草稿.txt"
        draft.write_text(text)
        screen, own = pty.openpty()
        command = [sys.executable, "-m", "tests.fakes.officers_terminal", str(home)]
        process = subprocess.Popen(
            [*command, "submit", str(draft), *options],
            stdin=own, stdout=subprocess.PIPE, stderr=own,
            start_new_session=True, env=os.environ | {"TERM": "dumb", "COLUMNS": "200"},
        )  # fmt: skip
        os.close(own)
        screens.append(Terminal(process, screen))
        return screens[-1]

    yield begin
    for each in screens:
        each.process.kill()
        each.process.communicate()
        os.close(each.screen)


def cases(home: Path) -> list[Case]:
    store = store_in(home)
    try:
        return store.list()
    finally:
        store.close()


def test_suggestions_are_taken_with_enter_and_a_wrong_number_is_asked_again(
    sit: Callable[..., Terminal], home: Path
) -> None:
    terminal = sit(ROSTER)
    terminal.see("建议“救助名单”：标题中有“救助名单”")
    terminal.answer("文件类别，请写编号 [3]:", "")
    terminal.see("建议“主动公开”：文中标注为主动公开")
    terminal.answer("公开属性，请写编号 [1]:", "")
    terminal.answer("送审人工号:", "wu")
    terminal.see("没有办理此事的权限")
    terminal.answer("送审人工号:", "zhou")
    code, output = terminal.end()
    assert code == 0
    (case,) = cases(home)
    assert f"案件 {case.id}" in output
    assert "检测结果：需人工审核" in output
    assert "文件类别" not in output
    told = case.submission
    assert (told.category, told.attribute, told.officer) == ("roster", Attribute.PROACTIVE, "zhou")
    assert "苗秋实" not in terminal.seen + output


def test_grounds_are_asked_for_where_the_attribute_needs_them(
    sit: Callable[..., Terminal], home: Path
) -> None:
    terminal = sit(REQUEST, "--officer", "zhou")
    terminal.see("标题看不出是哪一类")
    terminal.answer("文件类别，请写编号 [1]:", "9")
    terminal.see("请写 1 到 3 之间的编号")
    terminal.answer("文件类别，请写编号 [1]:", "一般文件")
    terminal.answer("公开属性，请写编号 [3]:", "")
    terminal.answer("可以不予公开]:", "")
    terminal.answer("不予公开的法律依据，请写编号:", "3")
    assert terminal.end()[0] == 0
    (case,) = cases(home)
    assert case.submission.attribute is Attribute.WITHHELD
    assert case.submission.reason == "标题像讨论记录、过程稿或请示，可以不予公开"
    assert case.submission.basis == GROUNDS[2]


def test_a_basis_of_ones_own_may_be_written(sit: Callable[..., Terminal], home: Path) -> None:
    options = ("--category", "general", "--attribute", "不予公开", "--officer", "zhou")
    terminal = sit(PLAIN, *options)
    terminal.answer("不予公开的理由:", " ")
    terminal.answer("不予公开的理由:", "尚在研究")
    terminal.answer("不予公开的法律依据，请写编号:", "4")
    terminal.answer("法律依据（写明条款）:", "某法第三条")
    assert terminal.end()[0] == 0
    (case,) = cases(home)
    assert (case.submission.reason, case.submission.basis) == ("尚在研究", "某法第三条")


@pytest.mark.parametrize(("said", "code", "opened"), [("n", 130, 0), ("y", 0, 1)])
def test_a_mark_that_contradicts_is_asked_about_before_a_case_is_opened(
    sit: Callable[..., Terminal], home: Path, said: str, code: int, opened: int
) -> None:
    options = ("--category", "general", "--attribute", "依申请公开", "--officer", "zhou")
    terminal = sit(ROSTER, *options, "--reason", "涉及个人隐私")
    terminal.see("文中标注的是“主动公开”，填报的是“依申请公开”")
    terminal.answer("仍按“依申请公开”送审？", said)
    assert terminal.end()[0] == code
    assert len(cases(home)) == opened


def test_who_says_all_is_asked_nothing(sit: Callable[..., Terminal], home: Path) -> None:
    terminal = sit(PLAIN, "--category", "general", "--attribute", "主动公开", "--officer", "zhou")
    assert terminal.end()[0] == 0
    assert "请写编号" not in terminal.seen
    assert len(cases(home)) == 1


def test_walking_away_from_a_question_opens_no_case(
    sit: Callable[..., Terminal], home: Path
) -> None:
    terminal = sit(PLAIN)
    terminal.answer("文件类别，请写编号 [1]:", "\x04")
    code, _ = terminal.end()
    assert (code, cases(home)) == (130, [])
    assert "已取消" in terminal.seen


def test_a_file_that_cannot_be_used_is_told_before_any_question(
    sit: Callable[..., Terminal], home: Path, tmp_path: Path
) -> None:
    terminal = sit(PLAIN, "--attach", str(tmp_path / "没有.txt"))
    code, _ = terminal.end()
    assert code == 5
    assert "文件不存在" in terminal.seen
    assert "请写编号" not in terminal.seen


def test_a_program_that_wants_json_is_never_asked(sit: Callable[..., Terminal], home: Path) -> None:
    terminal = sit(PLAIN, "--json")
    assert terminal.end()[0] == 2
    assert "缺少 --category 文件类别、--attribute 公开属性、--officer 送审人工号" in terminal.seen
