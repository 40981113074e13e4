"""pdf-redactor: patterns over the text layer, metadata and XMP replaced."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from importlib.metadata import version

from bench.redactors import Redact

TITLE = "pdf-redactor"


def load() -> tuple[str, Redact]:
    """Import the library."""
    import pdf_redactor  # noqa: F401

    return version("pdf-redactor"), _redact


def _redact(data: bytes, form: str, values: Sequence[str]) -> bytes:
    import pdf_redactor

    options = pdf_redactor.RedactorOptions()
    options.input_stream, options.output_stream = io.BytesIO(data), io.BytesIO()
    options.metadata_filters = {"DEFAULT": [lambda value: None]}
    options.xmp_filters = [lambda xml: None]
    pattern = re.compile("|".join(map(re.escape, values)))
    options.content_filters = [(pattern, lambda found: "*" * len(found[0]))]
    options.link_filters = [lambda href, annotation: None]
    pdf_redactor.redactor(options)
    written: bytes = options.output_stream.getvalue()
    return written
