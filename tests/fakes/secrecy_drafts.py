"""Drafts that bear a mark of secrecy, bear what is left of one, or only speak of secrecy.

What stands in them is invented.
"""

from __future__ import annotations

from collections.abc import Sequence

from review.document import Block, BlockKind, Cell, Document, Location

HEAD, FOOT = BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER
SIGN, NAME = BlockKind.ATTRIBUTE, BlockKind.FILE_NAME
Line = str | tuple[BlockKind, str] | tuple[str, ...]
"""A paragraph, a block of another kind, or the cells of a row."""

TITLE = "江城市人民政府办公室关于做好汛期安全工作的通知"
BODY = "各县（区）人民政府，市政府各部门：为切实做好汛期各项工作，现将有关事项通知如下。"


def draft(lines: Sequence[Line]) -> Document:
    """Build a document from lines; rows that follow one another make one table."""
    blocks: list[Block] = []
    table, row, in_table = -1, 0, False
    for line in lines:
        place = Location("text", len(blocks))
        if isinstance(line, str):
            blocks.append(Block(line, place))
            in_table = False
        elif isinstance(line[0], BlockKind):
            blocks.append(Block(line[1], place, line[0]))
        else:
            table, row = (table, row + 1) if in_table else (table + 1, 0)
            in_table = True
            for column, text in enumerate(line):
                cell = Cell(table, row, column)
                blocks.append(Block(text, Location("text", len(blocks)), BlockKind.CELL, cell))
    return Document("docx", tuple(blocks))


MARKED: dict[str, Sequence[Line]] = {
    "star and term at the top": ("机密★10年", TITLE, BODY),
    "letters spaced": ("机 密 ★ 10 年", TITLE, BODY),
    "letters spaced widely": ("机　　密　★　１０　年", TITLE, BODY),
    "split over three blocks": ("秘", "密", "★5年", TITLE, BODY),
    "split after the level": ("机密", "★10年", TITLE, BODY),
    "split before the term": ("秘密★", "启用前", "江城市2026年统一招聘考试试题", BODY),
    "in the page header": ((HEAD, "机密★10年"), TITLE, BODY),
    "in the page footer": (TITLE, BODY, (FOOT, "内部资料  注意保存")),
    "a watermark": ((SIGN, "秘密"), TITLE, BODY),
    "a watermark of internal papers": ((SIGN, "内部资料 严禁外传"), TITLE, BODY),
    "first cell of a table": (("秘密★3年", "江办字第12号"), (TITLE, ""), BODY),
    "copy number, level and urgency": ("000012", "秘密★1年", "特急", TITLE, BODY),
    "copy number and level in one line": ("份号：000012  密级：机密", TITLE, BODY),
    "a form with level and term": ("密级：秘密", "保密期限：10年", TITLE, BODY),
    "a form in cells": (("密级", "机密", "保密期限", "20年"), ("标题", TITLE), BODY),
    "level and term in one cell each": (("密级和保密期限", "秘密 5年"), ("份号", "000003"), BODY),
    "level in brackets before the title": ("【秘密】" + TITLE, BODY),
    "level in brackets behind the title": (TITLE + "（机密）", BODY),
    "internal papers": ("内部资料  注意保存", TITLE, BODY),
    "for internal use in brackets": ("（内部使用）", TITLE, BODY),
    "to be collected after the meeting": ("会后收回", TITLE, BODY),
    "meeting papers to be collected": ("会议材料  会后收回", TITLE, BODY),
    "read and destroy": ("阅后即焚", TITLE, BODY),
    "do not pass on": (TITLE, BODY, "请勿外传"),
    "forwarding forbidden": ("内部文件 严禁转发", TITLE, BODY),
    "internal, do not spread": ("内部掌握，不得扩散", TITLE, BODY),
    "work secret with term": ("工作秘密★3年", TITLE, BODY),
    "work secret as a form": ("密级：工作秘密", TITLE, BODY),
    "before the announcement": ("绝密★公布前", "江城市公开选拔笔试题本", BODY),
    "long term": ("绝密★长期", TITLE, BODY),
    "beside the number": ("江府办〔2026〕14号　　　　　　机密★5年", TITLE, BODY),
    "stamp read by a machine": ("機 密", TITLE, BODY),
    "stamp read with a wrong star": ("秘密女10年", TITLE, BODY),
    "star read as an asterisk": ("机密*20年", TITLE, BODY),
    "term in Chinese figures": ("秘密★三年", TITLE, BODY),
    "dates of begin and end": ("秘密★2026年3月1日至2031年2月28日", TITLE, BODY),
    "until a day": ("机密★至2030年12月31日", TITLE, BODY),
    "English words on a stamp": ("CONFIDENTIAL 机密", TITLE, BODY),
    "in the attachment's head": (TITLE, BODY, "附件1", "秘密★5年", "重点部位人员名册"),
    "half-year term": ("秘密★6个月", TITLE, BODY),
    "mark behind a tab": ("江府办〔2026〕14号\t秘密★3年", TITLE, BODY),
    "full-width brackets": ("［机密］", TITLE, BODY),
    "mark in a footnote": (TITLE, BODY, (BlockKind.NOTE, "机密★5年")),
    "mark in the file name": (TITLE, BODY, (BlockKind.FILE_NAME, "【机密】汛期通知")),
    "header with a number and a mark": ((HEAD, "000001 绝密★长期"), TITLE, BODY),
    "level and term joined by a dot": ("秘密·10年", TITLE, BODY),
    "level under the urgency": ("特提", "机密", TITLE, BODY),
    "exam paper": ("绝密★启用前", "2026年江城市初中学业水平考试", "数学试题"),
    "internal reference": ("内部参考  不得翻印", "江城舆情专报第3期", BODY),
    "collected and numbered": ("会后收回  编号：012", TITLE, BODY),
    "watermark with an office": ((SIGN, "江城市发改委内部资料"), TITLE, BODY),
    "copies forbidden": ("内部资料 不得复制", TITLE, BODY),
    "spaced internal": ("内 部 资 料  注 意 保 存", TITLE, BODY),
    "机密-汛期通知": (
        TITLE,
        BODY,
        (NAME, "机密-汛期通知"),
    ),
    "汛期通知（秘密）": (
        TITLE,
        BODY,
        (NAME, "汛期通知（秘密）"),
    ),
    "秘密+重点目标名册": (
        TITLE,
        BODY,
        (NAME, "秘密+重点目标名册"),
    ),
    "机密★汛期": (
        TITLE,
        BODY,
        (NAME, "机密★汛期"),
    ),
    "江城市人民政府办公室文件  秘密": (
        (HEAD, "江城市人民政府办公室文件  秘密"),
        TITLE,
        BODY,
    ),
    "机密 第1页 共3页": (
        (HEAD, "机密\u3000第1页 共3页"),
        TITLE,
        BODY,
    ),
    "│机密│": (
        "│机密│",
        TITLE,
        BODY,
    ),
    "★机密★": (
        "★机密★",
        TITLE,
        BODY,
    ),
    "秘密★10": (
        "秘密★10",
        TITLE,
        BODY,
    ),
    "★秘密 10年": (
        "★秘密 10年",
        TITLE,
        BODY,
    ),
    "**机密★10年**": (
        "**机密★10年**",
        TITLE,
        BODY,
    ),
    "# 机密★10年": (
        "# 机密★10年",
        TITLE,
        BODY,
    ),
    "密 级：机 密 ★ 5 年": (
        "密 级：机 密 ★ 5 年",
        TITLE,
        BODY,
    ),
    "TOP SECRET": (
        "TOP SECRET",
        "绝密",
        TITLE,
        BODY,
    ),
    "（绝 密）": (
        "（绝\u3000密）",
        TITLE,
        BODY,
    ),
    "NO.000123  机密": (
        "NO.000123  机密",
        TITLE,
        BODY,
    ),
    "秘密★2个月": (
        "秘密★2个月",
        TITLE,
        BODY,
    ),
    "启封并使用完毕前按机密级事项管理": (
        "启封并使用完毕前按机密级事项管理",
        "2026年全国硕士研究生招生考试",
        BODY,
    ),
    "本试卷启封前按绝密级事项管理": (
        "本试卷启封前按绝密级事项管理",
        BODY,
    ),
    "内部文件，请勿外传": (
        "内部文件，请勿外传",
        TITLE,
        BODY,
    ),
    "（内部资料，仅供领导参阅）": (
        "（内部资料，仅供领导参阅）",
        TITLE,
        BODY,
    ),
    "仅供领导参考，请勿外传": (
        "仅供领导参考，请勿外传",
        TITLE,
        BODY,
    ),
    "内部明电": (
        "内部明电",
        TITLE,
        BODY,
    ),
    "保密件  阅后退回": (
        "保密件  阅后退回",
        TITLE,
        BODY,
    ),
    "涉密材料  请妥善保管": (
        "涉密材料  请妥善保管",
        TITLE,
        BODY,
    ),
    "会议文件（二）  会后收回": (
        "会议文件（二）  会后收回",
        TITLE,
        BODY,
    ),
    "定密：工作秘密 期限：3年": (
        "定密：工作秘密 期限：3年",
        TITLE,
        BODY,
    ),
    "发文字号 江府办〔2026〕3号 密级 秘密": (
        (
            "发文字号",
            "江府办〔2026〕3号",
            "密级",
            "秘密",
        ),
        (
            TITLE,
            "",
            "",
            "",
        ),
        BODY,
    ),
    "机密 特急 江府办": (
        (
            "机密 特急",
            "江府办",
        ),
        BODY,
    ),
    "机密＊10年": (
        "机密＊10年",
        TITLE,
        BODY,
    ),
    "绝密 ★ 三十年": (
        "绝密 ★ 三十年",
        TITLE,
        BODY,
    ),
    "密级:机密  保密期限:20年  份号:000008": (
        "密级:机密  保密期限:20年  份号:000008",
        TITLE,
        BODY,
    ),
    "江城市委办公室 机密★5年": (
        (
            "江城市委办公室",
            "机密★5年",
        ),
        (
            "发文处理单",
            "",
        ),
        BODY,
    ),
    "〔机密〕": (
        "〔机密〕",
        TITLE,
        BODY,
    ),
    "机密级": (
        "机密级",
        TITLE,
        BODY,
    ),
    "【内部】": (
        "【内部】",
        TITLE,
        BODY,
    ),
    "内部资料 严禁复制": (
        (HEAD, "内部资料 严禁复制"),
        TITLE,
        BODY,
    ),
    "秘密★1年 — 2 —": (
        TITLE,
        BODY,
        (FOOT, "秘密★1年 — 2 —"),
    ),
    "2026年防汛方案(内部资料)": (
        TITLE,
        BODY,
        (NAME, "2026年防汛方案(内部资料)"),
    ),
    "秘 密": (
        "秘 密",
        "★",
        "十 年",
        TITLE,
        BODY,
    ),
    "江城市保密委员会": (
        "江城市保密委员会",
        "机密★10年",
        "关于开展检查的通知",
    ),
    "机密★10年        000012": (
        "机密★10年\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000000012",
        TITLE,
        BODY,
    ),
    "特急·机密": (
        "特急·机密",
        TITLE,
        BODY,
    ),
    "机密·特急": (
        "机密·特急",
        TITLE,
        BODY,
    ),
    "绝密★★★": (
        "绝密★★★",
        TITLE,
        BODY,
    ),
    "阅后即毁": (
        "阅后即毁",
        TITLE,
        BODY,
    ),
    "工作秘密  3年": (
        "工作秘密  3年",
        TITLE,
        BODY,
    ),
    "密级：绝密级": (
        "密级：绝密级",
        TITLE,
        BODY,
    ),
    "秘密（5年）": (
        "秘密（5年）",
        TITLE,
        BODY,
    ),
}
"""Every one must stop."""

DOUBTFUL: dict[str, Sequence[Line]] = {
    "a star left alone at the top": ("★", TITLE, BODY),
    "a star and a term": ("★10年", TITLE, BODY),
    "a star behind the copy number": ("000012", "★", TITLE, BODY),
    "a copy number without a level": ("000012", TITLE, BODY),
    "a copy number with its label": ("份号：000035", "江府办〔2026〕14号", TITLE, BODY),
    "a term without a level": ("保密期限：10年", TITLE, BODY),
    "an empty level": ("密级：", "保密期限：", TITLE, BODY),
    "half of the level": ("密★10年", TITLE, BODY),
    "a level painted over": ("■■★10年", TITLE, BODY),
    "a star in the first cell": (("★", "特急"), (TITLE, ""), BODY),
    "a secret number cited": (
        TITLE,
        "根据《关于加强重点目标管理的意见》（江密发〔2018〕3号）要求，",
        BODY,
    ),
    "a secret telegram cited": (TITLE, "按照省委机密文件精神，结合我市实际，制定本方案。"),
    "a paper of the secrecy committee": (TITLE, "依据《有关规定》（江委密〔2021〕7号）办理。"),
    "a confidential telegram": (TITLE, "贯彻落实省政府办公厅密电要求，现就有关事项通知如下。"),
    "an internal telegram number": (TITLE, "按照江机发〔2024〕2号（秘密级）文件执行。"),
    "a paper that may not be published": (TITLE, BODY, "本文件不对外公开，传达到县处级。"),
    "classification kept in a sentence": (TITLE, "本方案按秘密级管理，知悉范围为各专班成员。"),
    "a table of the levels": (
        ("密级", "保密期限", "说明"),
        ("绝密", "不超过30年", "最重要的国家秘密"),
        ("秘密", "不超过10年", "一般的国家秘密"),
    ),
    "a star in brackets": ("（★）", TITLE, BODY),
    "a telegram cited by its date": (TITLE, "根据市委3月5日密电，现将有关要求通知如下。"),
    "a title with its level": (TITLE, "详见《重点部位清单》（机密★5年）。"),
    "directed at a rank": ("此件发至县处级", TITLE, BODY),
    "not for the outside": (TITLE, BODY, "以上材料不得对外提供。"),
    "the circle of those who know": (TITLE, BODY, "知悉范围：防汛专班成员。"),
    "a cell for the copy": (("份号", "000018"), ("文号", "江府办〔2026〕9号"), TITLE, BODY),
    "a levelled minute cited": (TITLE, "落实市委常委会机密会议纪要精神，抓好排查。"),
    "★5年": (
        "    ★5年",
        TITLE,
        BODY,
    ),
    "根据江机密〔2019〕4号文件要求开展工作。": (
        TITLE,
        "根据江机密〔2019〕4号文件要求开展工作。",
    ),
    "参见《重点目标防护方案》（绝密）。": (
        TITLE,
        "参见《重点目标防护方案》（绝密）。",
    ),
    "依据《关于××的通知》（厅字〔2018〕3号，秘密）有关要求": (
        TITLE,
        "依据《关于××的通知》（厅字〔2018〕3号，秘密）有关要求，",
    ),
    "本通知发至县团级，不得翻印。": (
        TITLE,
        BODY,
        "本通知发至县团级，不得翻印。",
    ),
    "本件只发至乡镇党委。": (
        TITLE,
        BODY,
        "本件只发至乡镇党委。",
    ),
    "按照市委密件要求抓好落实。": (
        TITLE,
        "按照市委密件要求抓好落实。",
    ),
    "本材料涉及国家秘密，请注意保管。": (
        TITLE,
        "本材料涉及国家秘密，请注意保管。",
    ),
    "本名册属内部资料，不得外传。": (
        TITLE,
        "本名册属内部资料，不得外传。",
    ),
    "此件不得在互联网上发布。": (
        TITLE,
        BODY,
        "此件不得在互联网上发布。",
    ),
    "序号 信息类别 是否公开": (
        (
            "序号",
            "信息类别",
            "是否公开",
        ),
        (
            "1",
            "内部资料",
            "否",
        ),
        (
            "2",
            "商业秘密",
            "否",
        ),
    ),
    "注意：本件系内部资料，严禁外传": (
        "注意：本件系内部资料，严禁外传",
        TITLE,
        BODY,
    ),
    "内部征求意见，请勿外传": (
        "内部征求意见，请勿外传",
        TITLE,
        BODY,
    ),
    "此件内部掌握，不得对外公开": (
        "此件内部掌握，不得对外公开",
        TITLE,
        BODY,
    ),
    "按照《重要目标名录》（江委办机〔2020〕6号，机密★5年）": (
        TITLE,
        "按照《重要目标名录》（江委办机〔2020〕6号，机密★5年）落实防护。",
    ),
    "经请示省厅密电批复同意，": (
        TITLE,
        "经请示省厅密电批复同意，",
    ),
    "份 号：000021": (
        "份 号：000021",
        TITLE,
        BODY,
    ),
    "[密级已隐去]★": (
        "[密级已隐去]★",
        TITLE,
        BODY,
    ),
    "本预案为涉密文件，由专人保管。": (
        TITLE,
        BODY,
        "本预案为涉密文件，由专人保管。",
    ),
    "落实机密级文件精神，压实责任。": (
        TITLE,
        "落实机密级文件精神，压实责任。",
    ),
    "（此件发至县处级领导干部）": (
        TITLE,
        BODY,
        "（此件发至县处级领导干部）",
    ),
}
"""Every one must wait for a person."""

HARMLESS: dict[str, Sequence[Line]] = {
    "the law itself": (
        "第十四条　国家秘密的密级分为绝密、机密、秘密三级。",
        "绝密级国家秘密是最重要的国家秘密，泄露会使国家安全和利益遭受特别严重的损害。",
    ),
    "the law on terms": (
        "第二十条　国家秘密的保密期限，除另有规定外，绝密级不超过三十年，机密级不超过二十年，"
        "秘密级不超过十年。",
    ),
    "trade secrets": ("投标文件中属于商业秘密的内容，投标人应当书面说明理由。",),
    "a heading on trade secrets": ("三、商业秘密", "（一）权利人采取相应保密措施的技术信息。"),
    "a duty of confidence": ("评审专家应当履行保密义务，不得泄露评审情况。",),
    "a clause of a contract": ("8.3 保密", "双方对在履行合同中知悉的对方商业秘密负有保密责任。"),
    "a job in the secrecy office": (
        ("岗位", "职责", "人数"),
        ("机要保密岗", "负责涉密人员管理、保密宣传教育和定密管理", "1"),
    ),
    "duties of a secrecy bureau": (
        "（七）负责保密工作的日常管理，指导机关单位做好涉密人员管理和涉密载体管理。",
    ),
    "popular education": ("保守国家秘密，人人有责", "市保密局开展保密宣传月活动，发放手册3000份。"),
    "a quiz": ("1.国家秘密的密级分为（　）。A.绝密、机密、秘密 B.机密、秘密 C.绝密、机密",),
    "how marks are written": ("涉密公文应当在首页左上角标注密级和保密期限，如“机密★10年”。",),
    "a standard explained": ("7.2.2 密级和保密期限", "密级和保密期限之间用“★”分隔。"),
    "care with personal data": ("工作人员对收集的个人信息应当注意保密，不得向他人提供。",),
    "keeping receipts": ("请参保人员妥善保管缴费凭证，注意保存原始发票。",),
    "a rating of hotels": (("酒店", "星级"), ("江城宾馆", "★★★★"), ("白鹭酒店", "★★★")),
    "a rating of villages": ("★★★★★级文明村：白鹭村、河东村", "★★★★级文明村：河西村"),
    "starred clauses of a tender": ("★1.投标人须提供检测报告。", "★2.质保期不少于3年。", BODY),
    "a note under a table": (("项目", "金额"), ("★设备购置", "12")),
    "numbered lists": ("1", "2", "3", "一、总体要求", "二、主要任务"),
    "a postal code in the head": ("340421", "江城市招商服务指南", "电话：12345"),
    "an index number": (("索引号", "000012345/2026-00012"), ("发布机构", "江城市人民政府")),
    "exam secrecy": ("试卷启用前属于国家秘密，监考人员应当严格遵守保密规定。",),
    "internal audit": ("内部审计", "加强内部控制和内部监督，完善内部管理制度。"),
    "internal publications law": ("《内部资料性出版物管理办法》自2015年4月1日起施行。",),
    "secret ballots": ("选举采用无记名投票方式，设立秘密写票处。",),
    "secret of a recipe": ("非遗传承人口传心授的秘密配方，由传承人自愿公开。",),
    "a secrecy review stated": ("本文件已经保密审查，不涉及国家秘密、工作秘密和商业秘密。",),
    "a form of review": (
        ("保密审查意见", "经审查，不涉密，同意公开。"),
        ("公开属性", "主动公开"),
    ),
    "a form that says no": ("密级：无", "保密期限：无", TITLE, BODY),
    "a form that says public": ("密级：公开", TITLE, BODY),
    "a title": (("姓名", "职务"), ("张某某", "市委保密委员会办公室（市保密局）副局长")),
    "disclosure rules": (
        "依法确定为国家秘密的政府信息，法律、行政法规禁止公开的政府信息，不予公开。",
    ),
    "work secrets in a rule": ("机关单位工作人员不得泄露国家秘密、工作秘密。",),
    "passwords": ("用户应当妥善保管账号和密码，密码长度不少于8位，不得转借他人。",),
    "dense vegetation": ("林分郁闭度高、植被茂密，秘密施工的违法采砂行为由水利部门查处。",),
    "for reference": ("以上数据仅供参考，以统计部门公布为准。",),
    "minutes": ("会议材料请于会前一天送市政府办公室，会议材料一式30份。",),
    "complaints kept secret": ("对举报人的信息严格保密，举报电话12345。",),
    "an encryption standard": ("信息系统应当采用商用密码进行保护，机密性、完整性符合国家标准。",),
    "a table of a knowledge contest": (("题型", "分值"), ("密级", "20"), ("保密期限", "10")),
    "miyun district": ("根据《密云区规划》（密政发〔2023〕12号）和密云区有关规定，",),
    "xinmi city": ("郑州市代管的新密市印发《方案》（新密政办〔2024〕9号）。",),
    "machinery": ("农业农村部办公厅（农机发〔2023〕1号）公布补贴机具种类。",),
    "the password bureau": ("国家密码管理局《公告》（国密局字〔2020〕5号）。",),
    "the secrecy office's own": ("市保密局印发《宣传方案》（江保密〔2024〕6号），开展普法宣传。",),
    "a star before the contact": ("江城宾馆", "★ 免费停车", "★ 含双早"),
    "three-star enterprise": (("企业", "评级"), ("江城制药", "★★★"), ("白鹭电子", "★")),
    "how long papers are kept": (("归档范围", "保管期限"), ("会议记录", "30年")),
    "an internal department": ("内部机构设置：内设办公室、财务科、政策法规科。",),
    "an inner ring road": ("内部道路由建设单位负责维护，内部停车位对外开放。",),
    "handing out": ("请各镇（街道）及时转发，扩大知晓面。", "转发至各村"),
    "meeting spirit": ("会议精神要传达到每一名党员干部，落实到每一个岗位。",),
    "not open to the public": ("本场馆检修期间不对外开放，恢复时间另行公告。",),
    "confidentiality of a medicine": ("患者隐私应予保密，病历资料不得对外提供。",),
    "encrypted telegraph history": ("展馆展出抗战时期密电码本、发报机等文物。",),
    "tax secrets": ("税务人员应当为纳税人的商业秘密及个人隐私保密。",),
    "a duty list": (
        ("序号", "事项"),
        ("12", "国家秘密载体印制资质初审"),
        ("13", "涉密信息系统集成资质审查"),
    ),
    "an answer to a request": (
        "你申请公开的信息属于国家秘密，依据条例第十四条，决定不予公开。",
        "你申请公开的会议纪要属于内部事务信息，不予公开。",
    ),
    "a standard clause": ("本合同一式肆份，双方各执贰份，保密期限为合同终止后三年。",),
    "density": ("人口密集区域、密闭空间作业、植被稀疏处应设警示牌。",),
    "机密性、完整性和可用性是信息安全的三个要素。": (
        "机密性、完整性和可用性是信息安全的三个要素。",
    ),
    "档案分为公开、内部、秘密、机密、绝密五类。": ("档案分为公开、内部、秘密、机密、绝密五类。",),
    "★★★": (
        "★★★",
        "优秀旅游城市",
    ),
    "一、保密要求": (
        "一、保密要求",
        "参会人员应当遵守保密要求，不得录音录像。",
    ),
    "招聘岗位：保密员": (
        "招聘岗位：保密员",
        "负责文件收发、保密室管理。",
    ),
    "供应商应对项目资料保密，未经许可不得外传。": ("供应商应对项目资料保密，未经许可不得外传。",),
    "举报材料由专人保管，严禁外传。": ("举报材料由专人保管，严禁外传。",),
    "本公告不对外收费。": (
        "本公告不对外收费。",
        "本馆不对外出租。",
    ),
    "份数：000012": (
        "份数：000012",
        "编号：000123",
    ),
    "编号 数量": (
        (
            "编号",
            "数量",
        ),
        (
            "000012",
            "3",
        ),
    ),
    "请各位代表会后将表决票交回。": ("请各位代表会后将表决票交回。",),
    "公开方式：主动公开": (
        "公开方式：主动公开",
        "密级：非涉密",
    ),
    "严防考试泄密，命题人员签订保密承诺书。": (
        "严防考试泄密，命题人员签订保密承诺书。",
        "试卷运送按绝密件管理规定执行。",
    ),
    "根据《机关档案管理规定》（国家档案局令第13号）、《国家秘密": (
        "根据《机关档案管理规定》（国家档案局令第13号）、《国家秘密定密管理暂行规定》（国家保密局令2014年第1号）",
    ),
    "贯彻落实国家秘密载体管理规定，严格执行涉密文件登记制度。": (
        "贯彻落实国家秘密载体管理规定，严格执行涉密文件登记制度。",
    ),
    "密级鉴定": (
        "密级鉴定",
        "未经密级鉴定的档案不得开放。",
    ),
    "转发至朋友圈集赞": (
        "转发至朋友圈集赞",
        "请转发扩散，让更多人知晓防溺水知识",
    ),
    "★ 优先条件": (
        "★ 优先条件",
        "★本科以上学历",
    ),
    "一级": (
        "一级",
        "二级",
        "三级",
        "秘书处",
    ),
    "传达学习": (
        "传达学习",
        "传达到各村（社区）。",
    ),
    "二、保密管理": (
        "二、保密管理",
        "（一）定密工作规范有序。",
        "（二）涉密网络与互联网物理隔离。",
    ),
    "培训内容：密级标志的规范标注、保密期限的确定、解密审核。": (
        "培训内容：密级标志的规范标注、保密期限的确定、解密审核。",
    ),
    "课程 课时": (
        (
            "课程",
            "课时",
        ),
        (
            "国家秘密及其密级",
            "4",
        ),
        (
            "工作秘密管理",
            "2",
        ),
    ),
    "A级★★★★★ 12家；B级★★★ 30家": ("A级★★★★★ 12家；B级★★★ 30家",),
    "公示期间接受监督，反映人信息严格保密。": ("公示期间接受监督，反映人信息严格保密。",),
    "第三十一条 机关、单位应当根据工作需要确定具体的保密期限、解": (
        "第三十一条\u3000机关、单位应当根据工作需要确定具体的保密期限、解密时间或者解密条件。",
    ),
    "处方药须凭医师处方购买，药品密封、避光保存。": (
        "处方药须凭医师处方购买，药品密封、避光保存。",
    ),
    "保密承诺书": (
        "保密承诺书",
        "本人承诺遵守保密纪律，不泄露考生信息。",
    ),
    "会议文件请自行打印，会议材料见附件。": ("会议文件请自行打印，会议材料见附件。",),
    "内部招标": (
        "内部招标",
        "内部控制审计报告",
    ),
    "秘密侦查措施依照刑事诉讼法的规定执行。": ("秘密侦查措施依照刑事诉讼法的规定执行。",),
    "考试内容包括保密法、密码法、档案法。": ("考试内容包括保密法、密码法、档案法。",),
    "附件：1.保密协议 2.承诺书": ("附件：1.保密协议 2.承诺书",),
    "申请材料涉及商业秘密的，应当注明。": (
        "申请材料涉及商业秘密的，应当注明。",
        "本文件涉及商业秘密的，依法不予公开。",
    ),
    "本通知可在互联网上查询。": (
        "本通知可在互联网上查询。",
        "本文件不得擅自转载用于商业用途。",
    ),
    "注意保管好贵重物品": (
        "注意保管好贵重物品",
        "妥善保管",
    ),
    "省委机要局、市机要保密局参加活动。": ("省委机要局、市机要保密局参加活动。",),
    "人脸识别数据应当加密存储，密钥由专人保管。": ("人脸识别数据应当加密存储，密钥由专人保管。",),
    "根据《国务院关于机电产品进口的通知》（国机电〔2001〕5号": (
        "根据《国务院关于机电产品进口的通知》（国机电〔2001〕5号）",
    ),
    "工业和信息化部《公告》（工信机电〔2020〕8号）": (
        "工业和信息化部《公告》（工信机电〔2020〕8号）",
    ),
}
"""None may stop or wait because of its words on secrecy."""
