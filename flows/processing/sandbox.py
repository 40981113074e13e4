"""The outside of the sandbox: every parser runs in a subprocess with limits, one per call."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from flows.processing.readings import Readings
from flows.processing.wire import (
    pack_highlights,
    pack_order,
    pack_plan,
    unpack_document,
    unpack_notes,
    unpack_pairs,
)
from flows.scratch import scratch_folder
from redact.preview.highlights import HighlightOrder
from redact.preview.pictures import Mark, PagePairs, PictureOrder
from redact.verify.sight import Seen, Sight
from review import errors
from review.document import Document, Note
from review.errors import BrokenInputError, ReviewError, TooLargeInputError, UnsafeOutputError
from review.plan import RedactionPlan


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound one call: bytes of address space, processor and wall seconds, bytes of any file.

    A dense scanned page is read in some ten seconds, and a file may have forty of them.
    """

    memory: int = 3 << 30
    cpu: int = 600
    wall: int = 900
    output: int = 1 << 30


_PICTURE_SECONDS = 240
"""Pictures and highlights are a help for the eye; nobody waits for them as for a redaction."""


class Sandbox:
    """Run readers, writers and verifiers on untrusted bytes.

    Every method raises a ``ReviewError`` and nothing else: what the child did not answer properly
    counts as a broken input (reading) or an unsafe output (writing, verifying). What ``readings``
    remembers of a draft no later call reads again; an output and the verifier never profit by it.
    """

    def __init__(self, limits: Limits | None = None, readings: Readings | None = None) -> None:
        self._limits = limits or Limits()
        self._readings = readings or Readings()

    def read(self, name: str, data: bytes) -> Document:
        """Identify a file by name and bytes and read it."""
        request = {"op": "read", "name": name, "readings": self._readings.of(data)}
        header, _ = self._call(request, data, BrokenInputError)
        try:
            document = unpack_document(header)
            self._readings.keep(data, header["readings"])
            return document
        except (KeyError, TypeError, ValueError):
            raise _lost(BrokenInputError) from None

    def write(
        self, format: str, data: bytes, plan: RedactionPlan
    ) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a file by its plan."""
        known = self._readings.of(data)
        request = {"op": "write", "format": format, "plan": pack_plan(plan), "readings": known}
        header, output = self._call(request, data, UnsafeOutputError)
        if not output and data:
            raise _lost(UnsafeOutputError)
        self._readings.forget(output)
        return output, unpack_notes(header.get("notes", []))

    def verify(
        self, format: str, output: bytes, allowed: Mapping[str, int], kept: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Let the independent verifier look at output bytes; returns its complaints."""
        request = {"op": "verify", "format": format, "allowed": dict(allowed), "kept": list(kept)}
        header, _ = self._call(request, output, UnsafeOutputError)
        if "complaints" not in header:
            raise _lost(UnsafeOutputError)
        return tuple(header["complaints"])

    def picture(self, original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
        """Picture pages of a draft beside those of its output, the marks placed on them."""
        request = {
            "op": "picture",
            "original": len(original),
            "order": pack_order(order),
            "readings": self._readings.of(original),
        }
        header, data = self._hurried()._call(request, original + output, UnsafeOutputError)
        try:
            return unpack_pairs(header, data)
        except (KeyError, TypeError, ValueError):
            raise _lost(UnsafeOutputError) from None

    def compare(
        self, original: bytes, published: bytes, format: str, marks: Sequence[Mark]
    ) -> tuple[Seen, ...]:
        """Compare what pictures and scanned pages show in the places of marks and beside them."""
        request = {
            "op": "compare",
            "original": len(original),
            "format": format,
            "marks": [list(mark) for mark in marks],
            "readings": self._readings.of(original),
        }
        header, _ = self._hurried()._call(request, original + published, UnsafeOutputError)
        try:
            return tuple(Seen(int(p), Sight(kind), int(n)) for p, kind, n in header["seen"])
        except (KeyError, TypeError, ValueError):
            raise _lost(UnsafeOutputError) from None

    def highlight(self, original: bytes, order: HighlightOrder) -> bytes:
        """Highlight the findings of a draft in a copy of it."""
        known = self._readings.of(original)
        request = {"op": "highlight", "order": pack_highlights(order), "readings": known}
        return self._hurried()._call(request, original, UnsafeOutputError)[1]

    def _hurried(self) -> Sandbox:
        limits = self._limits
        seconds = min(limits.wall, _PICTURE_SECONDS), min(limits.cpu, _PICTURE_SECONDS)
        return Sandbox(replace(limits, wall=seconds[0], cpu=seconds[1]), self._readings)

    def _call(
        self, request: dict[str, Any], data: bytes, failure: type[ReviewError]
    ) -> tuple[dict[str, Any], bytes]:
        request["limits"] = asdict(self._limits)
        line = json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass")
        with scratch_folder() as (scratch, held):
            child = subprocess.Popen(
                [sys.executable, "-I", "-m", "flows.processing.sandbox_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=scratch,
                env=_environment(str(scratch)),
                pass_fds=(held,),
                start_new_session=True,
            )
            try:
                out, _ = child.communicate(line + b"\n" + data, timeout=self._limits.wall)
            except subprocess.TimeoutExpired:
                raise TooLargeInputError("处理时间超过上限，已停止；请拆分文件后再提交。") from None
            finally:
                _end(child)
        return _parse(out, failure)


def _parse(out: bytes, failure: type[ReviewError]) -> tuple[dict[str, Any], bytes]:
    head, newline, body = out.partition(b"\n")
    if not newline:
        raise _lost(failure)
    try:
        header = json.loads(head.decode("utf-8", "surrogatepass"))
    except ValueError:
        raise _lost(failure) from None
    if name := header.get("error"):
        kind = getattr(errors, name, failure)
        raise kind(header.get("message") or _lost(failure).message)
    return header, body


def _lost(failure: type[ReviewError]) -> ReviewError:
    return failure("文件无法在限定的内存和时间内处理，请拆分或另存后再提交。")


def _environment(scratch: str) -> dict[str, str]:
    """Pass on only what a parser needs: where programs are, UTF-8, and a scratch folder."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": scratch,
        "HOME": scratch,
    }


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started, also after a time-out or an interrupt."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None and not stream.closed:
            stream.close()
