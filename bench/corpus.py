"""Deterministic official text to run on: plain policy prose, and documents with invented people.

The prose names offices, places, laws, sums and dates, and no person at all: whatever is found
in it is a false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from random import Random

from samples.numbers import credit_code
from samples.people import Person, people

_SLOTS: dict[str, tuple[str, ...]] = {
    "county": ("青禾县", "云台市", "白鹭区", "石桥县", "北岭市", "临江县", "南屏县", "古渡区"),
    "town": ("柳溪镇", "石门乡", "塘口镇", "白鹭街道", "金鸡岭镇", "向阳街道", "黄龙乡", "马鞍镇"),
    "office": (
        "发展改革局", "民政局", "住房和城乡建设局", "农业农村局", "市场监督管理局", "生态环境局",
        "人力资源和社会保障局", "自然资源局", "卫生健康局", "应急管理局", "教育局", "交通运输局",
        "财政局", "医疗保障局", "水利局", "文化广电和旅游局", "行政审批服务局", "乡村振兴局",
    ),
    "verb": (
        "推进", "加强", "规范", "完善", "深化", "落实", "优化", "健全", "提高", "统筹", "强化",
        "改进", "巩固", "拓展", "细化",
    ),
    "matter": (
        "政务公开", "临时救助", "高标准农田建设", "公共租赁住房分配", "安全生产隐患排查",
        "养老服务体系建设", "农村人居环境整治", "营商环境", "食品安全监管", "防汛抗旱",
        "义务教育均衡发展", "基层医疗卫生服务", "政府采购管理", "国有资产监督", "古树名木保护",
        "危险化学品运输", "重大项目建设", "就业创业扶持", "河湖长制", "行政执法公示",
        "高龄津贴发放", "城乡居民基本医疗保险", "耕地保护和粮食安全", "数字政府建设",
        "信访积案化解",
    ),
    "quality": (
        "高效服务效能", "公平公正", "应保尽保", "便民利民", "权责一致", "程序规范", "公开透明",
        "务实管用", "标本兼治", "因地制宜", "分类施策", "方便群众", "全程留痕",
    ),
    "result": (
        "群众满意度明显提高", "办理时限平均压缩三分之一", "各项指标全部达到年度目标",
        "常住人口城镇化率稳步上升", "万元地区生产总值能耗持续下降", "成效显著", "于年底前基本完成",
        "任务按期完成", "高质量发展取得新进展", "安全形势总体平稳", "干部作风明显好转",
    ),
    "law": (
        "《中华人民共和国政府信息公开条例》", "《中华人民共和国行政处罚法》",
        "《中华人民共和国安全生产法》", "《社会救助暂行办法》", "《公共租赁住房管理办法》",
        "《中华人民共和国土地管理法》", "《中华人民共和国食品安全法》",
        "《国有土地上房屋征收与补偿条例》",
    ),
    "unit": ("万元", "亩", "户", "人次", "公里", "件", "个百分点", "平方米", "立方米", "千瓦时"),
    "season": ("第一季度", "上半年", "前三季度", "全年", "三季度末", "汛期", "冬春季", "年底前"),
    "group": (
        "困难群众", "高校毕业生", "退役军人", "农民工", "残疾人", "留守儿童", "个体工商户",
        "中小微企业", "种粮大户", "常住居民", "社区工作者", "乡村医生",
    ),
    "kind": ("政发", "政办发", "民发", "财预", "发改价格", "建房", "环审", "农发"),
}  # fmt: skip
_SENTENCES = (
    "为{verb}{matter}工作，根据{law}等有关规定，结合{county}实际，制定本办法。",
    "{county}{office}会同{office}{verb}{matter}，做到{quality}、{quality}，{result}。",
    "{season}，全县共投入资金{sum}万元用于{matter}，比上年增长{percent}，{result}。",
    "各乡镇人民政府、街道办事处要高度重视{matter}，{verb}工作机制，明确责任分工，确保{result}。",
    "对{group}中符合条件的，由{town}人民政府审核后报{office}审批，补助标准为每人每月{sum}元。",
    "本办法自{year}年{month}月{day}日起施行，有效期五年，由{county}{office}负责解释。",
    "经{county}人民政府第{number}次常务会议研究同意，现将有关事项通知如下。",
    "{county}{kind}〔{year}〕{number}号文件同时废止，此前规定与本通知不一致的，以本通知为准。",
    "要坚持问题导向，{verb}{matter}，{verb}{matter}，着力解决{group}反映强烈的突出问题。",
    "截至{year}年{month}月底，累计完成{matter}项目{number}个，惠及{group}{sum}{unit}，{result}。",
    "严格执行{law}第{article}条的规定，任何单位和个人不得截留、挤占、挪用专项资金。",
    "有关单位应当于{month}月{day}日前将自查报告报送{county}{office}，逾期未报的予以通报。",
    "该项目位于{town}，东至环城路，西至工业大道，规划用地面积{sum}平方米，容积率不大于{percent}。",
    "推动{matter}与{matter}深度融合，方便{group}就近办理，进一步提高服务效能。",
    "县财政安排{matter}专项资金{sum}万元，其中用于{town}{sum}万元，执行率{percent}。",
    "一是{verb}组织领导，二是{verb}制度建设，三是{verb}监督检查，四是{verb}宣传引导。",
    "申请人应当提交申请书、户口簿和收入证明等材料，{office}自受理之日起{number}个工作日内办结。",
    "{office}负责{matter}的组织实施，{office}负责资金保障，{office}负责监督检查。",
    "项目总投资{sum}万元，统一项目代码{year}-{code}-04-01-{code}，计划{season}开工。",
    "会议指出，{matter}事关{group}切身利益，必须{quality}，常抓不懈，久久为功。",
    "本次公示期为五个工作日，公众可向{county}{office}反映意见，反映情况应当实事求是。",
    "到{year}年，{county}{matter}覆盖率达到{percent}以上，万人拥有量居全省前列，{result}。",
    "中标供应商应当自中标通知书发出之日起{number}日内与采购人签订合同，合同金额{sum}元。",
    "凡在{county}行政区域内从事{matter}活动的单位，均须遵守本规定，接受{office}的监督管理。",
)
_PERSONAL = (
    "联系人：{name}，联系电话：{phone}，电子邮箱：office{serial}@example.cn。",
    "当事人{name}，{sex}，公民身份号码{id_card}，住{county}{township}{group}{serial}号。",
    "经查，{name}于{year}年{month}月{day}日在{county}{township}违法占用耕地，{office}决定罚款{sum}元。",
    "申请人{name}（身份证号：{id_card}）因病致贫，银行账号{account}，家庭住址：{county}{township}{group}。",
    "{county}人民政府决定：任命{name}为{county}{office}副局长，免去{other}的{county}{office}副局长职务。",
    "统一社会信用代码{uscc}，法定代表人{name}，经营场所{county}{township}人民路{serial}号。",
    "证人{other}证实，{name}驾驶的车辆当时停在{township}路口，其手机号为{phone}。",
    "现将{name}、{other}等{number}人的评审结果予以公示，监督电话：{phone}。",
)  # fmt: skip
_PARAGRAPH = 5
_EVERYDAY = 300
"""How often a word must stand in jieba's dictionary to be drawn."""


def prose(length: int, seed: int = 1) -> str:
    """Write ``length`` characters of policy text that holds nothing personal."""
    return _cut(_paragraphs(Random(seed), personal=0.0), length)


def documents(length: int, seed: int = 2) -> str:
    """Write ``length`` characters in which every fourth sentence or so is about a person.

    Half of what the sentences are about is put together from a whole dictionary, so that no engine
    lives on having seen it all before. A shorter text is the beginning of a longer one.
    """
    return _cut(_paragraphs(Random(seed), personal=0.25), length)


def _cut(paragraphs: Iterator[str], length: int) -> str:
    parts: list[str] = []
    total = 0
    while total < length:
        parts.append(next(paragraphs))
        total += len(parts[-1]) + 1
    return "\n".join(parts)[:length]


def _paragraphs(random: Random, *, personal: float) -> Iterator[str]:
    persons = people(random.randrange(90), 1500)
    while True:
        yield "".join(
            _personal_sentence(random, persons)
            if random.random() < personal
            else _sentence(random, random.choice(_SENTENCES), wide=personal > 0)
            for _ in range(random.randint(2, _PARAGRAPH))
        )


def _sentence(random: Random, pattern: str, *, wide: bool = False, **given: str) -> str:
    """Fill a pattern; every place of a slot draws anew, so that sentences seldom repeat."""
    pieces: list[str] = []
    for piece in pattern.split("{"):
        slot, closed, rest = piece.partition("}")
        if not closed:
            pieces.append(piece)
        elif slot == "matter" and wide and random.random() < 0.5:
            pieces.append(random.choice(_words("n")) + random.choice(_words("vn")) + rest)
        else:
            pieces.append((given.get(slot) or _draw(random, slot)) + rest)
    return "".join(pieces)


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Read the everyday words of two and more characters of one part of speech from jieba."""
    lines = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines)
    return tuple(
        word
        for word, count, tag in entries
        if tag == kind and int(count) >= _EVERYDAY and len(word) > 1
    )


def _draw(random: Random, slot: str) -> str:
    match slot:
        case "year":
            return str(random.randint(2015, 2026))
        case "month":
            return str(random.randint(1, 12))
        case "day":
            return str(random.randint(1, 28))
        case "number":
            return str(random.randint(2, 180))
        case "sum":
            return f"{random.randint(120, 98_000_000) / 100:.2f}"
        case "percent":
            return f"{random.randint(10, 999) / 10}%"
        case "article":
            return random.choice(("五", "十二", "二十三", "三十七", "四十八", "六十一"))
        case "code":
            return str(random.randint(100_000, 999_999))
    return random.choice(_SLOTS[slot])


def _personal_sentence(random: Random, persons: tuple[Person, ...]) -> str:
    one, other = random.sample(persons, 2)
    serial = random.randrange(1, 900)
    return _sentence(
        random,
        random.choice(_PERSONAL),
        name=one.name,
        other=other.name,
        sex="女" if one.woman else "男",
        phone=one.phone,
        id_card=one.id_card,
        account=one.account,
        township=one.township,
        group=one.group,
        uscc=credit_code(serial),
        serial=str(serial),
    )
