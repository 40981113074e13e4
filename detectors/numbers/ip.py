"""IP addresses, version 4 and 6; not section numbers (1.2.3.4) nor software versions."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.text.labels import any_of, line_before, near
from review.finding import Entity

_V4 = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9]|\.[0-9])")
_V6 = re.compile(r"(?<![0-9A-Za-z:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z:])")
# Found many times faster than the whole pattern fails.
_TWO_DOTS = re.compile(r"\.[0-9]{1,3}\.[0-9]")
_TWO_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
_CUE = re.compile(
    any_of("IP 地址 服务器 访问 来源 网关 DNS 主机 登录 网络 端口 域名 掩码 ping"), re.IGNORECASE
)
_VERSION = re.compile(r"(?:[vV]|版本|版|version)[号:为 ]{0,3}$", re.IGNORECASE)
_SECTION_LIMIT = 30
_LEAST_GROUPS = 3


class IpRecognizer:
    """Find addresses of machines."""

    name = "ip"
    entities = (Entity.IP_ADDRESS,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        for match in _V4.finditer(text) if _TWO_DOTS.search(text) else ():
            if _is_v4(text, match):
                yield Hit(Entity.IP_ADDRESS, *match.span(), 0.9, "IPv4 地址格式")
        for match in _V6.finditer(text) if _TWO_COLONS.search(text) else ():
            if _is_v6(text, match):
                yield Hit(Entity.IP_ADDRESS, *match.span(), 0.9, "IPv6 地址格式")


def _is_v4(text: str, match: re.Match[str]) -> bool:
    octets = [int(octet) for octet in match[0].split(".")]
    if max(octets) > 255 or octets[0] == 0:
        return False
    if near(_CUE, text, match.start(), match.end(), 20, 10):
        return True
    # 3.1.2.1 numbers a section; none has the number 0, as 10.0.0.1 does.
    section = max(octets) < _SECTION_LIMIT and 0 not in octets
    return not section and not _VERSION.search(line_before(text, match.start(), 10))


def _is_v6(text: str, match: re.Match[str]) -> bool:
    groups = [group for group in match[0].split(":") if group]
    if sum(map(len, groups)) < 4 or len(groups) < 2:
        return False
    # 2026::1 may be anything; with letters or more groups it is no number of a thing.
    plain = len(groups) < _LEAST_GROUPS and match[0].replace(":", "").isdigit()
    if plain and not near(_CUE, text, match.start(), match.end(), 20, 10):
        return False
    try:
        ipaddress.IPv6Address(match[0])
    except ValueError:
        return False
    return True
