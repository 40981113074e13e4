"""Names of fonts that any office has; any other name may be a person's and is not published."""

from __future__ import annotations

import re

SONG = "宋体"
"""Stands for every font that is not known."""

_KNOWN = (
    "宋体 新宋体 仿宋 仿宋_GB2312 楷体 楷体_GB2312 黑体 隶书 幼圆 微软雅黑 等线 "
    "华文宋体 华文仿宋 华文楷体 华文细黑 华文中宋 华文隶书 华文新魏 华文行楷 "
    "方正小标宋简体 方正小标宋_GBK 方正仿宋简体 方正仿宋_GBK 方正楷体简体 方正楷体_GBK "
    "方正黑体简体 方正黑体_GBK 方正书宋简体 方正书宋_GBK 思源宋体 思源黑体 "
    "SimSun NSimSun FangSong FangSong_GB2312 KaiTi KaiTi_GB2312 SimHei LiSu YouYuan DengXian "
    "MicrosoftYaHei STSong STFangsong STKaiti STXihei STZhongsong STLiti STXinwei STXingkai "
    "FZXBSJW FZXBSK--GBK1-0 FZFSK--GBK1-0 FZKTK--GBK1-0 FZHTK--GBK1-0 FZSSK--GBK1-0 "
    "TimesNewRoman TimesNewRomanPSMT Times-Roman Arial ArialMT Helvetica Calibri Cambria "
    "CourierNew CourierNewPSMT Courier Georgia Verdana Tahoma"
)
_PREFIX = re.compile(r"[A-Z]{6}\+")
_STYLE = re.compile(r"[,-](?:bold|italic|regular|bolditalic)$", re.IGNORECASE)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


_NAMES = {_folded(name): name for name in _KNOWN.split()} | {
    "microsoftyahei": "Microsoft YaHei",
    "timesnewroman": "Times New Roman",
    "couriernew": "Courier New",
}


def public_name(names: tuple[str, ...]) -> str | None:
    """Give the font's name as it may be published; None if it is not one of the known."""
    for name in names:
        plain = _STYLE.sub("", _PREFIX.sub("", name.strip()))
        if (known := _NAMES.get(_folded(plain))) is not None:
            return known
    return None
