"""IP addresses, version 4 and 6; not section numbers (1.2.3.4) nor software versions."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.labels import any_of, line_before, near
from review.finding import Entity

_V4 = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9]|\.[0-9])")
_V6 = re.compile(r"(?<![0-9A-Za-z:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z:])")
_CUE = re.compile(
    any_of("IP 地址 服务器 访问 来源 网关 DNS 主机 登录 网络 端口 域名 掩码 ping"), re.IGNORECASE
)
_VERSION = re.compile(r"(?:[vV]|版本|版|version)[号:为 ]{0,3}$", re.IGNORECASE)
_SECTION_LIMIT = 30


class IpRecognizer:
    """Find addresses of machines."""

    name = "ip"
    entities = (Entity.IP_ADDRESS,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        for match in _V4.finditer(text):
            if _is_v4(text, match):
                yield Hit(Entity.IP_ADDRESS, *match.span(), 0.9, "IPv4 地址格式")
        for match in _V6.finditer(text):
            if _is_v6(match[0]):
                yield Hit(Entity.IP_ADDRESS, *match.span(), 0.9, "IPv6 地址格式")


def _is_v4(text: str, match: re.Match[str]) -> bool:
    octets = [int(octet) for octet in match[0].split(".")]
    if max(octets) > 255 or octets[0] == 0:
        return False
    if near(_CUE, text, match.start(), match.end(), 20, 10):
        return True
    before = line_before(text, match.start(), 10)
    # 3.1.2.1 at the beginning of a line numbers a section.
    section = not before.strip() and max(octets) < _SECTION_LIMIT
    return not section and not _VERSION.search(before)


def _is_v6(text: str) -> bool:
    if sum(char != ":" for char in text) < 4 or len([g for g in text.split(":") if g]) < 2:
        return False
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
