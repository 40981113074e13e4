"""LibreOffice as a tool: files turned into others in a profile of its own, no macros, no links."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from redact.package import build_package, open_package
from redact.unlinked import unlinked

_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(
        ("Inet/Settings", f"ooInet{protocol}Proxy{name}", value)
        for protocol in ("HTTP", "HTTPS", "FTP")
        for name, value in (("Name", "127.0.0.1"), ("Port", "1"))
    ),
)
"""No macro runs and nothing is fetched, whatever the file asks for.

Its links are followed all the same, also when they are not to be updated; the way out leads to a
port where nobody listens.
"""


def program() -> str | None:
    """Find LibreOffice; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert_all(
    files: Sequence[tuple[bytes, str]], target: str, filter: str, seconds: float
) -> list[bytes]:
    """Turn (bytes, suffix) each into ``target`` by one start of LibreOffice.

    ``filter`` is what follows ``--convert-to``. What does not come out is empty; after ``seconds``
    LibreOffice is ended. Raises ``InputError`` for a package that cannot be opened within limits.
    """
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        scratch = Path(folder)
        sources = [scratch / f"{scratch.name}-{n}{suffix}" for n, (_, suffix) in enumerate(files)]
        for source, (data, _) in zip(sources, files, strict=True):
            source.write_bytes(unlinked(data))
        _run([
            program() or _PROGRAMS[0], f"-env:UserInstallation={_profile(scratch).as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--convert-to", filter,
            "--outdir", str(scratch / "out"), *map(str, sources),
        ], scratch, seconds)  # fmt: skip
        made = [scratch / "out" / f"{source.stem}.{target}" for source in sources]
        return [_unplaced(path.read_bytes(), scratch) if path.is_file() else b"" for path in made]


def _unplaced(made: bytes, scratch: Path) -> bytes:
    """Take out of a package where it was made: fields for the name of the file say that anew."""
    if not made.startswith(b"PK\x03\x04"):
        return made
    folder, stem = re.escape(os.fsencode(scratch)), re.escape(os.fsencode(scratch.name))
    said = re.compile(rb"(?:(?:file://)?%s/)?%s-\d+(?:\.\w+)?" % (folder, stem))
    parts = open_package(made)
    changed = {name: new for name, part in parts.items() if (new := said.sub(b"", part)) != part}
    return build_package(parts | changed) if changed else made


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
