"""Charts as office programs write them: what is shown, and the cells and books behind it."""

from __future__ import annotations

from collections.abc import Sequence

from redact.ooxml.parts import MC, A, C, R

NS = f'xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:zz="urn:unknown"'


def rich(text: str) -> str:
    return (
        f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></c:rich>"
        "</c:tx>"
    )


def names(values: Sequence[str], formula: str = "Sheet1!$A$1") -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
    return (
        f'<c:strRef><c:f>{formula}</c:f><c:strCache><c:ptCount val="{len(values)}"/>{points}'
        "</c:strCache></c:strRef>"
    )


def levels(*named: Sequence[str]) -> str:
    """Write names in levels, as grouped categories have them and some programs all."""
    points = "".join(
        "<c:lvl>"
        + "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(level))
        + "</c:lvl>"
        for level in named
    )
    return (
        "<c:multiLvlStrRef><c:f>Sheet1!$A$1</c:f><c:multiLvlStrCache>"
        f'<c:ptCount val="{len(named[0])}"/>{points}</c:multiLvlStrCache></c:multiLvlStrRef>'
    )


def numbers(values: Sequence[object], code: str = "General") -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
    return (
        f"<c:numRef><c:f>Sheet1!$B$1</c:f><c:numCache><c:formatCode>{code}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def series(name: str, categories: str, values: str, behind_name: str = "") -> str:
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{name}</c:tx>{behind_name}'
        f"<c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser>"
    )


def chart(one_series: str, *, title: str = "", axis: str = "", behind: str = "") -> str:
    """Write a bar chart; ``axis`` stands in the category axis, ``behind`` at the end of it all."""
    told = f"<c:title>{title}</c:title>" if title else ""
    return (
        f'<c:chartSpace {NS}><c:lang val="zh-CN"/><c:chart>{told}<c:plotArea><c:layout>'
        '<c:manualLayout><c:x val="0.12345678901234567"/></c:manualLayout></c:layout><c:barChart>'
        f'<c:barDir val="col"/>{one_series}<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx>'
        f'<c:axId val="1"/><c:scaling/><c:axPos val="b"/>{axis}<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
        f"</c:plotArea></c:chart>{behind}</c:chartSpace>"
    )


def graphic(relation: str) -> str:
    return (
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" xmlns:r="{R}" '
        f'r:id="{relation}"/></a:graphicData></a:graphic>'
    )
