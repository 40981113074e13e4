from __future__ import annotations

import time

import pytest

from detectors.addresses.address import AddressRecognizer
from detectors.base import Hit, Passage
from review.finding import Entity, Role

RECOGNIZER = AddressRecognizer()


def hits(text: str, headers: tuple[tuple[int, int, str], ...] = ()) -> list[Hit]:
    return sorted(RECOGNIZER.find(Passage(text, headers)), key=lambda h: h.start)


def found(text: str, headers: tuple[tuple[int, int, str], ...] = ()) -> list[str]:
    return [text[h.start : h.end] for h in hits(text, headers)]


def column(*cells: tuple[str, str]) -> Passage:
    """Join the (value, header) cells of a table as the passages do."""
    headers, at = [], 0
    for value, header in cells:
        headers.append((at, at + len(value), header))
        at += len(value) + 1
    return Passage("\n".join(value for value, _ in cells), tuple(headers))


def in_cells(*cells: tuple[str, str]) -> list[str]:
    passage = column(*cells)
    return [passage.text[h.start : h.end] for h in RECOGNIZER.find(passage)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "男，住福建省福州市鼓楼区东街街道安泰社区津泰路128号3栋502室。",
            "福建省福州市鼓楼区东街街道安泰社区津泰路128号3栋502室",
        ),
        (
            "当事人于2026年1月5日在江门市蓬江区白沙街道胜利路66号门口摆卖。",
            "江门市蓬江区白沙街道胜利路66号",
        ),
        ("伤者（江海区外海街道麻三村6组人）送医。", "江海区外海街道麻三村6组"),
        ("伤者系江海区外海街道麻三村6组村民。", "江海区外海街道麻三村6组"),
        (
            "户籍地新疆喀什地区疏附县托克扎克镇3村2组14号。",
            "新疆喀什地区疏附县托克扎克镇3村2组14号",
        ),
        ("家庭住址：台山市台城街道北坑村委会龙安里12号", "台山市台城街道北坑村委会龙安里12号"),
        (
            "家住沙坪街道人民东路88号华庭花园5幢1203房的村民",
            "沙坪街道人民东路88号华庭花园5幢1203房",
        ),
        ("举报人反映开平市长沙街道东郊路9号某餐馆扰民", "开平市长沙街道东郊路9号"),
        ("现住址：桃源小区7-2-1101 电话：略", "桃源小区7-2-1101"),
        ("住址：大坪村小坪组", "大坪村小坪组"),
        ("该户（家庭住址：安定镇横冲村7组18号）因火灾受损", "安定镇横冲村7组18号"),
        ("该户（家庭住址：安定镇横冲村7组（老屋场））受灾", "安定镇横冲村7组（老屋场）"),
        ("户籍地址：安定镇横冲村7组18号于2024年迁出", "安定镇横冲村7组18号"),
        (
            "当事人户籍地为江门市新会区会城街道东侯路15号之二，现已搬离。",
            "江门市新会区会城街道东侯路15号之二",
        ),
        (
            "家庭住址：内蒙古自治区呼伦贝尔市鄂温克族自治旗辉苏木辉道嘎查3号",
            "内蒙古自治区呼伦贝尔市鄂温克族自治旗辉苏木辉道嘎查3号",
        ),
        (
            "现住址：黑龙江省饶河县八五九农场第七管理区3栋2号",
            "黑龙江省饶河县八五九农场第七管理区3栋2号",
        ),
        ("住江西省信丰县金盆山林场夹水口分场5栋的职工", "江西省信丰县金盆山林场夹水口分场5栋"),
        ("雇员居住于和田县巴格其镇恰勒瓦西村3小队。", "和田县巴格其镇恰勒瓦西村3小队"),
        ("现居住于滨海新区塘沽街道和荣苑6-2-402", "滨海新区塘沽街道和荣苑6-2-402"),
        ("上海市普陀区永登路1330弄8号901室，76平方米", "上海市普陀区永登路1330弄8号901室"),
        ("房产位于武侯区浆洗街28号4栋1单元7楼13号。", "武侯区浆洗街28号4栋1单元7楼13号"),
        ("其姐住万州区高笋塘街道白岩路188号附12号", "万州区高笋塘街道白岩路188号附12号"),
        ("居民房屋在榆次区迎宾街89号4号楼2单元9层西户。", "榆次区迎宾街89号4号楼2单元9层西户"),
        (
            "联系地址：杭州市余杭区良渚街道金家渡南苑(北区)12幢2单元301室",
            "杭州市余杭区良渚街道金家渡南苑(北区)12幢2单元301室",
        ),
        (
            "送达地址：江门市蓬江区 白沙街道 胜利路66号 3栋 502室",
            "江门市蓬江区 白沙街道 胜利路66号 3栋 502室",
        ),
        ("拆除朝阳巷8号后院搭建物。", "朝阳巷8号"),
        ("我家住在文峰街道光明小区北门对面", "文峰街道光明小区北门对面"),
        ("居住地九龙坡区杨家坪街道西郊路45号附3号7-4，", "九龙坡区杨家坪街道西郊路45号附3号7-4"),
        ("租客反映晨光国际8-6-1440漏水", "晨光国际8-6-1440"),
        ("该养殖户位于漳县武阳镇斜坡村九社。", "漳县武阳镇斜坡村九社"),
        (
            "存放于当事人住处（衢江区樟潭街道信安大道288号3幢1单元302室）。",
            "衢江区樟潭街道信安大道288号3幢1单元302室",
        ),
        ("未签约户为淮海路133号住户。", "淮海路133号"),
        ("被征收人所有的青云巷12-1号房屋", "青云巷12-1号"),
        ("老人在镇上向阳路35号打零工", "向阳路35号"),
        ("经上门核实，阳光花园二期8栋1单元3户家庭存在人户分离。", "阳光花园二期8栋1单元"),
        ("常住和平里小区甲12号楼3门501的居民", "和平里小区甲12号楼3门501"),
        ("违建位于富民路与兴业街交叉口东100米处。", "富民路与兴业街交叉口东100米"),
        ("嫌疑人躲藏于将乐县古镛镇老街口72号民房内。", "将乐县古镛镇老街口72号"),
    ],
)
def test_the_hit_covers_the_whole_address(text: str, address: str) -> None:
    (hit,) = hits(text)
    assert text[hit.start : hit.end] == address
    assert hit.entity is Entity.CN_ADDRESS
    assert hit.role is Role.UNKNOWN
    assert address not in hit.reason


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("该户现住安定镇横冲村第五村民小组，人口4人。", "安定镇横冲村第五村民小组"),
        ("张某家住柳河村三组12号，因火灾致贫。", "柳河村三组12号"),
        ("孙某家住石马村三社，系五保户。", "石马村三社"),
        ("家住白沙镇老供销社旁的刘某", "白沙镇老供销社旁"),
        ("其住所位于柳河村东头第三家，房屋为土木结构。", "柳河村东头第三家"),
        ("租住在城关镇东风村村委会后面，无固定收入。", "城关镇东风村村委会后面"),
        ("家住临河屯的王大爷", "临河屯"),
        ("线索指向红旗街道七委二组一处民宅。", "红旗街道七委二组"),
        ("在大坪村小坪组自建房屋一栋。", "大坪村小坪组"),
        ("送达至榆阳区鱼河峁镇张家沟自然村。", "榆阳区鱼河峁镇张家沟自然村"),
        ("何某，乌石镇大新村委会坑尾村，3人。", "乌石镇大新村委会坑尾村"),
        ("对象家住平远县石正镇南台村大塘唇。", "平远县石正镇南台村大塘唇"),
        ("荔浦市双江镇双江村公所12队邓某", "荔浦市双江镇双江村公所12队"),
        (
            "证人住通辽市科尔沁左翼中旗花吐古拉镇西花嘎查。",
            "通辽市科尔沁左翼中旗花吐古拉镇西花嘎查",
        ),
        ("出生于安溪县感德镇大坂村", "安溪县感德镇大坂村"),
    ],
)
def test_village_groups_hamlets_and_what_stands_beside_a_house(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("被申请人入住如家酒店（人民路店）8305房期间被查获。", "如家酒店（人民路店）8305房"),
        ("李某在金湾宾馆512房与他人会面。", "金湾宾馆512房"),
        ("旅客登记于站前路18号华侨宾馆3楼306房。", "站前路18号华侨宾馆3楼306房"),
    ],
)
def test_the_room_of_a_hotel_is_an_address(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "福建省福州市鼓楼区",
        "户籍地：福建省福州市鼓楼区",
        "住址：江门市蓬江区白沙街道",
        "福建省三明市将乐县古镛镇解放村被评为示范村。",
        "支持杜阮镇、棠下镇、荷塘镇开展人居环境整治。",
        "江门市蓬江区人民政府办公室",
        "江门市新会区陈皮产业发展规划",
        "居住在农村的老年人按规定享受高龄津贴。",
        "居住在老旧小区的居民可以申请。",
        "国办发〔2018〕26号，江府办〔2026〕8号",
        "根据国务院令第3号令和第5号公告的规定执行。",
        "青禾县人民医院64排CT采购项目中标（成交）结果公告",
        "县医院128排螺旋CT、中医院16排及以上CT各1台",
        "地铁2号线、105国道改造工程，第12号公告，3号楼宇经济",
        "一期工程2号线计划于2027年通车，107国道全线大修。",
        "由第一组组长负责，第二组副组长协助。",
        "共采集十五组数据，其中三组异常；二单元教学内容包括分数。",
        "1号楼12层、2号楼18层、3号楼幕墙工程量清单见附件。",
        "教学楼3栋、宿舍楼2栋，总建筑面积2.3万平方米。",
        "城市公园12座、街头游园30处，铁路桥12座，大桥3号桥墩施工完毕。",
        "小区5个、楼宇12栋，共涉及住户380户，新增困难家庭6户。",
        "全县共有村民小组1832个，156个行政村、1320个自然村实现通组公路全覆盖。",
        "投资8.5亿元建设中心城区3号水厂。",
        "全镇12村3社区全部通自来水，村头广告牌5块。",
        "经开区一园三区规划，该医院5号楼三层为手术室。",
        "居住用地地块编号JCR2026-12(杜阮07)号",
        "某小区1栋发生火灾，无人员伤亡。",
        "小区3号门禁系统升级改造采购项目",
        "转移山区群众3村210户，工业园区二期标准厂房8栋完成验收。",
        "大桥镇中心小学新建教学楼1幢",
        "建设路、胜利路、解放路沿线绿化提升工程。",
        "市、住建函〔2026〕8号、江住公示[2025]112号收悉",
        "疑问请致电客服热线400-820-1234或联系客户经理",
        "便民服务中心020-8312-3456，服务中心800-820-1234",
        "住房城乡建设部门要稳妥推进城镇老旧小区改造和棚户区改造。",
        "农村公路建设要坚持因地制宜，加快建制村通硬化路。",
        "住建部门负责老旧小区3类改造内容，住宅楼3栋以上的小区应成立业主委员会。",
        "",
    ],
)
def test_what_is_numbered_or_named_alike_is_no_address(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "办公地址：江门市蓬江区白沙大道西1号市政府大楼302室。",
        "项目位于江门市新会区会城街道同德二路12号。",
        "法定代表人：某某；统一社会信用代码：略；住所：江门市新会区会城街道同德二路12号。",
        "统一社会信用代码：略\n住所：新会区会城街道同德二路12号\n法定代表人：略\n身份证：略",
        "报名地点：江门市江海区外海街道金瓯路288号",
        "当事人：江门市某某食品有限公司，住所：蓬江区杜阮镇杜阮北路2号3幢",
        "幸福小区三号楼外墙改造工程",
        "法院地址在五邑路668号",
        "江门市第一人民医院（北街海傍街23号）门诊",
        "市第二中学位于水南路12号",
        "复议材料可寄至崇礼大街9号县司法局。",
        "请到胜利路66号市政务服务大厅3楼办理。",
        "供应商地址：杭州市西湖区文三路478号华星时代广场A座901室",
        "江门市蓬江区白沙街道东湖广场",
        "经营地址：青禾县滨江路66号",
        "被抽样单位地址：江门市蓬江区胜利路66号",
        "阿芳副食店（江门市蓬江区胜利路66号）销售的豇豆",
        "招标人：青禾县水务局　地址：青禾县滨江路66号",
    ],
)
def test_offices_and_sites_are_told_from_homes(text: str) -> None:
    (hit,) = hits(text)
    assert hit.role is Role.OFFICE


@pytest.mark.parametrize(
    "text",
    [
        "某公司职工，家庭住址：江门市蓬江区胜利路5号桃源小区2幢301房",
        "姓名：略\n身份证：略\n住所：新会区会城街道同德二路12号",
        "经营者住所：柳州市柳南区航鹰大道8号1栋2单元5-1",
        "某公司职工张某，住胜利路5号",
        "其住所位于柳河村东头第三家",
        "当事人在胜利路66号擅自扩建房屋",
        "某公司职工李明在胜利路66号被抓获",
        "某公司张某地址：胜利路66号",
        "胜利路66号李某向派出所报案",
        "胜利路66号市民张某到法院起诉",
        "江门市蓬江区白沙街道桃源小区",
    ],
)
def test_a_firm_near_by_does_not_make_an_office_of_a_home(text: str) -> None:
    (hit,) = hits(text)
    assert hit.role is Role.UNKNOWN


def test_the_header_of_a_column_says_whose_address_it_is() -> None:
    text = "北坑村12号\n胜利路66号"
    (home,) = hits(text, ((0, 6, "家庭住址"),))[:1]
    assert (home.start, home.end, home.role) == (0, 6, Role.UNKNOWN)
    office = hits(text, ((7, 13, "单位地址"),))[-1]
    assert (office.start, office.role) == (7, Role.OFFICE)


def test_the_address_beside_who_was_sampled_is_the_business() -> None:
    text = "城南区老张卤味店\n菜市街23号"
    (hit,) = hits(text, ((0, 8, "被抽样单位"), (9, 15, "地址")))
    assert hit.role is Role.OFFICE
    (home,) = hits(text, ((0, 8, "姓名"), (9, 15, "地址")))
    assert home.role is Role.UNKNOWN


@pytest.mark.parametrize(
    "text", ["经营者住所：江门市蓬江区胜利路66号", "住址：江门市蓬江区白沙街道幸福小区2栋503"]
)
def test_the_home_of_whoever_runs_a_shop_is_a_home(text: str) -> None:
    (hit,) = hits(text)
    assert hit.role is Role.UNKNOWN


@pytest.mark.parametrize("header", ["收件人地址及电话", "寄送地址和电话"])
def test_in_a_column_of_addresses_and_telephones_the_address_ends_before_the_number(
    header: str,
) -> None:
    text = "清溪县城关镇后巷5号 150 8474 6555"
    assert found(text, ((0, len(text), header),)) == ["清溪县城关镇后巷5号"]


def test_a_column_of_homes_hides_names_of_no_known_form_and_keeps_divisions() -> None:
    assert in_cells(("张家洼", "家庭住址"), ("棠下镇", "家庭住址"), ("同上", "住址")) == ["张家洼"]
    assert in_cells(("农业家庭户口", "户籍性质"), ("本村", "住址")) == []


def test_an_address_may_be_spread_over_the_cells_of_a_row() -> None:
    row = (
        ("李某", "姓名"),
        ("棠下镇", "乡镇"),
        ("7组", "村组"),
        ("12号", "门牌号"),
        ("302", "房号"),
    )
    assert in_cells(*row) == ["7组", "12号", "302"]
    assert in_cells(("第一组", "组别"), ("12", "房号")) == []


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("由胜利路66号迁至建设路8号", ["胜利路66号", "建设路8号"]),
        ("分别住石板沟村一组8号和石板沟村一组9号。", ["石板沟村一组8号", "石板沟村一组9号"]),
        (
            "原住东风村二组、现住城关镇解放社区9号楼1单元302的王某",
            ["东风村二组", "城关镇解放社区9号楼1单元302"],
        ),
        ("团结街22号、团结街24号两处房屋", ["团结街22号", "团结街24号"]),
        ("将乐县古镛镇\n台山市台城街道北坑村12号", ["台山市台城街道北坑村12号"]),
    ],
)
def test_two_addresses_in_one_line_are_two_hits(text: str, addresses: list[str]) -> None:
    assert found(text) == addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "住址：江门市蓬江区\n白沙街道胜利路66号3栋502室\n联系电话：略",
            "江门市蓬江区\n白沙街道胜利路66号3栋502室",
        ),
        ("男，现住江门市蓬江区白沙街道\n胜利路66号，无业。", "江门市蓬江区白沙街道\n胜利路66号"),
    ],
)
def test_an_address_broken_over_a_line_end_is_one(text: str, address: str) -> None:
    (hit,) = hits(text)
    assert text[hit.start : hit.end] == address
    assert "可公开到乡镇、街道，其后隐去" in hit.reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("住江门市蓬江区白沙街道胜利路66号", "可公开到乡镇、街道，其后隐去"),
        ("住江门市蓬江区胜利路66号", "可公开到县（市、区），其后隐去"),
        ("住江门市胜利路66号", "可公开到市，其后隐去"),
        ("住胜利路66号", "全部隐去"),
    ],
)
def test_the_reason_says_how_far_an_address_may_be_published(text: str, says: str) -> None:
    (hit,) = hits(text)
    assert hit.reason.endswith(says)


@pytest.mark.parametrize(
    "unit", ["路1号", "住村", "江门市\n", "3栋", "一", "村的组", "区", "1-", "地址("]
)
def test_the_time_grows_with_the_text_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        passage = Passage((unit * length)[:length])
        begin = time.process_time()
        list(RECOGNIZER.find(passage))
        return time.process_time() - begin

    seconds(4_000)
    assert seconds(32_000) < 12 * max(min(seconds(4_000) for _ in range(3)), 0.002)


@pytest.mark.parametrize("unit", [" ", "、 ", "江门市"])
def test_the_time_for_a_cell_grows_with_its_text_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        firm, place = (unit * length)[:length] + "。", "江门市新会区" + unit * 9 + "x"
        table = firm + "\n" + place + (unit * length)[:length]
        cells = ((0, len(firm), "供应商名称"), (len(firm) + 1, len(table), "地址"))
        passage = Passage(table, headers=cells)
        begin = time.process_time()
        list(RECOGNIZER.find(passage))
        return time.process_time() - begin

    seconds(2_000)
    assert seconds(16_000) < 12 * max(min(seconds(2_000) for _ in range(3)), 0.002)


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("因施工，文昌路210号至236号居民出行不便。", "文昌路210号至236号"),
        ("学区范围：滨江路1—99号", "滨江路1—99号"),
    ],
)
def test_a_stretch_of_a_road_is_nobodys_home(text: str, stretch: str) -> None:
    (hit,) = hits(text)
    assert (text[hit.start : hit.end], hit.role) == (stretch, Role.OFFICE)


@pytest.mark.parametrize(
    "text", ["张某家住安溪县感德镇大坂村，种茶", "张某，男，安溪县感德镇大坂村人，种茶"]
)
def test_the_village_of_somebody_lies_below_the_township(text: str) -> None:
    assert found(text) == ["安溪县感德镇大坂村"]


def test_those_who_live_in_a_village_are_nobody_in_particular() -> None:
    assert found("居住在洪田镇上寨村的村民可以申请") == []


@pytest.mark.parametrize(
    "text",
    [
        "你的通信地址：青田县鹤城街道新大街18号，邮编323900",
        "瞿雪莲。通信地址：青田县鹤城街道新大街18号 邮编：323900",
        "您的联系地址：青田县鹤城街道新大街18号；邮编：323900。我局已收到。",
        "投诉人瞿雪莲，联系地址：青田县鹤城街道新大街18号，邮编323900，公司拖欠其工资。",
    ],
)
def test_a_postcode_makes_nobodys_home_an_office(text: str) -> None:
    (hit,) = hits(text)
    assert hit.role is Role.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "意见反馈方式：通信地址：青田县鹤城街道新大街18号，邮编：323900",
        "可向青田县政府申请复议（地址：青田县鹤城街道新大街18号，邮编323900）",
        "你公司地址：青田县鹤城街道新大街18号，邮编323900",
        "通信地址：青田县鹤城街道新大街18号县教育局，邮编323900",
    ],
)
def test_who_asks_for_letters_or_is_named_is_an_office(text: str) -> None:
    (hit,) = hits(text)
    assert hit.role is Role.OFFICE


@pytest.mark.parametrize(
    "text",
    [
        "案发地点：青田县城东大道与建设路交叉口。",
        "位于平湖县经济开发区创业路9号的平湖县三友钢构厂发生坍塌",
        "甲方：桃源县园林绿化所（地址：桃源县公园路1号）",
    ],
)
def test_a_crossing_and_the_seat_of_a_works_are_nobodys_home(text: str) -> None:
    assert {hit.role for hit in hits(text)} == {Role.OFFICE}


@pytest.mark.parametrize(
    "text",
    [
        "申请人联系地址：南岭县城关镇北门街26号，电话见附件",
        "住在位于平湖县创业路9号的出租屋",
    ],
)
def test_the_address_of_a_party_is_private_whatever_it_is_called(text: str) -> None:
    assert {hit.role for hit in hits(text)} == {Role.UNKNOWN}


def test_whose_a_piece_of_land_is_declared_is_no_part_of_the_address() -> None:
    assert found("争议山场归石门村五组集体所有。") == ["石门村五组"]
    assert found("家住归仁镇下坪村12号。") == ["归仁镇下坪村12号"]
