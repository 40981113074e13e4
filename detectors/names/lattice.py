"""The plain readings of a run of Han: words, and foreign sounds written in Chinese letters."""

from __future__ import annotations

import re
from collections import defaultdict

from detectors.text.vocabulary import Words, backward, forward

FOREIGN = 8.0
"""Cost of beginning a foreign word (斯特拉斯堡) anywhere, in nats."""
LETTER = 3.8
"""Cost of a letter that mostly writes foreign sounds, in nats."""
SELDOM = 6.0
"""Cost of a letter that writes foreign sounds among others, in nats."""
FOREIGN_LETTERS = frozenset(
    "尔斯特拉克里维巴姆雷纳乌迪内逊莫罗萨塔帕茨兹耶弗夫奥伊阿艾埃卢奇科鲁谢列佩托诺尼奈洛格朗贝蒂德费卡基加图戈瓦西亚比莱布塞吉古莎瑞"
)
_OTHER_LETTERS = frozenset(
    "安昂澳白班邦保鲍本彼宾波伯勃博卜查达戴丹道登邓狄丁东杜敦顿多厄恩法凡范菲芬冯佛福盖甘冈高哥歌葛根瓜圭果哈海汉豪赫亨霍季"
    "贾简杰金喀凯坎康柯肯孔库奎赖兰劳勒蕾黎丽莉林琳隆龙路露伦吕律马玛迈麦曼芒毛茅蒙孟米密缅敏摩默穆木娜那乃南妮涅宁纽努欧潘"
    "庞蓬皮平普其恰乔切琴琼丘让热仁日儒撒赛桑瑟森沙珊绍舍圣什史士舒顺朔司丝松苏索太泰坦汤唐陶滕提铁廷通吐脱威韦温翁沃吴武希锡"
    "席夏辛欣休旭雅延杨叶因英尤约宰赞泽曾扎詹珍芝治朱卓子宗祖嘉殷翰"
)
_PRICES = dict.fromkeys(_OTHER_LETTERS, SELDOM) | dict.fromkeys(FOREIGN_LETTERS, LETTER)
_LONGEST = 8
_RUN = re.compile(f"[{''.join(sorted(_PRICES))}]{{3,}}")


def plain_readings(run: str, words: Words) -> tuple[list[float], list[float]]:
    """Price the cheapest plain reading of every prefix and of every suffix, in nats."""
    ending: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    beginning: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for match in _RUN.finditer(run):
        for start in range(match.start(), match.end() - 1):
            cost = FOREIGN
            for end in range(start + 1, min(start + _LONGEST, match.end()) + 1):
                cost += _PRICES[run[end - 1]]
                if end - start > 1:
                    ending[end].append((start, cost))
                    beginning[start].append((end, cost))
    return forward(run, words, ending), backward(run, words, beginning)
