"""Case files are private, whole and nowhere but in their own case."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from flows import durable
from flows.store import casefiles
from flows.store.casefiles import CaseFiles
from review.errors import UnavailableError, UnsafeOutputError, WrongUsageError
from review.release import ReleasePackage

CASE = "2026-0001"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def files(home: Path) -> CaseFiles:
    return CaseFiles(home)


def package(case: str = CASE, **changes: object) -> ReleasePackage:
    fields = {"files": {"公示.docx": b"redacted"}, "manifest": b"{}\n"} | changes
    return ReleasePackage(case, **fields)


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


@pytest.mark.parametrize(
    "name", ["名单.xlsx", "../../etc/passwd", "a/b", "", ".", "a\x00b", "名" * 300, "x\udcff.txt"]
)
def test_a_source_keeps_any_name_and_lies_under_a_neutral_one(files, home, name: str):
    files.put_source(CASE, 0, name, b"draft")
    assert files.source(CASE, 0) == (name, b"draft")
    assert names(home / "cases" / CASE / "sources") == {"0.bin", "0.json"}
    assert names(home) == {"cases"}


def test_highlighted_drafts_are_private_and_kept_by_version(files, home) -> None:
    names_put = [files.put_marked_copy(CASE, n, ".pdf", b"%PDF") for n in (10, 0)]
    files.put_marked_copy(CASE, 0, ".docx", b"PK", "c1")
    assert names_put == ["marked-11.pdf", "marked-1.pdf"]
    assert [path.name for path in files.marked_copies(CASE)] == ["marked-1.pdf", "marked-11.pdf"]
    (path,) = files.marked_copies(CASE, "c1")
    assert (path.name, path.read_bytes()) == ("marked-c1-1.docx", b"PK")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert files.marked_copies("2026-0002") == []


def test_readings_lie_private_beside_their_source_and_count_only_whole(files, home) -> None:
    kept = '{"1":["黄树根"]}'.encode()
    digest = hashlib.sha256(kept).hexdigest()
    files.put_source(CASE, 0, "名单.png", b"draft", "r2")
    files.put_readings(CASE, 0, kept, "r2")
    (path,) = (home / "cases" / CASE / "sources-r2").glob("0.read")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert files.readings(CASE, 0, digest, "r2") == kept
    assert files.readings(CASE, 0, "", "r2") == files.readings(CASE, 1, digest, "r2") == b""
    path.write_bytes(kept + b" ")
    assert files.readings(CASE, 0, digest, "r2") == b""
    for put in (Path.mkdir, os.mkfifo):  # whoever reads a pipe waits for ever
        path.unlink() if path.is_file() else path.rmdir()
        put(path)
        assert files.readings(CASE, 0, digest, "r2") == b""
    files.drop_sources(CASE, "r2")
    assert not path.exists()


def test_several_files_and_both_sides_stay_apart(files: CaseFiles):
    for index in (0, 1, 10):
        files.put_source(CASE, index, f"s{index}", b"s%d" % index)
        files.put_output(CASE, index, f"o{index}", b"o%d" % index)
    assert [files.source(CASE, i) for i in (0, 1, 10)] == [
        ("s0", b"s0"),
        ("s1", b"s1"),
        ("s10", b"s10"),
    ]
    assert files.output(CASE, 1) == ("o1", b"o1")


def test_an_original_is_never_replaced(files: CaseFiles):
    files.put_source(CASE, 0, "a.txt", b"draft")
    files.put_source(CASE, 0, "a.txt", b"draft")
    with pytest.raises(UnsafeOutputError, match="原件"):
        files.put_source(CASE, 0, "a.txt", b"another")
    assert files.source(CASE, 0) == ("a.txt", b"draft")


def test_a_new_output_takes_the_place_of_the_old(files: CaseFiles):
    files.put_output(CASE, 0, "a.txt", b"first")
    files.put_output(CASE, 0, "b.txt", b"second")
    assert files.output(CASE, 0) == ("b.txt", b"second")


def test_changed_bytes_are_not_handed_out(files: CaseFiles, home: Path):
    files.put_output(CASE, 0, "a.txt", b"redacted")
    (home / "cases" / CASE / "outputs" / "0.bin").write_bytes(b"readacted")
    with pytest.raises(UnsafeOutputError, match="不一致"):
        files.output(CASE, 0)


@pytest.mark.parametrize("label", [b"", b"[]", b"{}", b"\xff", b"null"])
def test_a_broken_label_is_not_trusted(files: CaseFiles, home: Path, label: bytes):
    files.put_output(CASE, 0, "a.txt", b"redacted")
    (home / "cases" / CASE / "outputs" / "0.json").write_bytes(label)
    with pytest.raises(UnsafeOutputError):
        files.output(CASE, 0)


def test_what_is_not_there_is_wrong_usage(files: CaseFiles):
    for look in (
        lambda: files.source(CASE, 0),
        lambda: files.output(CASE, 0),
        lambda: files.record(CASE, "findings"),
    ):
        with pytest.raises(WrongUsageError, match="没有这个文件"):
            look()


def test_a_record_comes_back_as_json_gives_it(files: CaseFiles, home: Path):
    record = {"findings": [{"text": "张**", "n": 1}], "note": None, "odd": "\ud800"}
    files.put_record(CASE, "findings", record)
    assert files.record(CASE, "findings") == record
    path = home / "cases" / CASE / "records" / "findings.json"
    assert "张**" in path.read_bytes().decode("utf-8", "surrogatepass")
    files.put_record(CASE, "findings", [])
    assert files.record(CASE, "findings") == []


@pytest.mark.parametrize(
    "case", ["", ".", "..", "../2026-0001", "a/b", "/etc", "2026-0001\n", "案件", "a\x00", "-a"]
)
def test_a_case_id_cannot_lead_out_of_the_home(files: CaseFiles, home: Path, case: str):
    for use in (
        lambda: files.case_dir(case),
        lambda: files.released_dir(case),
        lambda: files.put_source(case, 0, "a", b""),
        lambda: files.put_record(case, "findings", {}),
        lambda: files.publish(package(case)),
    ):
        with pytest.raises(WrongUsageError, match="编号"):
            use()
    assert not home.exists()


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "记录", "a\n", ".hidden"])
def test_a_record_name_cannot_lead_out_of_its_case(files: CaseFiles, home: Path, name: str):
    with pytest.raises(WrongUsageError, match="记录名称"):
        files.put_record(CASE, name, {})
    with pytest.raises(WrongUsageError, match="记录名称"):
        files.record(CASE, name)
    assert not home.exists()


@pytest.mark.parametrize("index", [-1, "../0", 1.0, True])
def test_an_index_is_a_number_from_zero(files: CaseFiles, index):
    with pytest.raises(WrongUsageError, match="序号"):
        files.put_output(CASE, index, "a", b"")


def test_everything_is_private_whatever_the_umask(files: CaseFiles, home: Path):
    before = os.umask(0)
    try:
        files.put_source(CASE, 0, "a", b"x")
        files.put_output(CASE, 0, "a", b"x")
        files.put_record(CASE, "findings", {})
        folder = files.publish(package())
    finally:
        os.umask(before)
    paths = [path for path in home.rglob("*") if path.parent != folder]
    assert len(paths) == 13
    for path in [home, *paths]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o644}


def test_a_package_appears_whole(files: CaseFiles, home: Path):
    folder = files.publish(package())
    assert folder == home / "released" / CASE == files.released_dir(CASE)
    assert names(folder) == {"公示.docx", "manifest.json"}
    assert (folder / "公示.docx").read_bytes() == b"redacted"
    assert (folder / "manifest.json").read_bytes() == b"{}\n"


def test_publishing_the_same_again_changes_nothing(files: CaseFiles):
    folder = files.publish(package())
    before = {path: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}
    assert files.publish(package()) == folder
    assert before == {path: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {"公示.docx": b"other"}},
        {"files": {"别名.docx": b"redacted"}},
        {"files": {}},
        {"files": {"公示.docx": b"redacted", "附件.pdf": b"more"}},
        {"manifest": b"{}"},
    ],
)
def test_publishing_something_else_is_refused(files: CaseFiles, changes: dict[str, object]):
    folder = files.publish(package())
    with pytest.raises(UnsafeOutputError, match="已经发布过"):
        files.publish(package(**changes))
    assert (folder / "公示.docx").read_bytes() == b"redacted"
    assert names(folder) == {"公示.docx", "manifest.json"}


def test_a_foreign_file_in_a_released_folder_shows(files: CaseFiles):
    folder = files.publish(package())
    (folder / "extra.txt").write_bytes(b"")
    with pytest.raises(UnsafeOutputError):
        files.publish(package())


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".x",
        "../x",
        "a/b",
        "a\\b",
        "a\x00",
        "a\nb",
        "名" * 86,
        "\udcff",
        "Manifest.JSON",
    ],
)
def test_a_package_with_a_bad_name_is_refused(files: CaseFiles, home: Path, name: str):
    with pytest.raises(WrongUsageError):
        files.publish(package(files={name: b""}))
    assert not home.exists()


def test_two_files_of_one_name_but_for_case_are_refused(files: CaseFiles):
    with pytest.raises(WrongUsageError, match="重名"):
        files.publish(package(files={"a.txt": b"", "A.TXT": b""}))


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "磁盘空间不足"), (errno.EROFS, "EROFS")]
)
def test_a_disk_that_refuses_leaves_no_trace(files, home, monkeypatch, number: int, words: str):
    files.put_output(CASE, 0, "old.txt", b"old")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", refuse)
        with pytest.raises(UnavailableError, match=words):
            files.put_output(CASE, 0, "new.txt", b"new")
        with pytest.raises(UnavailableError, match=words):
            files.publish(package())
    assert files.output(CASE, 0) == ("old.txt", b"old")
    assert names(home / "cases" / CASE / "outputs") == {"0.bin", "0.json"}
    assert names(home / "released") == {f".{CASE}.lock"}


def test_a_home_that_is_a_file_is_unavailable(tmp_path: Path):
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(UnavailableError, match="数据目录"):
        CaseFiles(tmp_path / "home").put_source(CASE, 0, "a", b"")


def test_what_a_killed_publisher_left_is_cleared_away(files: CaseFiles, home: Path):
    left = home / "released" / f"{casefiles.TEMPORARY}{CASE}.abc"
    other = home / "released" / f"{casefiles.TEMPORARY}2026-00011.abc"
    for directory in (left, other):
        directory.mkdir(parents=True)
        (directory / "half").write_bytes(b"half")
    files.publish(package())
    assert not left.exists()
    assert other.exists()
