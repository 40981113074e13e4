"""Chinese names of everything a policy speaks of, for tables, forms and artifacts."""

from __future__ import annotations

from collections.abc import Mapping

from policies.forms import MASK
from review.finding import Entity, Role
from review.plan import Verdict
from review.policy import Action, Nlp, NlpEngine, OnClean, Rule, TermLevel, Where

ENTITY_NAMES: Mapping[Entity, str] = {
    Entity.PERSON: "姓名",
    Entity.PHONE_NUMBER: "电话号码",
    Entity.EMAIL_ADDRESS: "电子邮箱",
    Entity.IP_ADDRESS: "IP 地址",
    Entity.CN_ID_CARD: "身份证号码",
    Entity.CN_PASSPORT: "护照号码",
    Entity.CN_TRAVEL_PERMIT: "往来港澳台证件号码",
    Entity.CN_MILITARY_ID: "军人证件号码",
    Entity.CN_SOCIAL_SECURITY: "社会保障号码",
    Entity.CN_BANK_CARD: "银行账号",
    Entity.CN_LICENSE_PLATE: "车牌号",
    Entity.CN_ADDRESS: "住址",
    Entity.CN_PROPERTY_CERT: "不动产权证号",
    Entity.BIRTH_DATE: "出生日期",
    Entity.WECHAT_ID: "微信号",
    Entity.QQ_NUMBER: "QQ 号",
    Entity.HEALTH: "健康状况",
    Entity.MARITAL_STATUS: "婚姻状况",
    Entity.RELIGION: "宗教信仰",
    Entity.ETHNICITY: "民族",
    Entity.MINOR: "未成年人信息",
    Entity.CN_USCC: "统一社会信用代码",
    Entity.SECRECY_MARK: "密级标志",
    Entity.NEGATIVE_TERM: "负面清单词语",
    Entity.WORDING: "内容表述",
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.UNKNOWN: "身份不明",
    Role.PUNISHED: "被处罚人",
    Role.LEGAL_REPRESENTATIVE: "法定代表人",
    Role.OFFICIAL: "履行职务的公职人员",
    Role.OFFICE: "机关办公",
    Role.HANDLER: "经办人",
    Role.WITNESS: "证人",
    Role.VICTIM: "受害人",
    Role.INFORMANT: "举报人",
    Role.GUARDIAN: "监护人",
    Role.MINOR: "未成年人",
    Role.APPLICANT: "申请人",
    Role.RECIPIENT: "领取人",
    Role.RELATIVE: "家属",
    Role.CANDIDATE: "拟任拟录人选",
    Role.BIDDER: "投标人",
    Role.PROJECT_MANAGER: "项目负责人",
    Role.PUBLIC_FIGURE: "公众人物",
    Role.MASKED: "已隐名",
    Role.STOP: "禁止级",
    Role.REVIEW: "审核级",
    Role.NOTE: "提示级",
}

ANY_ROLE_NAME = "其他身份"

ACTION_NAMES: Mapping[Action, str] = {
    Action.KEEP: "保留",
    Action.REVIEW: "人工审核",
    Action.GENERALISE: "概括",
    Action.MASK: "遮盖",
    Action.REPLACE: "替换",
    Action.REMOVE: "删除",
    Action.BLOCK: "拦截",
}

ON_CLEAN_NAMES: Mapping[OnClean, str] = {
    OnClean.RELEASE: "未发现问题即可公开",
    OnClean.SIGN_OFF: "未发现问题也须审核人确认",
}

LEVEL_NAMES: Mapping[TermLevel, str] = {
    TermLevel.STOP: "禁止",
    TermLevel.REVIEW: "审核",
    TermLevel.NOTE: "提示",
}

VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.CLEAN: "未发现问题",
    Verdict.FLAGGED: "需人工审核",
    Verdict.BLOCKED: "已拦截",
    Verdict.QUARANTINED: "已隔离",
}

WHERE_NAMES: Mapping[Where, str] = {
    Where.ANYWHERE: "全文",
    Where.TITLE: "标题",
    Where.MARK: "密级标志的位置",
}

ENGINE_NAMES: Mapping[NlpEngine, str] = {
    NlpEngine.BUILTIN: "内置识别",
    NlpEngine.SPACY: "内置识别加 spaCy 模型",
    NlpEngine.TRANSFORMERS: "内置识别加 Transformers 模型",
}

_FORM_NAMES = {
    "surname": "姓氏加“某某”",
    "surname_star": "姓氏加星号",
    "label": "统一标签",
    "email": "邮箱用户名遮盖",
    "township": "到乡镇（街道）",
    "county": "到县（区）",
    "city": "到市",
    "province": "到省",
    "year": "只留年份",
}


def role_name(role: Role | None) -> str:
    """Name a role; None is every role that has no rule of its own."""
    return ROLE_NAMES[role] if role else ANY_ROLE_NAME


def form_name(form: str) -> str:
    """Say a published form in words; empty for no form."""
    if match := MASK.fullmatch(form):
        return f"留前 {match['head']} 位、后 {match['tail']} 位"
    return _FORM_NAMES.get(form, f"写作“{form}”" if form else "")


def nlp_name(nlp: Nlp) -> str:
    """Say which engine recognises names and addresses, with its model."""
    return ENGINE_NAMES[nlp.engine] + (f"（{nlp.model}）" if nlp.model else "")


def treatment(rule: Rule) -> str:
    """Say in one phrase what a rule does, such as ``遮盖（留前 3 位、后 4 位）``."""
    words = ACTION_NAMES[rule.action]
    if rule.effect is not rule.action:
        words += f"，暂按{ACTION_NAMES[rule.effect]}"
    return f"{words}（{form_name(rule.form)}）" if rule.form else words
