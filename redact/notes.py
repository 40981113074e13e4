"""What a reader tells people: each note once, in plain Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from review.document import Note, Severity

_I, _P = Severity.INFO, Severity.PERSON

_OF_PAGE = re.compile(r"第(\d+)页")
_RUN = 3
"""Pages in a row from which only the first and the last are named."""

TEXTS: dict[str, tuple[str, Severity]] = {
    "picture_dropped": ("文件中的图片未经识别，已从发布件中去掉，请人工核对是否需要保留。", _P),
    "picture_taken_out": (
        "有图片已整张去掉（审核人要求去掉的，或处理后不能证明安全的），发布件中没有这些图片。",
        _P,
    ),
    "picture_read": ("文件中的图片已识别文字，一并审查；图片重新生成，拍摄信息等已去掉。", _I),
    "picture_doubtful": (
        "文件中有图片不能只凭识别放行（有看不清或未识别的文字、印章、人像、照片、动画，或二维码、条形码，"
        "其内容请扫码查看），请对照原件逐张核对；"
        "要去掉某一张，送审后由审核人在“另外要隐去的文字”中填写它的编号，如“［图片1］”。",
        _P,
    ),
    "drawing_pictured": (
        "文件中的矢量图（EMF、WMF、SVG 等，如公式、Visio 图）已画成普通图片并识别文字，一并审查；"
        "请对照原件核对图形是否走样。",
        _P,
    ),
    "drawing_not_pictured": (
        "文件中有矢量图（EMF、WMF、SVG 等）在本机画不出来，已换成空框；"
        "请安装 LibreOffice，或把图另存为 PNG 插入原件后再提交。",
        _P,
    ),
    "picture_effects_dropped": ("图片的重新着色等显示效果已去掉。", _I),
    "chart_dropped": ("文件中的图表或智能图形已从发布件中去掉，请人工核对。", _P),
    "diagram_redrawn": (
        "文件中的智能图形（SmartArt）已改成普通图形，文字一并审查；请对照原件核对图形是否走样。",
        _P,
    ),
    "object_dropped": ("文件中的嵌入对象或控件已从发布件中去掉，请人工核对。", _P),
    "object_kept": (
        "文件中嵌入的文档已一并审查并保留；原来的预览图未经识别的已换成空框，请打开核对。",
        _P,
    ),
    "object_pictured": (
        "文件中有公式、图表、图示或旧版文档等嵌入对象：对象本身已去掉（不能再双击编辑），"
        "只保留它的预览图，已识别文字、一并审查；请对照原件核对。",
        _P,
    ),
    "content_dropped": ("文件中有无法识别的内容，已从发布件中去掉，请人工核对。", _P),
    "hidden_dropped": ("文件中有隐藏文字或隐藏图形，已从发布件中去掉，请人工核对。", _P),
    "hidden_shown": (
        "文件中有隐藏的行、列或工作表，已取消隐藏，会出现在发布件里，内容一并审查；"
        "不该公开的请在原件中删去后重新提交。",
        _P,
    ),
    "revisions_accepted": ("文件中有修订痕迹，已按“接受全部修订”处理，请人工核对。", _P),
    "macro_dropped": ("文件中的宏已去掉，请人工核对。", _P),
    "digits_lost": ("有长数字按数值存放，末尾几位可能已失真，请人工核对。", _P),
    "number_runs_on": (
        "有自动编号与后面的文字连起来像电话、证件等号码（如编号从138起、后面又是8位数字），检测时看不到编号；"
        "请对照原件核对，是号码的，请起草人改为普通文字后重新提交。",
        _P,
    ),
    "format_dropped": (
        "有单元格的显示格式带有文字、会隐藏内容或不认识，已改为常规格式，数值照存储的显示，请对照原件核对。",
        _P,
    ),
    "formula_without_value": (
        "有公式没有保存计算结果，这些单元格（如合计）在发布件中是空的；"
        "请用 Excel 或 WPS 打开原件、重新保存后再提交。",
        _P,
    ),
    "styles_may_hide": (
        "网页样式可能隐藏或添加了文字，不能确定是哪些；样式已去掉，原来隐藏的文字会显示出来，请人工核对。",
        _P,
    ),
    "direction_changed": (
        "文件中有倒着排或竖着排的文字，读出的顺序可能与显示的不同，请对照原件人工核对。",
        _P,
    ),
    "scripts_dropped": ("网页脚本已去掉，靠脚本显示的内容不会出现在发布件中，请人工核对。", _P),
    "styles_dropped": ("网页样式已去掉，文字和表格保留。", _I),
    "drawing_dropped": (
        "文件中有不是直线和方框的图形，其中若画有文字则无法识别，已从发布件中去掉，请人工核对。",
        _P,
    ),
    "glyphs_dropped": ("文件中有无法识别的字符，已从发布件中去掉，请人工核对。", _P),
    "glyphs_disagree": (
        "文件中有文字的编码与显示的字形不一致，发布件按编码显示，请对照原件人工核对。",
        _P,
    ),
    "font_replaced": (
        "有嵌入字体无法核对，发布件改用系统字体显示同样的文字，请对照原件人工核对。",
        _P,
    ),
    "outside_dropped": ("文件中有页面范围之外的文字，已从发布件中去掉，请人工核对。", _P),
    "annotations_dropped": ("文件中的水印、印章或图形批注已从发布件中去掉，请人工核对。", _P),
    "signature_dropped": (
        "文件中的电子签名、签章已去掉（内容改动后原签章失效），如需签章请在发布件上重新加盖。",
        _P,
    ),
    "attachments_dropped": (
        "文件中夹带的附件未经审查，已从发布件中去掉；如需公开请单独提交。",
        _P,
    ),
    "versions_dropped": ("文件中保存的其他版本已去掉，请核对审查的是否为现行版本。", _P),
    "documents_merged": ("文件中有几份文档，已合为一份，请人工核对。", _P),
    "slides_shown": (
        "文件中有隐藏的幻灯片，已取消隐藏，会出现在发布件里，内容一并审查；"
        "不该公开的请在原件中删去后重新提交。",
        _P,
    ),
    "animations_dropped": ("幻灯片的动画和切换效果已去掉，内容保留。", _I),
    "table_style_replaced": ("幻灯片中自定义的表格样式已改为普通网格线。", _I),
    "speaker_notes_dropped": ("演讲者备注已去掉。", _I),
    "comments_dropped": ("批注已去掉。", _I),
    "fields_flattened": ("域已转为普通文字。", _I),
    "formulas_flattened": ("公式已转为数值。", _I),
    "links_dropped": ("超链接的目标地址已去掉，文字保留。", _I),
    "ruby_dropped": ("拼音注音已去掉，正文保留。", _I),
    "properties_dropped": ("文档属性（作者、单位、时间等）已去掉。", _I),
    "custom_data_dropped": ("文件附带的自定义数据已去掉。", _I),
    "rules_dropped": ("数据有效性、筛选、条件格式和名称定义已去掉，数值保留。", _I),
}


class Notes:
    """Collect notes by code, each once, in the order they came up."""

    def __init__(self) -> None:
        self._codes: dict[str, None] = {}

    def add(self, code: str) -> None:
        """Remember that ``code`` applies."""
        if code not in TEXTS:
            raise KeyError(code)
        self._codes.setdefault(code)

    def all(self) -> tuple[Note, ...]:
        """Give the notes."""
        return tuple(Note(code, *TEXTS[code]) for code in self._codes)


def by_pages(notes: Iterable[Note]) -> list[Note]:
    """Tell what notes say of several pages ("第7页…") once, with the numbers of all of them."""
    found: dict[tuple[str, Severity, str], list[int]] = {}
    for note in notes:
        of_page = _OF_PAGE.match(note.message)
        said = note.message[of_page.end() if of_page else 0 :]
        pages = found.setdefault((note.code, note.severity, said), [])
        pages.extend([int(of_page[1])] if of_page else [])
    return [
        Note(code, f"{_of(pages)}{said}", severity)
        for (code, severity, said), pages in found.items()
    ]


def _of(pages: Sequence[int]) -> str:
    if len(set(pages)) > 1:
        return f"第 {page_numbers(pages)} 页"
    return f"第{pages[0]}页" if pages else ""


def page_numbers(pages: Iterable[int]) -> str:
    """Name pages by their numbers, long runs by their ends: "1、2、5–40"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(
        f"{run[0]}–{run[-1]}" if len(run) >= _RUN else "、".join(map(str, run)) for run in runs
    )
