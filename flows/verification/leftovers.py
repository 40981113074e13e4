"""What the notes of readers mean for a file that somebody else has redacted."""

from __future__ import annotations

LEFTOVERS = {
    "comments_dropped": "批注或注释",
    "pdf_annotations": "批注或修订标记",
    "revisions_accepted": "修订痕迹",
    "hidden_dropped": "隐藏的文字或图形",
    "annotations_dropped": "水印、印章或图形批注",
    "speaker_notes_dropped": "演讲者备注",
    "hidden_shown": "隐藏的行、列或工作表",
    "slides_shown": "隐藏的幻灯片",
    "documents_merged": "同一个文件里的另一份文档",
    "pdf_hidden_text": "页面可见范围之外的文字",
    "outside_dropped": "页面可见范围之外的文字",
    "versions_dropped": "保存的其他版本",
    "number_runs_on": "与后面的文字连起来像号码的自动编号",
    "pdf_layers": "可以隐藏的图层",
    "styles_may_hide": "可能隐藏文字的网页样式",
    "direction_changed": "倒着排或竖着排的文字",
    "properties_dropped": "文档属性（作者、单位、时间等）",
    "custom_data_dropped": "自定义数据",
    "macro_dropped": "宏",
    "scripts_dropped": "网页脚本",
    "object_dropped": "嵌入对象或控件",
    "object_pictured": "嵌入对象，其中的内容没有检查",
    "pdf_attachments": "内嵌的附件",
    "attachments_dropped": "内嵌的附件",
    "pdf_forms": "表单或签章",
    "pdf_dynamic_form": "动态表单（XFA）",
    "signature_dropped": "电子签名或签章",
    "links_dropped": "超链接的目标地址",
    "image_read": "图片，其中的文字由机器识别，可能有漏认",
    "image_silent": "图片，其中没有认出文字",
    "picture_dropped": "图片，其中的文字没有检查",
    "picture_doubtful": "图片，其中有没能识别的内容",
    "pdf_picture": "图片，其中的文字由机器识别，可能有漏认",
    "pdf_picture_silent": "图片，其中没有认出文字",
    "pdf_covered": "图片，其中的文字没有检查",
    "pdf_scan": "扫描的页面，文字由机器识别，可能有漏认",
    "pdf_layer_differs": "与画面不一致的文字层",
    "chart_dropped": "图表，其中的文字没有检查",
    "diagram_redrawn": "智能图形（SmartArt），其背后的数据没有检查",
    "format_dropped": "单元格的显示格式，可能隐藏或改写了内容",
    "drawing_pictured": "矢量图，其中的文字由机器识别，可能有漏认",
    "drawing_not_pictured": "矢量图，其中的文字没有检查",
    "drawing_dropped": "矢量图形，其中若画有文字则没有检查",
    "pdf_drawing": "图形，其中若画有文字则可能没有认出",
    "content_dropped": "无法识别的内容",
    "pdf_unknown_glyphs": "认不出的字",
    "glyphs_dropped": "认不出的字",
    "pdf_font": "字符对照可疑的字体",
    "glyphs_disagree": "字形与文字不一致的字体",
    "font_replaced": "字形无法核对的字体",
    "pdf_disagreement": "两种读法不一致的文字",
    "markdown_markup": "被标记隔开的号码",
}
"""What a reader's notes mean for a file that is about to be published as it is."""

INSPECTED = frozenset(
    LEFTOVERS[code]
    for code in (
        "comments_dropped", "revisions_accepted", "hidden_dropped", "speaker_notes_dropped",
        "hidden_shown", "properties_dropped", "custom_data_dropped",
    )
)  # fmt: skip
"""What word processors take out of a file themselves when they inspect it."""

CONTENT = {
    "chart_dropped": "图表或智能图形",
    "object_dropped": "嵌入对象或控件",
    "drawing_dropped": "矢量图形",
    "content_dropped": "无法识别的内容",
    "annotations_dropped": "水印、印章或图形批注",
    "formula_without_value": "没有保存计算结果的公式（如合计）",
}
"""What of an original its reader cannot carry over, though people see it."""
