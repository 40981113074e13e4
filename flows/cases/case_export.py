"""Take the files of a case out under their own names, for a person to compare them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from flows.durable import PRIVATE_FILE, declared_errors, make_private
from flows.store.casefiles import CaseFiles
from review.case import PUBLISHABLE, Case
from review.errors import WrongUsageError

ORIGINALS, REDACTED = "原件", "处理后"
"""The folders of an export: a redacted file often bears the name of its original."""
COPY = "对照页.html"

_TAKEN = "文件夹里已有同名的文件，没有覆盖，也没有写入；请换一个空的文件夹。"


def export_files(
    files: CaseFiles, case: Case, folder: Path, forms: Mapping[str, bytes]
) -> list[Path]:
    """Write originals, redacted files, review copy and forms below ``folder``, mode 0600.

    With the review copy goes what it links to. ``forms`` are files by name. Returns where all lie.
    A case that may not be published gives no redacted files. Raises ``WrongUsageError`` before
    anything is written where a name is taken.
    """
    contents = dict(_contents(files, case, folder))
    contents |= {folder / name: data for name, data in forms.items()}
    if any(os.path.lexists(path) for path in contents):
        raise WrongUsageError(_TAKEN)
    for path, data in contents.items():
        make_private(path.parent)
        _create(path, data)
    return list(contents)


def _contents(files: CaseFiles, case: Case, folder: Path) -> Iterator[tuple[Path, bytes]]:
    numbers = range(len(case.drafts))
    yield from _named(
        folder / ORIGINALS, (files.source(case.id, n, case.draft_version) for n in numbers)
    )
    if case.verdict in PUBLISHABLE:
        yield from _named(
            folder / REDACTED, (files.output(case.id, n, case.version) for n in numbers)
        )
    with declared_errors():
        if (page := files.review_copy(case.id, case.version)).exists():
            yield folder / COPY, page.read_bytes()
        for path in files.marked_copies(case.id, case.version):
            yield folder / path.name, path.read_bytes()


def _named(folder: Path, held: Iterator[tuple[str, bytes]]) -> Iterator[tuple[Path, bytes]]:
    """Give each file a path of its own: attachments from two folders may share a name."""
    taken: set[str] = set()
    for number, (own, data) in enumerate(held, 1):
        name = PurePath(own.replace("\x00", "")).name or f"{number}.bin"
        if name.casefold() in taken:
            name = f"{number}-{name}"
        taken.add(name.casefold())
        yield folder / name, data


def _create(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet; a disk that refuses leaves none behind."""
    with declared_errors():
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        except FileExistsError:
            raise WrongUsageError(_TAKEN) from None
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
