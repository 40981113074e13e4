"""The files of the cases under ``REVIEW_HOME``: sources, outputs, records, released packages."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.durable import (
    TEMPORARY,
    declared_errors,
    locked,
    make_private,
    sync_directory,
    write_file,
)
from review.errors import UnsafeOutputError, WrongUsageError
from review.release import ReleasePackage

_MANIFEST = "manifest.json"
_RELEASED_FILE = 0o644
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_RECORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]")
_NAME_BYTES = 255


class CaseFiles:
    """Keep every file of a case private and whole.

    A file stands under a neutral name; its own name is in a JSON beside it, with its digest. What
    was handed in or made anew has a ``version`` of its own, so that no earlier one is lost.
    Every method raises ``WrongUsageError`` on a case, index or name that is none, and
    ``UnavailableError`` when the disk refuses.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    def case_dir(self, case: str) -> Path:
        """Name the directory of a case; it may not exist yet."""
        if not _CASE.fullmatch(case):
            raise WrongUsageError("案件编号的写法不对，请用 review cases 查看已有案件。")
        return self._home / "cases" / case

    def released_dir(self, case: str) -> Path:
        """Name the directory of a case's released package; it exists once it is published."""
        return self._home / "released" / self.case_dir(case).name

    def manifest(self, case: str) -> Mapping[str, Any]:
        """Return the manifest of a case's released package, empty before it is published."""
        path = self.released_dir(case) / _MANIFEST
        return dict(_load(_read(path))) if path.exists() else {}

    def released(self, case: str) -> Mapping[str, bytes]:
        """Return the files of a released package by name, empty where it lies elsewhere by now."""
        with declared_errors():
            folder = self.released_dir(case)
            return _directory(folder) if folder.is_dir() else {}

    def put_source(self, case: str, index: int, name: str, data: bytes, version: str = "") -> None:
        """Keep a file as it was handed in.

        The same bytes again change nothing; others raise ``UnsafeOutputError``, for an original
        is never replaced.
        """
        blob = self._blob(case, _kind("sources", version), index)
        with declared_errors():
            if blob.exists() and blob.read_bytes() != data:
                raise UnsafeOutputError("该件已存有另一份原件，原件不能替换，请重新送审。")
        _put(blob, name, data)

    def source(self, case: str, index: int, version: str = "") -> tuple[str, bytes]:
        """Return name and bytes of a file as it was handed in."""
        return _take(self._blob(case, _kind("sources", version), index))

    def put_readings(self, case: str, index: int, readings: bytes, version: str = "") -> None:
        """Keep what machines read in a file beside it, as private as it and gone with it."""
        path = self._readings(case, index, version)
        make_private(path.parent)
        write_file(path, readings)

    def readings(self, case: str, index: int, digest: str, version: str = "") -> bytes:
        """Return what machines read in a file, empty where that is not of this SHA-256."""
        path = self._readings(case, index, version)
        with declared_errors():
            data = path.read_bytes() if digest and path.is_file() else b""
        return data if hashlib.sha256(data).hexdigest() == digest else b""

    def drop_sources(self, case: str, version: str) -> None:
        """Forget files that were put for a version of a case that never came to be."""
        with declared_errors():
            shutil.rmtree(self.case_dir(case) / _kind("sources", version), ignore_errors=True)

    def sources(self, case: str, version: str = "") -> list[tuple[str, bytes]]:
        """Return name and bytes of every file that was handed in as this version, in order."""
        folder = self.case_dir(case) / _kind("sources", version)
        numbers = sorted(int(blob.stem) for blob in folder.glob("*.bin"))
        return [self.source(case, number, version) for number in numbers]

    def put_output(self, case: str, index: int, name: str, data: bytes, version: str = "") -> None:
        """Keep a redacted file until it is approved; a new one takes the place of the old."""
        _put(self._blob(case, _kind("outputs", version), index), name, data)

    def output(self, case: str, index: int, version: str = "") -> tuple[str, bytes]:
        """Return name and bytes of a redacted file.

        Raises ``UnsafeOutputError`` if the bytes are not those that were put.
        """
        return _take(self._blob(case, _kind("outputs", version), index))

    def put_record(self, case: str, name: str, record: object) -> None:
        """Keep what JSON can hold (findings, a summary) under a name."""
        path = self._record(case, name)
        make_private(path.parent)
        write_file(path, _json(record))

    def put_review_copy(self, case: str, page: str, version: str = "") -> None:
        """Keep the page that shows original and published text side by side."""
        path = self.review_copy(case, version)
        make_private(path.parent)
        write_file(path, page.encode("utf-8", "replace"))

    def review_copy(self, case: str, version: str = "") -> Path:
        """Name the review copy of a version of a case; it exists once that is scanned."""
        return self.case_dir(case) / f"{_kind('review', version)}.html"

    def put_marked_copy(
        self, case: str, number: int, suffix: str, data: bytes, version: str = ""
    ) -> str:
        """Keep a highlighted draft beside the review copy; gives the name under which it links."""
        path = self.case_dir(case) / f"{_kind('marked', version)}-{number + 1}{suffix}"
        make_private(path.parent)
        write_file(path, data)
        return path.name

    def marked_copies(self, case: str, version: str = "") -> list[Path]:
        """Name the highlighted drafts of a version of a case, in order."""
        found = re.compile(rf"{re.escape(_kind('marked', version))}-([0-9]+)\.(?:docx|pdf)")
        with declared_errors():
            folder = self.case_dir(case)
            held = folder.iterdir() if folder.is_dir() else ()
            named = [(int(m[1]), path) for path in held if (m := found.fullmatch(path.name))]
        return [path for _, path in sorted(named)]

    def shown(self, case: str, version: str = "") -> str:
        """Fold all that people see of a version into one SHA-256.

        That is the record of findings, the review copy, highlighted drafts, names of the outputs.
        """
        names = self.case_dir(case) / _kind("outputs", version)
        paths = [
            self._record(case, findings_name(version)),
            self.review_copy(case, version),
            *self.marked_copies(case, version),
        ]
        with declared_errors():
            held = [path.read_bytes() if path.exists() else b"" for path in paths]
            held += [path.read_bytes() for path in sorted(names.glob("*.json"))]
        digests = (hashlib.sha256(data).digest() for data in held)
        return hashlib.sha256(b"".join(digests)).hexdigest()

    def record(self, case: str, name: str) -> Any:
        """Return a record; raises ``WrongUsageError`` if there is none."""
        return _load(_read(self._record(case, name)))

    def publish(self, package: ReleasePackage) -> Path:
        """Let a whole package appear at once under ``released/CASE``.

        The same package again returns the same path; another raises ``UnsafeOutputError``.
        """
        target = self.released_dir(package.case)
        released = target.parent
        contents = _contents(package)
        make_private(released)
        with locked(released / f".{target.name}.lock"), declared_errors():
            if target.exists():
                if _directory(target) != contents:
                    raise UnsafeOutputError("该件已经发布过，内容与本次不同，没有覆盖；请先撤回。")
                return target
            for left_over in released.glob(f"{TEMPORARY}{target.name}.*"):
                shutil.rmtree(left_over)
            fresh = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY}{target.name}.", dir=released))
            try:
                for name, data in contents.items():
                    write_file(fresh / name, data, _RELEASED_FILE)
                fresh.rename(target)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            sync_directory(released)
        return target

    def _blob(self, case: str, kind: str, index: int) -> Path:
        if type(index) is not int or index < 0:
            raise WrongUsageError("文件序号应为从 0 起的整数。")
        return self.case_dir(case) / kind / f"{index}.bin"

    def _readings(self, case: str, index: int, version: str) -> Path:
        return self._blob(case, _kind("sources", version), index).with_suffix(".read")

    def _record(self, case: str, name: str) -> Path:
        if not _RECORD.fullmatch(name):
            raise WrongUsageError("记录名称只能用字母、数字、点、横线和下划线。")
        return self.case_dir(case) / "records" / f"{name}.json"


def findings_name(version: str) -> str:
    """Name the record of what was found in a version of a case."""
    return _kind("findings", version)


def further_name(token: str) -> str:
    """Name the record of the text that an answer wants hidden besides."""
    return f"further-{token}"


def _kind(kind: str, version: str) -> str:
    return f"{kind}-{version}" if version else kind


def _put(blob: Path, name: str, data: bytes) -> None:
    make_private(blob.parent)
    label = {"name": name, "sha256": hashlib.sha256(data).hexdigest()}
    write_file(blob, data)
    write_file(blob.with_suffix(".json"), _json(label))


def _take(blob: Path) -> tuple[str, bytes]:
    label = _load(_read(blob.with_suffix(".json")))
    data = _read(blob)
    if not isinstance(label, dict) or hashlib.sha256(data).hexdigest() != label.get("sha256"):
        raise UnsafeOutputError("存放的文件与登记时不一致，已停止办理，请重新送审。")
    return str(label["name"]), data


def _read(path: Path) -> bytes:
    with declared_errors():
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise WrongUsageError("该件没有这个文件，请确认编号或重新送审。") from None


def _json(value: object) -> bytes:
    """Write JSON; a name from the file system may hold bytes that are no Unicode."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _load(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except ValueError:
        raise UnsafeOutputError("该件的记录已损坏，已停止办理，请重新送审。") from None


def _contents(package: ReleasePackage) -> Mapping[str, bytes]:
    """Give all files of a package by name, each a plain name of its own."""
    folded = [name.casefold() for name in (*package.files, _MANIFEST)]
    if len(set(folded)) != len(folded):
        raise WrongUsageError("发布包里有重名的文件，请改名后重新送审。")
    for name in package.files:
        plain = name and not name.startswith(".") and not _UNPRINTABLE.search(name)
        if not plain or len(name.encode()) > _NAME_BYTES:
            raise WrongUsageError("发布包里有不能使用的文件名，请改名后重新送审。")
    return {**package.files, _MANIFEST: package.manifest}


def _directory(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.iterdir()}
