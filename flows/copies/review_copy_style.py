"""How the review copy looks: colour and shape tell the action, so that colour alone never does."""

from __future__ import annotations

from policies.names import ACTION_NAMES

STYLE = """
:root{--line:#d0d7de;--ink:#1f2328;--dim:#59636e}
body{font:15px/1.7 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:var(--ink);
 margin:0 auto;max-width:1400px;padding:16px 24px}
h1{font-size:20px}h2{font-size:17px;border-top:2px solid var(--line);padding-top:14px}
.warn{background:#fff1e5;border-left:4px solid #bc4c00;padding:6px 12px}
.note{color:var(--dim);margin:2px 0}.note::before{content:"· "}
.legend mark{margin-right:14px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:24px}
.pair>div{padding:3px 8px;white-space:pre-wrap;overflow-wrap:anywhere;min-width:0}
.pair>div+div{border-left:1px solid var(--line)}
.head{position:sticky;top:0;background:#f6f8fa;font-weight:600;border-bottom:1px solid var(--line)}
table{border-collapse:collapse;font-size:13px;max-width:100%}
td,th{border:1px solid var(--line);padding:2px 6px;text-align:left;vertical-align:top}
.wide{overflow-x:auto}
.whole{margin:8px 0;min-width:100%}
.whole td{min-width:3.5em;max-width:24em;overflow-wrap:break-word}
.whole td:has(mark){min-width:9em}
.becomes::before{content:"→ ";color:var(--dim)}
.list{width:100%;margin:14px 0}.list th{background:#f6f8fa;white-space:nowrap}
tr:target,.spot:target{outline:3px solid #0969da}
.no:target{background:#0969da;color:#fff;padding:0 3px}
[id]{scroll-margin-top:4em}a:focus-visible{outline:3px solid #0969da}
.list td:nth-child(3){overflow-wrap:anywhere;min-width:6em}
.list td:nth-child(-n+2),.list td:nth-child(5){white-space:nowrap}
.todo{background:#fbefff;border-left:4px solid #8250df;padding:6px 12px}
.todo a{display:inline-block;min-width:1.6em;padding:0 3px}
.failed{background:#cf222e;color:#fff;font-size:12px;padding:0 4px;margin-right:6px}
.place{color:var(--dim);font-size:12px;margin-right:6px}.gone{color:var(--dim);font-style:italic}
.no{font-size:11px;vertical-align:super;color:#0969da;text-decoration:none;margin:0 1px}
mark{background:none;color:inherit;border-radius:2px;padding:0 1px}
mark.keep{border-bottom:2px solid #1a7f37}
mark.mask,mark.replace,mark.generalise{background:#fff8c5;border-bottom:2px dashed #9a6700}
mark.remove{background:#ffebe9;text-decoration:line-through #cf222e}
mark.review{background:#fbefff;border-bottom:3px double #8250df}
mark.block{background:#cf222e;color:#fff;font-weight:700}
ins{background:#dafbe1;text-decoration:none;border-bottom:2px solid #1a7f37}
h3{font-size:15px;margin:18px 0 4px}
.sheet{margin-bottom:14px;break-inside:avoid}
.page{position:relative;line-height:0;margin-top:2px;outline:1px solid var(--line)}
.page img{width:100%;height:auto}
.pic{position:absolute;line-height:1;outline:1px dotted #59636e}
.pic b{position:absolute;right:0;top:100%;font-size:9px;background:#fff;color:var(--dim)}
.spot{position:absolute;line-height:1}
.spot::before{content:"";position:absolute;inset:0;mix-blend-mode:multiply}
.spot b{position:absolute;left:-2px;bottom:100%;font-size:9px;background:#fff;color:#0969da}
.spot:hover b,.spot:focus b{font-size:14px;z-index:1}
.spot.keep{outline:1px solid #1a7f37}
.spot.mask,.spot.replace,.spot.generalise{outline:1px dashed #9a6700}
.spot.remove{outline:2px solid #cf222e}
.spot.review{outline:3px double #8250df}
.spot.block{outline:4px solid #cf222e}
.spot.mask::before,.spot.replace::before,.spot.generalise::before{background:#fff8c5}
.spot.remove::before,.spot.block::before{background:#ffebe9}
.spot.review::before{background:#fbefff}
@media(max-width:720px){
 body{padding:8px}.pair{grid-template-columns:1fr;gap:0;border-bottom:1px solid var(--line)}
 .pair>div+div{border-left:0;background:#f6f8fa}.head{display:none}
 .pair:not(.sheet)>div+div::before{content:"后：";color:var(--dim);font-size:12px}
}
@media print{
 .head{position:static}.wide{overflow:visible}tr{break-inside:avoid}thead{display:table-header-group}
 body{max-width:none;padding:0;font-size:12px;print-color-adjust:exact}
 .whole td,.whole td:has(mark){min-width:0;max-width:none;overflow-wrap:anywhere}
 .wide:has(.whole td:nth-child(13)){page:table}
 .whole:has(td:nth-child(13)){font-size:10px}
 .whole:has(td:nth-child(25)){font-size:8px}
}
@page table{size:A4 landscape;margin:8mm}
"""

LEGEND = (
    '<p class="legend">'
    + "".join(
        f'<mark class="{action.value}">{name}</mark>' for action, name in ACTION_NAMES.items()
    )
    + "<ins>公开后的写法</ins>　表格里改动的单元格，公开后的写法在箭头之后。点序号看依据。</p>"
)
