"""Every identifier is found as it is written beside its label; figures of other things are not."""

from __future__ import annotations

from collections import deque
from time import process_time

import pytest

from detectors.base import Passage
from detectors.registry import recognizers
from detectors.text.normalise import normalise
from review.finding import Entity
from tests.fakes.figures import FIGURES

NUMBERS = frozenset(
    {
        "id_card",
        "passport",
        "travel_permit",
        "military_id",
        "social_security",
        "bank_card",
        "phone",
        "email",
        "wechat",
        "qq",
        "ip",
        "license_plate",
        "property_cert",
        "uscc",
        "birth_date",
    }
)
RECOGNIZERS = tuple(one for one in recognizers() if one.name in NUMBERS)
INVISIBLE = ("\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff")


def found(text: str) -> set[tuple[Entity, str]]:
    folded = normalise(text)
    hits = [hit for one in RECOGNIZERS for hit in one.find(Passage(folded.text))]
    spans = [(hit.entity, folded.original(hit.start, hit.end)) for hit in hits]
    return {(entity, text[start:end]) for entity, (start, end) in spans}


@pytest.mark.parametrize("carrier", ["{}", "李四，{}，特此", "1、{}\n2、同上", "（{}）"])
@pytest.mark.parametrize(
    ("entity", "marked"),
    [
        (Entity.CN_PASSPORT, "护照号码：‹E12345678›"),
        (Entity.CN_PASSPORT, "持护照‹EA1234567›入境"),
        (Entity.CN_PASSPORT, "护照号‹G12345678›，"),
        (Entity.CN_PASSPORT, "因公护照‹SE1234567›"),
        (Entity.CN_PASSPORT, "公务护照‹PE1234567›号"),
        (Entity.CN_PASSPORT, "外交护照‹DE1234567›"),
        (Entity.CN_PASSPORT, "护照：‹Ｅ１２３４５６７８›"),
        (Entity.CN_PASSPORT, "护照号 ‹E 1234 5678›"),
        (Entity.CN_PASSPORT, "护照号码‹E-12345678›"),
        (Entity.CN_PASSPORT, "普通护照 ‹e12345678›"),
        (Entity.CN_PASSPORT, "Passport No. ‹123456789›"),
        (Entity.CN_PASSPORT, "护照号码为‹C01X00T47›"),
        (Entity.CN_PASSPORT, "护照（号码：‹AB1234567›）"),
        (Entity.CN_PASSPORT, "护照号码：‹M12345678›"),
        (Entity.CN_PASSPORT, "护照号‹EO1234567›"),
        (Entity.CN_PASSPORT, "护照号码\n‹E12345678›"),
        (Entity.CN_PASSPORT, "‹E12345678›（护照）"),
        (Entity.CN_TRAVEL_PERMIT, "港澳居民来往内地通行证‹H12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "港澳居民来往内地通行证号码：‹M12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "来往内地通行证号码‹H1234567801›"),
        (Entity.CN_TRAVEL_PERMIT, "回乡证：‹H 1234 5678›"),
        (Entity.CN_TRAVEL_PERMIT, "台湾居民来往大陆通行证‹12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "台胞证号码：‹12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "台胞证‹0123456701(B)›"),
        (Entity.CN_TRAVEL_PERMIT, "往来港澳通行证‹C12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "往来港澳通行证号：‹CA1234567›"),
        (Entity.CN_TRAVEL_PERMIT, "往来台湾通行证‹L12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "往来台湾通行证‹T12345678›"),
        (Entity.CN_TRAVEL_PERMIT, "通行证（‹H12345678›）"),
        (Entity.CN_TRAVEL_PERMIT, "通行证号‹Ｈ１２３４５６７８›"),
        (Entity.CN_MILITARY_ID, "军字第‹12345678›号"),
        (Entity.CN_MILITARY_ID, "士字第‹87654321›号"),
        (Entity.CN_MILITARY_ID, "军官证号：‹军字第1234567›号"),
        (Entity.CN_MILITARY_ID, "军官证号‹12345678›"),
        (Entity.CN_MILITARY_ID, "士兵证：士字第‹20180101›号"),
        (Entity.CN_MILITARY_ID, "南字第‹01234567›号"),
        (Entity.CN_MILITARY_ID, "军官证南字第‹01234567›号"),
        (Entity.CN_MILITARY_ID, "军官证（军字第 ‹12345678› 号）"),
        (Entity.CN_MILITARY_ID, "军人保障卡号‹8100123456›"),
        (Entity.CN_MILITARY_ID, "文字第‹12345678›号"),
        (Entity.CN_SOCIAL_SECURITY, "社保卡号：‹A12345678›"),
        (Entity.CN_SOCIAL_SECURITY, "社会保障号码‹C1234567890›"),
        (Entity.CN_SOCIAL_SECURITY, "社会保障卡卡号：‹AB1234567›"),
        (Entity.CN_SOCIAL_SECURITY, "医保卡号 ‹1234567890›"),
        (Entity.CN_SOCIAL_SECURITY, "医疗证号：‹4407031234567›"),
        (Entity.CN_SOCIAL_SECURITY, "个人编号：‹4400012345›"),
        (Entity.CN_SOCIAL_SECURITY, "医保编号‹44070012345678›"),
        (Entity.CN_SOCIAL_SECURITY, "新农合证号：‹44070301020304›"),
        (Entity.CN_SOCIAL_SECURITY, "养老保险个人编号：‹1234567890›"),
        (Entity.CN_SOCIAL_SECURITY, "低保证号：‹4407030012345›"),
        (Entity.CN_LICENSE_PLATE, "车牌号‹京A12345›的"),
        (Entity.CN_LICENSE_PLATE, "‹粤J·12345›号"),
        (Entity.CN_LICENSE_PLATE, "‹粤J-12345›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J 12345›"),
        (Entity.CN_LICENSE_PLATE, "‹粤 J 1 2 3 4 5›"),
        (Entity.CN_LICENSE_PLATE, "‹粤JD12345›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J12345D›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J·D12345›"),
        (Entity.CN_LICENSE_PLATE, "‹京Ａ１２３４５›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J1234学›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J1234警›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J1234挂›"),
        (Entity.CN_LICENSE_PLATE, "‹京A1234领›"),
        (Entity.CN_LICENSE_PLATE, "‹粤Z1234港›"),
        (Entity.CN_LICENSE_PLATE, "‹粤Z1234澳›"),
        (Entity.CN_LICENSE_PLATE, "车牌号为‹使224578›"),
        (Entity.CN_LICENSE_PLATE, "‹WJ粤12345›"),
        (Entity.CN_LICENSE_PLATE, "‹粤J·1A2B3›"),
        (Entity.CN_LICENSE_PLATE, "驾驶‹粤j12345›小车"),
        (Entity.CN_LICENSE_PLATE, "号牌‹粤J•12345›"),
        (Entity.CN_LICENSE_PLATE, "‹桂A・12345›"),
        (Entity.QQ_NUMBER, "QQ：‹12345678›"),
        (Entity.QQ_NUMBER, "QQ号码‹12345678›"),
        (Entity.QQ_NUMBER, "qq:‹1234567890›"),
        (Entity.QQ_NUMBER, "ＱＱ：‹１２３４５６７８›"),
        (Entity.QQ_NUMBER, "Q Q 号 ‹12345678›"),
        (Entity.QQ_NUMBER, "QQ群:‹123456789›"),
        (Entity.QQ_NUMBER, "QQ号是‹一二三四五六七八›"),
        (Entity.QQ_NUMBER, "联系QQ ‹1234 5678›"),
        (Entity.WECHAT_ID, "微信：‹zhangsan88›"),
        (Entity.WECHAT_ID, "微信号‹zhangsan_88›"),
        (Entity.WECHAT_ID, "微信号：‹13800138000›"),
        (Entity.WECHAT_ID, "VX:‹abc12345›"),
        (Entity.WECHAT_ID, "weixin：‹abc-12345›"),
        (Entity.WECHAT_ID, "微信（‹zhangsan88›）"),
        (Entity.WECHAT_ID, "加微信‹zs12345678›"),
        (Entity.WECHAT_ID, "微信ID：‹lisi_2020›"),
        (Entity.WECHAT_ID, "‹wxid_abc12345xyz›"),
        (Entity.EMAIL_ADDRESS, "邮箱‹zhangsan@163.com›联系"),
        (Entity.EMAIL_ADDRESS, "邮箱：‹zhangsan＠163.com›"),
        (Entity.EMAIL_ADDRESS, "‹zhangsan @ 163.com›"),
        (Entity.EMAIL_ADDRESS, "‹zhangsan(at)163.com›"),
        (Entity.EMAIL_ADDRESS, "‹zhangsan[at]163.com›"),
        (Entity.EMAIL_ADDRESS, "‹zhangsan@163。com›"),
        (Entity.EMAIL_ADDRESS, "‹zhangsan (at) 163 (dot) com›"),
        (Entity.EMAIL_ADDRESS, "‹13800138000@139.com›"),
        (Entity.EMAIL_ADDRESS, "邮箱：‹张三@例子.中国›"),
        (Entity.EMAIL_ADDRESS, "mailto:‹zhangsan@163.com›?subject=1"),
        (Entity.EMAIL_ADDRESS, "zhang-san+a@qq.com、‹lisi@qq.com›"),
        (Entity.IP_ADDRESS, "IP地址‹192.168.1.100›登录"),
        (Entity.IP_ADDRESS, "来自‹113.67.10.25›的访问"),
        (Entity.IP_ADDRESS, "IP：‹１１３．６７．１０．２５›"),
        (Entity.IP_ADDRESS, "‹2001:db8:85a3::8a2e:370:7334›"),
        (Entity.IP_ADDRESS, "‹fe80::1›"),
        (Entity.IP_ADDRESS, "IP为‹10.0.0.1›"),
        (Entity.IP_ADDRESS, "‹113.67.10.25›:8080"),
        (Entity.IP_ADDRESS, "‹113.67.10.0›/24"),
        (Entity.CN_PROPERTY_CERT, "‹粤房地证字第C1234567号›"),
        (Entity.CN_PROPERTY_CERT, "‹江国用（2010）第101234号›"),
        (Entity.CN_PROPERTY_CERT, "‹新集用(2010)第12345号›"),
        (Entity.CN_PROPERTY_CERT, "‹蓬府林证字(2010)第1234567号›"),
        (Entity.CN_PROPERTY_CERT, "林权证号‹B440012345678›"),
        (Entity.CN_PROPERTY_CERT, "房产证号：‹0100123456›"),
        (Entity.CN_PROPERTY_CERT, "‹京房权证朝字第123456号›"),
        (Entity.CN_PROPERTY_CERT, "‹沪房地浦字(2010)第012345号›"),
        (Entity.CN_PROPERTY_CERT, "不动产权证书‹D44012345678›"),
        (Entity.BIRTH_DATE, "‹1990年1月2日›出生"),
        (Entity.BIRTH_DATE, "张三，男，‹1990.1.2›生，"),
        (Entity.BIRTH_DATE, "出生日期：‹1990-01-02›"),
        (Entity.BIRTH_DATE, "出生年月：‹199001›"),
        (Entity.BIRTH_DATE, "出生年月‹199001›"),
        (Entity.BIRTH_DATE, "出生日期‹19900102›"),
        (Entity.BIRTH_DATE, "‹一九九〇年一月二日›出生"),
        (Entity.BIRTH_DATE, "生于‹一九九〇年一月二日›"),
        (Entity.BIRTH_DATE, "‹90年1月›生"),
        (Entity.BIRTH_DATE, "生于‹1990年1月›"),
        (Entity.BIRTH_DATE, "‹1990年1月›生人"),
        (Entity.BIRTH_DATE, "张三，男，汉族，‹1990年1月2日›出生"),
        (Entity.BIRTH_DATE, "张三（‹1990年1月2日›生）"),
        (Entity.BIRTH_DATE, "出生：‹1990/1/2›"),
        (Entity.BIRTH_DATE, "生日‹１９９０年１月２日›"),
        (Entity.BIRTH_DATE, "出生于‹1990年›"),
        (Entity.BIRTH_DATE, "‹二〇一五年三月十二日›出生"),
        (Entity.BIRTH_DATE, "‹贰零壹伍年叁月壹拾贰日›出生"),
        (Entity.BIRTH_DATE, "出生日期 ‹1990 年 1 月 2 日›"),
        (Entity.BIRTH_DATE, "出生年月\n‹1990.01›"),
        (Entity.BIRTH_DATE, "男，‹1990年1月2日›生"),
        (Entity.BIRTH_DATE, "女，‹1990－01－02›，汉族"),
        (Entity.BIRTH_DATE, "出生日期：‹90.1.2›"),
        (Entity.BIRTH_DATE, "‹农历1990年正月初二›出生"),
        (Entity.BIRTH_DATE, "‹1990年一月二日›出生"),
        (Entity.BIRTH_DATE, "‹一九九0年一月二日›出生"),
        (Entity.CN_USCC, "统一社会信用代码‹91340621MA2PEN6Q3Y›"),
        (Entity.CN_USCC, "‹9134 0621 MA2P EN6Q 3Y›"),
        (Entity.CN_USCC, "‹91340621-MA2PEN6Q-3Y›"),
        (Entity.CN_USCC, "‹91340621MA2PEN6Q3y›"),
        (Entity.CN_USCC, "信用代码：‹9134O621MA2PEN6Q3Y›"),
        (Entity.CN_USCC, "代码‹91340621MA2\nPEN6Q3Y›，"),
        (Entity.CN_USCC, "信用代码‹91340621MA2PEN6Q3Z›"),
        (Entity.PHONE_NUMBER, "‹13800138000转8001›"),
        (Entity.PHONE_NUMBER, "电话‹0750-3501234-8001›"),
        (Entity.PHONE_NUMBER, "电话‹0750-3501234转8001›"),
        (Entity.PHONE_NUMBER, "‹0750-3501234 ext.801›"),
        (Entity.PHONE_NUMBER, "电话：‹（0750）3501234分机8001›"),
        (Entity.PHONE_NUMBER, "电话：‹3501234转801›"),
        (Entity.PHONE_NUMBER, "‹（86）13800138000›"),
        (Entity.PHONE_NUMBER, "‹(0086)13800138000›"),
        (Entity.PHONE_NUMBER, "‹+86 138 0013 8000›"),
        (Entity.PHONE_NUMBER, "‹0086-13800138000›"),
        (Entity.PHONE_NUMBER, "‹+86-750-3501234›"),
        (Entity.PHONE_NUMBER, "传真:‹0750－3501234›"),
        (Entity.PHONE_NUMBER, "宅电‹0750 3501234›"),
        (Entity.PHONE_NUMBER, "‹〇七五〇-三五〇一二三四›"),
        (Entity.PHONE_NUMBER, "家庭电话：‹三五〇一二三四›"),
        (Entity.PHONE_NUMBER, "电话‹0750/3501234›"),
        (Entity.PHONE_NUMBER, "电话‹0750.3501234›"),
        (Entity.PHONE_NUMBER, "电话 ‹010 6234 5678›"),
        (Entity.PHONE_NUMBER, "联系电话：‹350 1234›"),
        (Entity.PHONE_NUMBER, "联系电话（手机）：‹13800138000›"),
        (Entity.PHONE_NUMBER, "联系电话：3501234、‹3501235›"),
        (Entity.PHONE_NUMBER, "微信同号‹13800138000›"),
        (Entity.PHONE_NUMBER, "小灵通‹8012345›"),
        (Entity.PHONE_NUMBER, "‹00852-91234567›"),
        (Entity.PHONE_NUMBER, "香港电话‹+852 9123 4567›"),
        (Entity.PHONE_NUMBER, "澳门手机‹+853 6612 3456›"),
        (Entity.PHONE_NUMBER, "TEL：‹07503501234›"),
        (Entity.PHONE_NUMBER, "电话‹07503501234›。"),
        (Entity.CN_ID_CARD, "15位身份证‹440703880101234›"),
        (Entity.CN_ID_CARD, "身份证号：‹440703-880101-234›"),
        (Entity.CN_ID_CARD, "身份证号‹44070319880101234›"),
        (Entity.CN_ID_CARD, "身份证号‹4407031988010123456›"),
    ],
)
def test_an_identifier_is_found_whole(entity, marked, carrier):
    """The value stands between ‹ and ›, which are no part of the text."""
    value = marked[marked.index("‹") + 1 : marked.index("›")]
    text = marked.replace("‹", "").replace("›", "")
    assert (entity, value) in found(carrier.format(text))


@pytest.mark.parametrize("sign", INVISIBLE)
@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        (Entity.CN_PASSPORT, "护照号{}。", "E12345678"),
        (Entity.CN_TRAVEL_PERMIT, "通行证{}。", "H12345678"),
        (Entity.CN_MILITARY_ID, "军字第{}号", "12345678"),
        (Entity.CN_SOCIAL_SECURITY, "社保卡号{}。", "A12345678"),
        (Entity.CN_LICENSE_PLATE, "驾驶{}行驶", "粤J·D12345"),
        (Entity.QQ_NUMBER, "QQ：{}。", "12345678"),
        (Entity.WECHAT_ID, "微信：{}。", "zhangsan88"),
        (Entity.EMAIL_ADDRESS, "邮箱{}。", "zhangsan@163.com"),
        (Entity.IP_ADDRESS, "IP为{}。", "113.67.10.25"),
        (Entity.CN_PROPERTY_CERT, "见{}。", "粤(2020)江门市不动产权第0012345号"),
        (Entity.CN_USCC, "代码{}。", "91340621MA2PEN6Q3Y"),
        (Entity.BIRTH_DATE, "生于{}。", "1990年1月2日"),
        (Entity.PHONE_NUMBER, "电话{}。", "0750-3501234"),
    ],
)
def test_what_cannot_be_seen_hides_no_identifier(entity, text, value, sign):
    written = sign.join(value)
    assert (entity, written) in found(text.format(written))


@pytest.mark.parametrize("carrier", ["{}", "根据{}的规定，", "一、{}。", "（{}）", "{}\n{}"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_of_something_else_is_no_identifier(figure, carrier):
    assert found(carrier.replace("{}", figure)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "z***@qq.com",
        "zh***g@163.com",
        "138****1234@139.com",
        "QQ：1234****",
        "微信：wx****12",
        "护照号E1234****",
        "车牌粤J·1***5",
        "粤J***45",
        "港澳居民来往内地通行证H1234****",
        "出生日期：1990年**月**日",
        "社保卡号：A123****8",
        "113.67.*.*",
    ],
)
def test_what_is_masked_already_is_not_reported(text):
    assert found(text) <= {(Entity.BIRTH_DATE, "1990年")}


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1\n",
        "1,",
        "S5 ",
        "<b>1</b>",
        "&#1;1",
        "138 0013 8000 ",
        "6222 0212 3456 7890 ",
        "身份证1 ",
        "电话1 ",
        "账号1、",
        "0750-",
        "生于1990年1月",
        "粤J1 2 3 ",
        "国用(2010)第",
        "社保卡a-",
        "a(at)",
        "1::",
        "一 ",
        "①",
    ],
)
def test_no_text_slows_the_recognisers_down(piece):
    """Ten times the text may take ten times as long, and some noise; squares would take 100."""

    def seconds(length: int) -> float:
        passage = Passage(normalise((piece * length)[:length]).text)
        start = process_time()
        for one in RECOGNIZERS:
            deque(one.find(passage), maxlen=0)
        return process_time() - start

    short = min(seconds(4_000) for _ in range(3))
    assert min(seconds(40_000) for _ in range(2)) < 30 * short + 0.05
