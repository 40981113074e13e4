"""The inside of the sandbox: one request on standard input, one answer on standard output.

Runs in a process of its own under limits of memory, processor time and file size, because every
parser meets files that were made to break it. Nothing it prints can reach a log.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from review.errors import BrokenInputError, ReviewError, TooLargeInputError, UnsafeOutputError

Answer = tuple[dict[str, Any], bytes]


def _read(request: dict[str, Any], data: bytes) -> Answer:
    from flows.processing.wire import pack_document
    from redact.kinds import identify
    from redact.ocr.recall import recalling
    from redact.registry import get_format

    name = identify(request["name"], data)
    with recalling(request["readings"]) as readings:
        document = get_format(name).read(data)
    return {**pack_document(document), "readings": readings}, b""


def _write(request: dict[str, Any], data: bytes) -> Answer:
    from dataclasses import asdict

    from flows.processing.wire import unpack_plan
    from redact.ocr.recall import recalling
    from redact.registry import get_format

    with recalling(request["readings"]):
        output, notes = get_format(request["format"]).write(data, unpack_plan(request["plan"]))
    return {"notes": [asdict(note) for note in notes]}, output


def _verify(request: dict[str, Any], data: bytes) -> Answer:
    from redact.verify.verifier import IndependentVerifier

    allowed, kept = request["allowed"], request["kept"]
    complaints = IndependentVerifier().verify(request["format"], data, allowed, kept)
    return {"complaints": list(complaints)}, b""


def _picture(request: dict[str, Any], data: bytes) -> Answer:
    from flows.processing.wire import pack_pairs, unpack_order
    from redact.ocr.recall import recalling

    order, border = unpack_order(request["order"]), request["original"]
    if order.format == "pdf":
        from redact.preview.pdf_pages import page_pairs as pairs
    elif order.format == "image":
        from redact.preview.image_pages import page_pairs as pairs
    elif order.format == "ofd":
        from redact.preview.ofd_pages import ofd_pairs as pairs
    elif order.format == "html":
        from redact.preview.web_pictures import web_pairs as pairs
    else:
        from redact.preview.rendered_pages import rendered_pairs as pairs
    with recalling(request["readings"]):
        return pack_pairs(pairs(data[:border], data[border:], order))


def _highlight(request: dict[str, Any], data: bytes) -> Answer:
    from flows.processing.wire import unpack_highlights
    from redact.ocr.recall import recalling
    from redact.preview.highlighted import highlighted

    with recalling(request["readings"]):
        return {}, highlighted(data, unpack_highlights(request["order"]))


def _compare(request: dict[str, Any], data: bytes) -> Answer:
    from redact.ocr.recall import recalling
    from redact.preview.compared_pictures import compared
    from redact.preview.pictures import Mark

    border, marks = request["original"], [Mark(*mark) for mark in request["marks"]]
    with recalling(request["readings"]):
        seen = compared(data[:border], data[border:], request["format"], marks)
    return {"seen": [[each.page, each.sight.value, each.number] for each in seen]}, b""


OPERATIONS: dict[str, Callable[[dict[str, Any], bytes], Answer]] = {
    "read": _read,
    "write": _write,
    "verify": _verify,
    "picture": _picture,
    "highlight": _highlight,
    "compare": _compare,
}


def _limit(limits: dict[str, int]) -> None:
    os.umask(0o077)
    for kind, value in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_FSIZE, limits["output"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (ceiling, ceiling))


def _answer(request: dict[str, Any], data: bytes) -> Answer:
    """Run one operation; whatever goes wrong becomes one declared error without any detail."""
    try:
        return OPERATIONS[request["op"]](request, data)
    except ReviewError as error:
        return {"error": type(error).__name__, "message": error.message}, b""
    except (MemoryError, RecursionError):
        failure: ReviewError = TooLargeInputError("文件展开后太大或结构太复杂，请拆分后再提交。")
    except Exception:  # the text of an unknown exception may quote the document
        failure = _unexpected(request["op"])
    return {"error": type(failure).__name__, "message": failure.message}, b""


def _unexpected(operation: str) -> ReviewError:
    if operation == "read":
        return BrokenInputError("文件内容已损坏或格式不规范，请用原软件打开后另存一份再提交。")
    return UnsafeOutputError("处理这个文件时出现异常，未生成结果，请交人工处理。")


def _serve(source: BinaryIO, sink: BinaryIO) -> None:
    # A worker lives for one file and builds hundreds of thousands of objects that all stay: looking
    # among them for garbage every few hundred took a third of its time.
    gc.set_threshold(1_000_000, 50, 50)
    request = json.loads(source.readline())
    _limit(request["limits"])
    header, body = _answer(request, source.read())
    try:
        head = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except MemoryError:
        head, body = b'{"error":"TooLargeInputError"}', b""
    sink.write(head + b"\n")
    sink.write(body)
    sink.flush()


def main() -> None:
    """Answer one request and end."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not mix with the answer
    _serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
