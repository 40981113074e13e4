from __future__ import annotations

import pytest

from redact.addresses import administrative_part


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("福建省三明市将乐县古镛镇解放村12号", "福建省三明市将乐县古镛镇"),
        ("福 建 省三明市将乐县 古镛镇解放村", "福建省三明市将乐县古镛镇"),
        ("北京市海淀区中关村街道北四环路3号", "北京市海淀区中关村街道"),
        ("江苏省镇江市京口区大市口街道办事处2号", "江苏省镇江市京口区大市口街道"),
        ("广西桂林市阳朔县兴坪镇渔村", "广西桂林市阳朔县兴坪镇"),
        ("海南省白沙黎族自治县打安镇", "海南省白沙黎族自治县打安镇"),
        ("福建省福州市鼓楼区东街街道", "福建省福州市鼓楼区东街街道"),
        ("福建省福州市鼓楼区东街8号", "福建省福州市鼓楼区"),
        ("将乐县城关镇城关村", "将乐县城关镇"),
        ("古镛镇解放村", "古镛镇"),
        ("永春县五里街镇仰贤村", "永春县五里街镇"),
    ],
)
def test_an_address_is_kept_down_to_the_township(address: str, kept: str):
    assert administrative_part(address, "township") == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("将乐县幸福小区12号", "将乐县"),
        ("将乐县解放路乡情小区", "将乐县"),
        ("将乐县古镛镇城市花园3栋", "将乐县古镛镇"),
        ("将乐县古镛镇张乡村3号", "将乐县古镛镇"),
        ("将乐县新镇路5号", "将乐县"),
        ("将乐县民主巷乡贤楼", "将乐县"),
        ("将乐县府前街镇政府旁", "将乐县"),
        ("解放路12号", ""),
        ("幸福小区", ""),
        ("某处", ""),
        ("", ""),
    ],
)
def test_roads_and_estates_are_never_taken_for_districts(address: str, kept: str):
    assert administrative_part(address, "township") == kept


@pytest.mark.parametrize(
    ("level", "kept"),
    [
        ("province", "福建省"),
        ("city", "福建省三明市"),
        ("county", "福建省三明市将乐县"),
        ("township", "福建省三明市将乐县古镛镇"),
    ],
)
def test_each_level_ends_where_it_says(level: str, kept: str):
    assert administrative_part("福建省三明市将乐县古镛镇解放村12号", level) == kept
