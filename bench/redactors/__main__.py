"""Let one tool redact the files of a folder: ``python -m bench.redactors NAME FOLDER``.

``drafts.json`` there names each file with its format and the values that must go. Outputs come
into ``FOLDER/NAME``; the version and why files were refused are told as JSON. Needs nothing but
the standard library and that tool.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Redact one file after the other; what a tool cannot do is told, not hidden."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    module = import_module(f"bench.redactors.{name}")
    version, redact = module.load()
    (folder / name).mkdir()
    refused = {}
    for file, (form, values) in json.loads((folder / "drafts.json").read_text("utf-8")).items():
        try:
            output = redact((folder / file).read_bytes(), form, values)
        except Exception as error:
            refused[file] = f"{type(error).__name__}：{error}"
        else:
            (folder / name / file).write_bytes(output)
    print(json.dumps({"version": version, "refused": refused}, ensure_ascii=False))


if __name__ == "__main__":
    main()
