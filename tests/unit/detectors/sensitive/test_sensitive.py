"""Health, marriage, religion and ethnicity count where they are about a person."""

from __future__ import annotations

import pytest

from detectors.base import Passage
from detectors.sensitive.sensitive import SensitiveRecognizer
from review.finding import Entity

RECOGNIZER = SensitiveRecognizer()


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("张三患有尿毒症，家庭困难", Entity.HEALTH, "尿毒症"),
        ("赵玉梅称其父赵德福患有高血压，需要安静。", Entity.HEALTH, "高血压"),
        ("胡一山，13890001112，有精神病史", Entity.HEALTH, "精神病史"),
        ("张三有癫痫病史，家属陪同", Entity.HEALTH, "癫痫病史"),
        ("骆卫东的儿媳杨柳有抑郁症，情绪激动", Entity.HEALTH, "抑郁症"),
        ("骆卫东的女婿有高血压。", Entity.HEALTH, "高血压"),
        ("骆卫东有抑郁症，已服药", Entity.HEALTH, "抑郁症"),
        ("骆卫东体检指标谷丙转氨酶偏高，复检合格", Entity.HEALTH, "谷丙转氨酶偏高"),
        ("骆卫东尿酸升高，建议复查", Entity.HEALTH, "尿酸升高"),
        ("骆卫东体检血红蛋白偏低，暂缓聘用", Entity.HEALTH, "血红蛋白偏低"),
        ("伤者现在县人民医院骨科15床治疗", Entity.HEALTH, "骨科15床"),
        ("骆小满，父母双亡，孤儿，现年15岁", Entity.MARITAL_STATUS, "父母双亡，孤儿"),
        ("骆小满系孤儿，由姑姑抚养", Entity.MARITAL_STATUS, "孤儿"),
        ("其母有高血压史", Entity.HEALTH, "高血压史"),
        ("姓名骆卫东\n残疾类别肢体\n监护人", Entity.HEALTH, "肢体"),
        ("残疾类别 听力、言语 残疾等级 一级", Entity.HEALTH, "听力、言语"),
        ("残疾类别 听力、言语 残疾等级 一级", Entity.HEALTH, "一级"),
        ("该户户主骆卫东类风湿多年，生活困难", Entity.HEALTH, "类风湿"),
        ("骆卫东常年类风湿，靠其妻照料", Entity.HEALTH, "类风湿"),
        ("其妻糖尿病十余年。", Entity.HEALTH, "糖尿病"),
        ("温桂香肺结核住院，暂由女儿照料", Entity.HEALTH, "肺结核"),
        ("给予管仲平家慰问金2000元（其父硅肺病去世）。", Entity.HEALTH, "硅肺病"),
        ("其父尘肺病已故", Entity.HEALTH, "尘肺病"),
        ("未到会的冲虚因精神分裂症住院，由儿媳代为表决。", Entity.HEALTH, "精神分裂症"),
        ("其妻长期服用降压药。", Entity.HEALTH, "降压药"),
        ("其子刁小勇因吸毒被处罚，家庭困难", Entity.HEALTH, "吸毒"),
        ("罗某某现正在社区戒毒", Entity.HEALTH, "社区戒毒"),
        ("其父长期服药，行动不便", Entity.HEALTH, "长期服药"),
        ("张三常年吃药，离不开人", Entity.HEALTH, "常年吃药"),
        ("张三（男，45岁）因呕吐、腹泻入院", Entity.HEALTH, "呕吐、腹泻"),
        ("致其腹泻就医。其母亲陪同。", Entity.HEALTH, "腹泻"),
        ("其妻身患乳腺癌多年。", Entity.HEALTH, "乳腺癌"),
        ("户主李四因患高血压住院", Entity.HEALTH, "高血压"),
        ("户主李四因中风偏瘫，由其弟代办", Entity.HEALTH, "中风偏瘫"),
        ("本人系肢体二级残疾，无劳动能力", Entity.HEALTH, "肢体二级残疾"),
        ("王五，男，45岁，一级残疾。", Entity.HEALTH, "一级残疾"),
        ("健康状况：患慢性肾病", Entity.HEALTH, "患慢性肾病"),
        ("臨床診斷：肺結核", Entity.HEALTH, "肺結核"),
        ("婚姻状况：离异", Entity.MARITAL_STATUS, "离异"),
        ("张三，女，汉族，丧偶，住某村", Entity.MARITAL_STATUS, "丧偶"),
        ("本人已离异，独自抚养一子", Entity.MARITAL_STATUS, "离异"),
        ("张三，男，汉族，1990年生", Entity.ETHNICITY, "汉族"),
        ("1964年1月出生，汉族，中共党员", Entity.ETHNICITY, "汉族"),
        ("王某系精神障碍患者，由其监护人领取", Entity.HEALTH, "精神障碍"),
        ("该户系低保对象，其妻殷某花患尿毒症，住房符合条件", Entity.HEALTH, "尿毒症"),
        ("张某到案后如实陈述，并提交慢性肾炎诊断证明", Entity.HEALTH, "慢性肾炎"),
        ("经诊断，张三为颅骨骨折、肺挫伤。", Entity.HEALTH, "颅骨骨折"),
        ("张三左腿截肢，家庭困难", Entity.HEALTH, "左腿截肢"),
        ("其兄双目失明", Entity.HEALTH, "双目失明"),
        ("死者张三死因为颅脑损伤。", Entity.HEALTH, "颅脑损伤"),
        ("邻居李四系精神残疾二级，长期服药", Entity.HEALTH, "精神残疾二级"),
        ("张三患有抑郁症、糖尿病。", Entity.HEALTH, "抑郁症、糖尿病"),
        ("你反映患尿毒症未获救助的问题", Entity.HEALTH, "尿毒症"),
        ("李四丧偶，独自生活", Entity.MARITAL_STATUS, "丧偶"),
        ("李四信奉基督教", Entity.RELIGION, "基督教"),
        ("民族：土家族，", Entity.ETHNICITY, "土家族"),
        ("民 族： 汉", Entity.ETHNICITY, "汉"),
        ("宗教信仰：佛教。", Entity.RELIGION, "佛教"),
        ("张三，男，信仰基督教", Entity.RELIGION, "基督教"),
        ("患有三级高血压、冠心病的村民邬秀珠", Entity.HEALTH, "三级高血压、冠心病"),
        (
            "邬秀珠患胃癌、白血病、尿毒症、尘肺病、精神分裂症，生活困难",
            Entity.HEALTH,
            "胃癌、白血病、尿毒症、尘肺病、精神分裂症",
        ),
        ("邬秀珠患有风湿病和肝硬化晚期。", Entity.HEALTH, "风湿病和肝硬化晚期"),
        ("佘大勇因尘肺病去世", Entity.HEALTH, "尘肺病"),
        ("佘大勇患风湿性心脏病、颈椎间盘突出症。", Entity.HEALTH, "风湿性心脏病、颈椎间盘突出症"),
        ("佘大勇患胃癌，其子佘小勇患哮喘。", Entity.HEALTH, "胃癌"),
        ("佘大勇患胃癌、佘小勇患哮喘。", Entity.HEALTH, "胃癌"),
        ("其夫因精神分裂症、肝炎住院", Entity.HEALTH, "精神分裂症、肝炎"),
        ("户主佘大勇因病致贫，肝硬化晚期，其妻无业", Entity.HEALTH, "因病"),
        ("户主佘大勇因病致贫，肝硬化晚期，其妻无业", Entity.HEALTH, "肝硬化晚期"),
        ("特困人员宁建国，肢体二级残疾，由村委会代领", Entity.HEALTH, "肢体二级残疾"),
        ("郑大海将邻居瞿秀英打伤，后者右手骨折。", Entity.HEALTH, "右手骨折"),
        ("简素珍，女，怀孕7个月，申请补助", Entity.HEALTH, "怀孕7个月"),
        ("宁建国，男，52岁，HIV抗体阳性，定期随访", Entity.HEALTH, "HIV抗体阳性"),
        ("其父长期卧病在床，其母精神异常", Entity.HEALTH, "长期卧病在床"),
        ("其父长期卧病在床，其母精神异常", Entity.HEALTH, "精神异常"),
        ("走访中发现独居老人瞿秀英突发脑梗，送医救治", Entity.HEALTH, "突发脑梗"),
        ("佘大勇（丧失劳动能力）", Entity.HEALTH, "丧失劳动能力"),
        ("患者佘大勇，诊断编码C34.9，住院号2026001", Entity.HEALTH, "C34.9"),
        ("佘大勇患肺癌（C34.9），已出院", Entity.HEALTH, "C34.9"),
        ("宁建国经诊断为职业性尘肺病壹期。", Entity.HEALTH, "职业性尘肺病壹期"),
        ("庞小莲与丈夫戴国庆经法院判决离婚，婚生子由男方抚养", Entity.MARITAL_STATUS, "离婚"),
        ("申请人庞小莲2024年5月离婚，独自抚养一女", Entity.MARITAL_STATUS, "离婚"),
        ("离婚后庞小莲独自抚养女儿", Entity.MARITAL_STATUS, "离婚"),
        ("局长走访慰问一级伤残军人庞小莲，送上慰问金", Entity.HEALTH, "一级伤残"),
        ("法律援助申请人庞小莲，系言语残疾人，指派律师承办", Entity.HEALTH, "言语残疾"),
        ("嫌疑人阮某供述其为艾滋病患者，已移送", Entity.HEALTH, "艾滋病"),
        ("驾驶员戴国庆体检发现高血压三级，调离岗位", Entity.HEALTH, "高血压三级"),
        ("本人患尿毒症，每周透析三次", Entity.HEALTH, "每周透析"),
        ("瞿秀英，女，回族，伊斯兰教信徒，文盲", Entity.RELIGION, "伊斯兰教信徒"),
        ("瞿秀英，盲人，独居", Entity.HEALTH, "盲人"),
        ("瞿秀英 80 盲人，独居", Entity.HEALTH, "盲人"),
        ("体检不合格人员：庞小莲（心电图异常）", Entity.HEALTH, "心电图异常"),
        ("经查，阮某精神有问题，曾多次住院", Entity.HEALTH, "精神有问题"),
        ("庞小莲，哺乳期，轻度贫血。", Entity.HEALTH, "哺乳期"),
        ("庞小莲，哺乳期，轻度贫血。", Entity.HEALTH, "轻度贫血"),
        ("本人小儿麻痹，无劳动能力", Entity.HEALTH, "小儿麻痹"),
        ("低保对象瞿秀英因脑溢血于2026年1月去世", Entity.HEALTH, "脑溢血"),
        ("因妊娠高血压，职工简素珍申请延长产假。", Entity.HEALTH, "妊娠高血压"),
        ("其左尺骨骨折，住院治疗", Entity.HEALTH, "左尺骨骨折"),
        ("该户为单亲家庭，女儿上小学", Entity.MARITAL_STATUS, "单亲"),
        ("瞿秀英系天主教徒，终身未婚。", Entity.RELIGION, "天主教徒"),
        ("瞿秀英系天主教徒，终身未婚。", Entity.MARITAL_STATUS, "未婚"),
        ("你与前夫已离婚，户口未迁出", Entity.MARITAL_STATUS, "离婚"),
    ],
)
def test_finds_what_is_said_of_a_person(found, hits_of, text, entity, value):
    assert value in found(RECOGNIZER, text)
    assert entity in {hit.entity for hit in hits_of(RECOGNIZER, text)}


@pytest.mark.parametrize(
    "text",
    [
        "大力发展健康产业，推进残疾人事业",
        "促进民族团结进步，依法管理宗教事务",
        "对患有高血压、糖尿病等慢性病的居民实施健康管理",
        "为一级、二级残疾人发放护理补贴",
        "符合以下条件的：本人患有重大疾病的",
        "办理结婚登记、离婚登记的，应当到场",
        "连南瑶族自治县人民政府",
        "佛教协会、道教协会负责人座谈",
        "艾滋病防治条例规定，患者应当配合",
        "健康状况良好的老年人可以报名",
        "少数民族、汉族、回族群众共同",
        "已婚育龄妇女可以享受免费检查",
        "加强精神残疾康复服务工作",
        "因病致贫、因残致贫人口",
        "她为数万名患者解除了病痛",
        "申请人应当提供重大疾病诊断证明",
        "因疾病防控需要，他们推迟了会议工作",
        "方案为预防老年人骨折提供指导，加强癌症早诊早治",
        "她所在的医院收治骨折、烧伤病人2000余例",
        "本次事故造成3人受伤，其中1人骨折，2人烧伤",
        "该同志长期从事肿瘤防治研究",
        "当事人驾驶的车辆左前损伤，路面损伤严重",
        "安全未婚女性，任何离异家庭",
        "你单位患病职工人数",
        "患有高血压、糖尿病的居民应当登记",
        "患有高血压、糖尿病的居民每年体检一次",
        "常年高血压、糖尿病患者免费体检",
        "我县血吸虫病防治30年，结核病流行多年。",
        "残疾等级 一级 二级 三级",
        "残疾类别肢体残疾人的补贴标准",
        "残疾等级一级的每月补贴200元",
    ],
)
def test_passes_over_policy_text(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("健康状况", "肢体二级", ["肢体二级"]),
        ("致贫原因", "因病", ["因病"]),
        ("致贫原因", "缺技术", []),
        ("伤亡情况", "颅骨骨折", ["颅骨骨折"]),
        ("伤亡情况", "死亡", []),
        ("民族", "汉", ["汉"]),
        ("民族乡", "下洋村", []),
        ("婚姻状况", "未婚", ["未婚"]),
        ("残疾等级", "/", []),
        ("残疾人数", "12", []),
        ("残疾类别及等级", "听力三级", ["听力三级"]),
        ("宗教信仰", "无", []),
        ("信教情况", "伊斯兰教", ["伊斯兰教"]),
        ("低保原因", "因残", ["因残"]),
        ("低保原因", "缺劳力", []),
        ("ICD编码", "N18.9", ["N18.9"]),
        ("病种", "慢性肾衰竭", ["慢性肾衰竭"]),
        ("病种", "报销比例", []),
    ],
)
def test_header_governs_the_cell(found, header, cell, expected):
    assert found(RECOGNIZER, cell, header) == expected


def remarked(header: str, cell: str, name_header: str = "姓名") -> list[str]:
    text = f"邬秀珠\n{cell}"
    headers = ((0, 3, name_header), (4, len(text), header))
    hits = RECOGNIZER.find(Passage(text, headers))
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("患肝癌", "肝癌"),
        ("患冠心病、尘肺病", "冠心病、尘肺病"),
        ("胃癌术后", "胃癌术后"),
        ("肢体三级残疾", "肢体三级残疾"),
        ("丧偶", "丧偶"),
    ],
)
def test_a_remark_in_a_roster_is_about_the_person_of_the_row(cell, value):
    assert remarked("备注", cell) == [value]


@pytest.mark.parametrize("cell", ["已发放", "五组", "代领", "重复享受"])
def test_other_remarks_hold_nothing(cell):
    assert remarked("备注", cell) == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("脱贫户、肝癌晚期", "肝癌晚期"),
        ("重度残疾人家庭", "重度残疾人家庭"),
        ("大病户", "大病户"),
        ("残疾三级/离异单亲", "离异单亲"),
        ("孤儿", "孤儿"),
    ],
)
def test_the_class_of_a_household_tells_of_whoever_is_named_beside_it(cell, value):
    assert value in remarked("对象类别", cell)


@pytest.mark.parametrize("cell", ["脱贫户", "低保户", "一般农户", "大病救助"])
def test_classes_that_tell_of_no_illness_stay(cell):
    assert remarked("对象类别", cell) == []


def test_a_class_beside_nobody_is_a_rule():
    assert remarked("对象类别", "重度残疾人家庭", "补助标准") == []


def test_a_remark_in_a_table_without_persons_is_about_nobody():
    assert remarked("备注", "防治肝炎", "项目名称") == []


def test_a_cause_of_poverty_that_is_a_marriage_is_reported_as_one(hits_of):
    (hit,) = hits_of(RECOGNIZER, "丧偶", "致贫原因")
    assert hit.entity is Entity.MARITAL_STATUS


def test_a_grade_beside_a_kind_of_disability_is_one_too():
    text = "宁建国\n肢体\n三\n200"
    headers = ((0, 3, "姓名"), (4, 6, "残疾类别"), (7, 8, "等级"), (9, 12, "补贴"))
    found = [text[hit.start : hit.end] for hit in RECOGNIZER.find(Passage(text, headers))]
    assert found == ["肢体", "三"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("患者伍秀珍因胆囊结石在县医院手术", "胆囊结石"),
        ("伍秀珍食用后出现急性肠胃炎", "急性肠胃炎"),
        ("工人向阳生受伤，右胫骨骨折，认定为工伤", "右胫骨骨折"),
        ("陈志远右手食指截肢", "右手食指截肢"),
        ("伍秀珍一家三口食用后上吐下泻", "上吐下泻"),
    ],
)
def test_finds_an_illness_or_injury_in_the_words_of_a_report(found, text, value):
    assert value in found(RECOGNIZER, text)


@pytest.mark.parametrize(
    "text",
    [
        "加强工作宣传，预防病毒感染",
        "县医院新设骨科15床、ICU病区20床",
        "对孤儿、困境儿童发放生活补贴",
        "转氨酶偏高者应当复检",
        "该村有血吸虫病，有慢性病的老人优先",
        "对左右两侧路面破裂处进行修补",
        "提升应急救援和骨折固定技能",
    ],
)
def test_leaves_the_same_words_where_they_are_about_nobody(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "有精神病史的人员应当如实告知。",
        "做好有精神病史人员的随访管理。",
        "腹泻就医人数较上周下降。",
        "长期服药患者可在村卫生室取药。",
        "其父王炎去世。",
        "规范服用抗结核药物的患者比例达到95%。",
        "患精神分裂症住院的，由残联给予补助。",
        "肝癌、肺癌手术住院费用报销比例提高到70%。",
        "社区戒毒、社区康复工作站3个，吸毒人员管控率100%。",
        "要关爱常年服药的慢性病患者。",
        "王五无癫痫病史，可以驾驶。",
    ],
)
def test_histories_and_symptoms_of_groups_and_what_is_denied_are_nobody_s(text: str) -> None:
    assert list(RECOGNIZER.find(Passage(text))) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("其子为精神病人，长期服用药品。", "精神病人"),
        ("温小兰之子是精神病人。", "精神病人"),
        ("申请人骆卫东系尿毒症病人，每周看病。", "尿毒症病人"),
        ("其母为植物人，需人照料。", "植物人"),
    ],
)
def test_who_is_called_ill_is_told_ill(found, text, value):
    assert found(RECOGNIZER, text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "被鉴定人为精神病人的，不予行政处罚。",
        "救治对象为精神病人、残疾人等困难群体。",
        "服务对象是精神病人。",
        "申请人或者其子女为精神病人的，可以申请监护补贴。",
    ],
)
def test_the_ill_in_general_are_nobody(found, text):
    assert found(RECOGNIZER, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("申请人瞿雪莲离异带两孩，生活困难。", "离异"),
        ("付光明丧偶多年。", "丧偶"),
        ("瞿雪莲离婚后独自抚养两个孩子。", "离婚"),
        ("瞿雪莲2019年离婚后租房居住。", "离婚"),
        ("低保对象付光明未婚无子女。", "未婚"),
    ],
)
def test_the_marriage_of_who_is_named_before_it_is_told(found, text, value):
    assert found(RECOGNIZER, text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "离婚登记办理须双方到场。",
        "丧偶人员可申请临时救助。",
        "离婚纠纷案由共受理23件。",
        "局长付光明离婚登记窗口调研。",
        "高山离异家庭子女关爱活动。",
        "申请人离婚后可单独申请公租房。",
        "双方离婚的，子女由一方抚养。",
        "许多离异家庭得到帮扶。",
    ],
)
def test_divorces_as_an_affair_are_nobody_s(found, text):
    assert found(RECOGNIZER, text) == []
