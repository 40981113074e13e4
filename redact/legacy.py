"""Old and foreign office files: turned into docx, xlsx or pptx by LibreOffice, then as usual."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from review.document import Document, Note, Severity
from review.errors import BrokenInputError, InputError, UnsafeOutputError
from review.plan import RedactionPlan
from review.ports import Format

WALL_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
)
"""No macro runs and nothing is fetched, whatever the file asks for."""


@dataclass(frozen=True)
class ConvertedFormat:
    """Read and rewrite what LibreOffice understands as the modern format it is turned into."""

    name: str
    suffixes: tuple[str, ...]
    target: Callable[[], Format]

    def read(self, data: bytes) -> Document:
        """Convert and read; raises ``InputError`` where LibreOffice is missing or gives up."""
        target = self.target()
        document = target.read(self._modern(target, data))
        note = Note(
            "converted",
            f"旧格式文件已用 LibreOffice 转换为 {target.suffixes[0]}，请核对版式。",
            Severity.PERSON,
        )
        return replace(document, format=self.name, notes=(*document.notes, note))

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Convert again and rewrite; the plan's digest proves that the same text came out."""
        target = self.target()
        try:
            modern = self._modern(target, data)
        except InputError as error:
            raise UnsafeOutputError(error.message) from error
        return target.write(modern, plan)

    def _modern(self, target: Format, data: bytes) -> bytes:
        return convert(data, self.suffixes[0], target.name)


def program() -> str | None:
    """Find LibreOffice; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Turn a file into ``target`` (docx, xlsx, pptx) in a profile of its own, no macros, no links.

    Raises ``InputError`` that says whether LibreOffice is missing or the file cannot be opened.
    """
    if program() is None:
        raise InputError(
            "本机没有安装 LibreOffice，不能处理这种旧格式文件；"
            "请安装 LibreOffice，或另存为 .docx、.xlsx、.pptx 后再提交。"
        )
    (made,) = convert_all([(data, suffix)], target, _FILTERS[target], WALL_SECONDS)
    if not made:
        raise _unusable()
    return made


def convert_all(
    files: Sequence[tuple[bytes, str]], target: str, filter: str, seconds: float
) -> list[bytes]:
    """Turn (bytes, suffix) each into ``target`` by one start of LibreOffice.

    ``filter`` is what follows ``--convert-to``. What does not come out is empty; after ``seconds``
    LibreOffice is ended.
    """
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        scratch = Path(folder)
        sources = [scratch / f"draft{n}{suffix}" for n, (_, suffix) in enumerate(files)]
        for source, (data, _) in zip(sources, files, strict=True):
            source.write_bytes(data)
        _run([
            program() or _PROGRAMS[0], f"-env:UserInstallation={_profile(scratch).as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--convert-to", filter,
            "--outdir", str(scratch / "out"), *map(str, sources),
        ], scratch, seconds)  # fmt: skip
        made = [scratch / "out" / f"{source.stem}.{target}" for source in sources]
        return [path.read_bytes() if path.is_file() else b"" for path in made]


def _run(command: list[str], scratch: Path, seconds: float) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(scratch), "LC_ALL": "C.UTF-8"}
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return


def _unusable() -> BrokenInputError:
    return BrokenInputError(
        "LibreOffice 打不开这个文件，可能设有密码或已损坏；"
        "请去掉密码，或用原软件另存为 .docx、.xlsx、.pptx 后再提交。"
    )


def _profile(scratch: Path) -> Path:
    """Make a fresh profile with ``_SETTINGS``; nothing of the machine's own is used."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    folder = scratch / "profile"
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        "utf-8",
    )
    return folder
