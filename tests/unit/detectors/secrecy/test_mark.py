"""A mark is told by its place; the words in a sentence are none."""

from __future__ import annotations

import pytest

from detectors.secrecy.mark import SecrecyMarkRecognizer

RECOGNIZER = SecrecyMarkRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机密★10年", ["机密★10年"]),
        ("绝密★长期\n关于", ["绝密★长期"]),
        ("秘密★启用前\n2018年统考", ["秘密★启用前"]),
        ("000001\n机密★1年\n特急", ["机密★1年"]),
        ("机密★5年 特急", ["机密★5年"]),
        ("正文\n秘密\n正文", ["秘密"]),
        ("签发人：某某    机密", ["机密"]),
        ("机\u3000密", ["机\u3000密"]),
        ("【机密】关于某事的请示", ["机密"]),
        ("密级：秘密", ["秘密"]),
        ("内部资料 注意保存", ["内部资料 注意保存"]),
        ("内部资料，注意保存", ["内部资料，注意保存"]),
        ("（会议内部材料）", ["会议内部材料"]),
        ("工作秘密", ["工作秘密"]),
        ("工作秘密★3年", ["工作秘密"]),
        ("機密★10年", ["機密★10年"]),
        ("江府办〔2018〕14号 机密★10年", ["机密★10年"]),
        ("机密☆10年", ["机密☆10年"]),
        ("秘密 10年", ["秘密 10年"]),
        ("会后收回", ["会后收回"]),
    ],
)
def test_finds(found, text, expected):
    assert found(RECOGNIZER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "依法保守国家秘密",
        "《中华人民共和国保守国家秘密法》",
        "涉及商业秘密、个人隐私的",
        "不得泄露工作秘密。",
        "秘密级文件应当登记",
        "标有“机密★10年”字样的文件",
        "机密级计算机不得联网",
        "国家秘密分为绝密、机密、秘密三级",
        "内部资料应当妥善保管",
        "商业秘密",
        "严守国家\n秘密法",
        "绝密、机密、秘密",
        "会议材料",
        "注意保存",
        "（一）秘密事项的确定",
    ],
)
def test_passes_over(found, text):
    assert found(RECOGNIZER, text) == []
