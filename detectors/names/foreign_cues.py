"""What stands beside words in foreign sounds and tells persons from places, brands and remedies."""

from __future__ import annotations

import re

from detectors.names.foreign_sounds import parts

_THING_LETTERS = (
    "国州省市县区镇乡村坪寨沟坝塘屯庄组社店路街岛湖江河山海洋港湾角峡郡邦城堡宫寺庙桥站场馆队杯奖节年族语文教派系"
    "型式牌版号级类业病症菌毒素酸片粒胶针剂油法律车机舰弹枪炮币"
)
_THING_WORDS = (
    "群岛 半岛 海峡 运河 高原 盆地 沙漠 草原 俱乐部 球[队场员迷] 地区 共和 王国 "
    "帝国 联邦 公国 酋长 战[争役] 条约 协[定议] 宣言 公约 会议 公报 峰会 进程 "
    "方程 定理 效应 主义 思想 指数 系数 药业 制药 集团 控股 股份 科技 电子 电器 "
    "品牌 酒店 饭店 银行 基金 证券 大学 学院 医院 研究 实验室 公司 航空 时报 "
    "邮报 日报 周刊 新闻 通讯社 电视 广播 当[地局] 境内 [东西南北中]部 "
    "以[东西南北] 消息 警方 附近 周边 一带 等地 牧场 [农林]场 嘎查 苏木 合作社 "
    "餐[馆厅] 口岸 工厂 分公司 人(?![士说称])"
)
_STILL_PERSON = (
    "法官 文[章集中] 路过 病[逝故] 年[仅近] 号召 海关 路[透经] 教[练授] 市长 省长 州长 县长 村民"
)
MAKES_THING = re.compile(
    f"(?!{'|'.join(_STILL_PERSON.split())})(?:[{_THING_LETTERS}]|{'|'.join(_THING_WORDS.split())})"
)
"""Begins what follows a place, a brand or an eponym."""
PLACED = re.compile(
    r"(?:(?<![关对由鉴基归属等])于|[在到赴往抵驻至据距离沿省州市县岛]|来自|访问|途经|进口自|产自|原产|覆盖|连接|"
    r"联通|连通|毗邻|停靠|直飞|首都|省会|首府)\Z"
)
"""Ends what stands before a place."""
GOES_ON = re.compile(
    r"\Z|[^\u4e00-\u9fff]|信访|举报|申请|违法|违规|涉嫌|犯罪|不服|诉|一案|家[庭有]|户|所有|名下|作[出为]|"
    r"[的在是也又还将已曾就都则却便从对向把被让给于以因为和与及同说称率任当获等先首今昨上下前后之本亦均虽不没未要会能可应该"
    r"只才刚正更最很非认表指强透宣谈补介告回坦呼批警承否证坚相希期建提主出参访抵来到去离开担连入代执带领打踢射传接跑进攻得"
    r"击败战胜输赢失夺头左右小大远近]"
)
"""Begins what may follow a person; another word right behind makes an eponym (斯特林发动机)."""
CALLING = re.compile(
    r"(?:外援|主力|前锋|前卫|中场|后卫|门将|名将|球星|球员|主帅|教练|选手|影星|歌星|歌手|导演|名导|作家|诗人|画家|学者|"
    r"专家|物理学家|化学家|数学家|哲学家|思想家|飞行员|宇航员|航天员|司令官?|将军|上将|中将|少将|元帅|国王|女王|王子|公主|"
    r"教皇|主教|神父|牧师|大使|公使|领事|特使|特派员|发言人|总干事|秘书长|议员|议长|法官|律师|记者|毒枭|凶手|嫌犯|逃犯|"
    r"国务卿|财长|防长|外长|议会主席|总裁|CEO|首席执行官|创始人|董事长|行长|会长|理事长|大臣|王储|亲王|首领|富豪|商人|老板|模特|外教|外商|名叫|妻子|丈夫|儿子|女儿|弟弟|哥哥|姐姐|妹妹|父亲|母亲)\Z"
)
"""Ends what stands right before a person."""
KIN = re.compile(
    r"的?(?:妻子|丈夫|儿子|女儿|父亲|母亲|妹妹|哥哥|弟弟|姐姐|子女|孩子|家人|家属|遗孀|律师|助手|秘书|同伙|学生)|"
    r"之[子女妻父母弟兄]"
)
"""Begins what follows a person that others belong to."""
REMEDY = re.compile("|".join(sorted(parts("remedy"))))
"""Ends the name of a remedy."""
EDGE = re.compile(r"[ \u3000\t\n|]|\Z")
"""Bounds a cell or a line."""
STOP = re.compile(r"[。;；!！?？:：\n]")
"""Ends an enumeration."""
LINK = re.compile("[ ]?[、,，][ ]?|和|与|及|以及|同")
LINKED = re.compile(rf"(?:{LINK.pattern})\Z")
"""The same at the end of what stands before."""
