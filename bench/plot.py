"""Draw a comparison: time against size, throughput, false alarms (needs matplotlib alone)."""

from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

_COLOURS = ("#c1272d", "#4c72b0", "#55a868", "#8172b3", "#937860", "#64b5cd")


def main() -> None:
    """Read the figures (first argument) and write the picture (second)."""
    source, target = map(Path, sys.argv[1:3])
    engines = [each for each in json.loads(source.read_text("utf-8")) if each["seconds"]]
    # Text stays text: whoever looks at the picture has the Chinese characters, we may not.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bench", "font.size": 9})
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message="Glyph")
    figure = Figure(figsize=(11, 3.6), layout="constrained")
    lines, speed, alarms = figure.subplots(1, 3, width_ratios=(1.4, 1, 1))
    _times(lines, engines)
    rates = {each["title"]: each["characters_per_second"] for each in engines}
    _bars(speed, rates, "字/秒（对数轴）", log=True)
    false = {each["title"]: each["alarms_per_ten_thousand"].get("公文") for each in engines}
    _bars(alarms, false, "每万字误报（无个人信息的公文）", log=False)
    figure.savefig(target, metadata={"Date": None})


def _times(axes: Any, engines: list[dict[str, Any]]) -> None:
    for colour, engine in zip(_COLOURS, engines, strict=False):
        points = sorted((int(size), taken) for size, taken in engine["seconds"].items())
        axes.loglog(*zip(*points, strict=True), "o-", color=colour, label=engine["title"], ms=3)
    axes.set(xlabel="字数", ylabel="处理器秒")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)


def _bars(axes: Any, figures: dict[str, float | None], label: str, *, log: bool) -> None:
    shown = {title: value for title, value in figures.items() if value is not None}
    bars = axes.barh(list(shown), list(shown.values()), color=_COLOURS, log=log)
    axes.bar_label(bars, [f"{v:,.0f}" if log else f"{v:.1f}" for v in shown.values()], padding=2)
    axes.margins(x=0.25)
    axes.invert_yaxis()
    axes.set_xlabel(label)
    axes.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()
