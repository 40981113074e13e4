"""LibreOffice's own search and replace over UNO (Debian package python3-uno), saved anew."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.redactors import MASK, Redact

TITLE = "LibreOffice 查找替换"
_FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML"}
_PATIENCE = 60.0
"""Seconds that it may take to start."""


def load() -> tuple[str, Redact]:
    """Start LibreOffice with a profile of its own, until this process ends."""
    folder = tempfile.TemporaryDirectory()
    pipe = f"review-bench-{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={Path(folder.name).as_uri()}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    desktop = _desktop(pipe)

    def stop() -> None:
        desktop.terminate()
        office.wait(_PATIENCE)
        folder.cleanup()

    atexit.register(stop)
    told = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True)

    def redact(data: bytes, form: str, values: Sequence[str]) -> bytes:
        return _redact(desktop, data, form, values)

    return told.stdout.split()[1], redact


def _desktop(pipe: str) -> Any:
    import uno

    local = uno.getComponentContext()
    services = local.ServiceManager
    resolver = services.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > ends:
                raise
            time.sleep(0.5)
        else:
            desk = "com.sun.star.frame.Desktop"
            return there.ServiceManager.createInstanceWithContext(desk, there)


def _redact(desktop: Any, data: bytes, form: str, values: Sequence[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        draft, output = Path(folder, f"draft.{form}"), Path(folder, f"output.{form}")
        draft.write_bytes(data)
        document = desktop.loadComponentFromURL(
            draft.as_uri(), "_blank", 0, (_property("Hidden", True),)
        )
        try:
            for text in (document,) if form == "docx" else document.Sheets:
                _replace(text, values)
            document.storeToURL(output.as_uri(), (_property("FilterName", _FILTERS[form]),))
        finally:
            document.close(True)
        return output.read_bytes()


def _replace(text: Any, values: Sequence[str]) -> None:
    wanted = text.createReplaceDescriptor()
    for value in values:
        wanted.SearchString, wanted.ReplaceString = value, MASK
        text.replaceAll(wanted)


def _property(name: str, value: object) -> Any:
    import uno

    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made
