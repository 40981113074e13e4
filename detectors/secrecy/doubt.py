"""What is left of a mark of secrecy, and words that lead to a secret paper: a person decides.

保密法 36 and 条例 17 want the review before publication; a reference to a secret document may tell
its existence and content, a term without a level was cut off with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.text.lines import lines_with
from review.finding import Entity, Role

_S = "[ \t]{0,4}"
_END = r"(?=[ \t]*$)"
_LEVEL = rf"(?:绝{_S}密|机{_S}密|秘{_S}密)"
_PERIOD = (
    rf"(?:[0-9一二三四五六七八九十]{{1,3}}{_S}(?:年|个?{_S}月)"
    rf"|长{_S}期|启{_S}用{_S}前|公{_S}布{_S}前)"
)
_CITES = "(?:根据|按照|依据|依照|遵照|贯彻|落实|参照|执行|转发|接到?|收到|经)"
_FLAGS = re.MULTILINE

_ADVICE = "请保密审查人员核对，拿不准的送本单位保密机构"
_CITED = f"像是引用涉密文件，引用可能泄露其存在和内容（保密法第三十六条）；{_ADVICE}"
_REMAINS = f"像是密级标志被去掉后的残留，须有解密依据；{_ADVICE}，由定密责任人确认"
_INTERNAL = f"写明了不对外或限定范围（条例第十六条、第十七条）；{_ADVICE}"
_CLASSED = f"文中说本件按涉密管理；{_ADVICE}，由定密责任人确认"

_BRACKETS = r"[〔\[(【][ \t]?(?:19|20)[0-9]{2}[ \t]?[〕\])】][ \t]?第?[ \t]?[0-9]{1,5}[ \t]?号"
_DIRECTED = (
    "(?:县处级|县团级|地师级|地厅级|厅局级|省军级|乡科级|处级|科级)(?:以上)?(?:领导|干部|单位)?"
)

_THIS = (
    "(?:[此本该](?:件|文件|材料|资料|通知|方案|报告|纪要|通报|预案|名单|名册)"
    "|以上材料|上述材料|文件)"
)
_SIGNS = (
    "密 机发 机要 ★ ☆ 份号 对外 互联网 上网 网上 发至 阅至 发到 "
    "阅到 传达至 传达到 得转发 止转发 禁转发 勿转发 翻印 外传 扩散 知悉范围"
)
"""What every pattern below holds one of."""
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # 江密发〔2018〕3号, 江委密〔2021〕7号; 密云, 新密, 高密 are places, 农机 is machinery.
    (
        re.compile(
            r"(?<=[\u4e00-\u9fff×xX*某])(?<![新高国商保])密(?:电|办|委)?[发办函字传电通]?[ \t]?"
            + _BRACKETS
        ),
        _CITED,
    ),
    (re.compile(rf"(?<![农直工编])机[发密要][ \t]?{_BRACKETS}"), _CITED),
    (
        re.compile(
            rf"(?:[号》][ \t]?[(【\[]|号[,;、])[ \t]?"
            rf"{_LEVEL}级?{_S}(?:[★*]{_S}{_PERIOD})?[ \t]?[)】\]]"
        ),
        _CITED,
    ),
    (
        re.compile(
            rf"{_CITES}[^,，。;；\n规管登销制标识理]{{0,16}}"
            rf"(?:{_LEVEL}级?(?:文件|电报|会议纪要|材料)|密件|密文)"
            r"(?:精神|要求|部署|规定|安排|通知|[\u4e00-\u9fff]{0,2}执行|办理|,|，|。)"
        ),
        _CITED,
    ),
    (re.compile(rf"{_CITES}[^,，。;；\n]{{0,20}}密电(?![码话])"), _CITED),
    # ★10年, 密★10年, ■■★10年, alone on a line.
    (re.compile(rf"^{_S}[^\w\n]{{0,4}}密?{_S}[★☆][ \t]*{_PERIOD}{_END}", _FLAGS), _REMAINS),
    (
        re.compile(rf"^{_S}(?:密{_S}级(?:和保密期限)?|保密等级){_S}:[ \t_]*$", _FLAGS),
        _REMAINS,
    ),
    (
        re.compile(rf"^{_S}保密期限{_S}:{_S}\n?{_S}{_PERIOD}{_END}", _FLAGS),
        _REMAINS,
    ),
    (re.compile(rf"^{_S}份号{_S}(?::|\n){_S}[0-9]{{1,8}}(?![0-9])", _FLAGS), _REMAINS),
    (
        re.compile(
            rf"{_THIS}[^,，。;；\n]{{0,6}}不(?:得|宜|能|可|予)?对外(?:公开|公布|发布|提供|宣传)"
        ),
        _INTERNAL,
    ),
    (
        re.compile(
            rf"{_THIS}[^,，。;；\n]{{0,4}}(?:不得|严禁|禁止|不宜)[^,，。;；\n]{{0,8}}"
            "(?:互联网|上网|网上|发布|转发|翻印|外传|扩散)"
        ),
        _INTERNAL,
    ),
    (
        re.compile(rf"{_THIS}{_S}(?:只|仅)?{_S}(?:发|传达|阅){_S}[至到]{_S}{_DIRECTED}"),
        _INTERNAL,
    ),
    (
        re.compile(
            r"(?:内部|[此本]件)[^。;；\n]{0,16}(?:严禁|请勿|不得|禁止)"
            "(?:外传|扩散|转发|对外公开|对外提供)"
        ),
        _INTERNAL,
    ),
    (re.compile(rf"{_THIS}[只仅](?:发|传达|阅)[至到]"), _INTERNAL),
    (
        re.compile(rf"(?:^|[,，]){_S}传达到{_S}{_DIRECTED}[。]?$", _FLAGS),
        _INTERNAL,
    ),
    (
        re.compile(rf"{_THIS}(?:为|是|属于?|系)[^,，。;；\n不非]{{0,4}}涉密(?:文件|件|材料|载体)"),
        _CLASSED,
    ),
    (re.compile(r"知悉范围(?:限于|限定|仅限|限|为|:)"), _CLASSED),
    (
        re.compile(
            rf"{_THIS}(?:按照?|属于?|列为|定为|确定为|系)[^,，。;；\n不业术]{{0,6}}"
            rf"(?:{_LEVEL}|工作秘密)(?:级|事项|文件|件|材料)?(?:管理|保管|,|，|。|$)",
            _FLAGS,
        ),
        _CLASSED,
    ),
    (
        re.compile(
            rf"{_THIS}[^,，。;；\n不未无]{{0,4}}(?:涉及|含有|包含|载有)(?:国家秘密|工作秘密|{_LEVEL})(?!的)"
        ),
        _CLASSED,
    ),
)


class SecrecyDoubtRecognizer:
    """Find remains of marks and references to secret papers; each waits for a person."""

    name = "secrecy_doubt"
    entities = (Entity.NEGATIVE_TERM,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        for start, end in lines_with(text, _SIGNS, around=1):
            for pattern, reason in _PATTERNS:
                for match in pattern.finditer(text, start, end):
                    yield Hit(Entity.NEGATIVE_TERM, *match.span(), 0.9, reason, Role.REVIEW)
