"""微信号: beside its label, or with the prefix that only WeChat gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import governed
from detectors.text.telltales import headed
from review.finding import Entity

_OWN = re.compile(r"(?<![A-Za-z0-9_])wxid_[A-Za-z0-9]{5,30}")
_LABELLED = headed(
    r"(?:微[ ]?信(?!公众|小程序|支付|群|平台|服务号|订阅号)|威信|薇信"
    r"|(?<![A-Za-z])(?:we[ ]?chat|weixin|vx|wx|v信))"
    r"[ ]{0,2}(?:帐号|账号|号码|号|ID)?(?P<mark>[ ]{0,2}[:为是(]{0,2}[ ]{0,3})"
    r"(?P<value>[A-Za-z][A-Za-z0-9_\-]{5,19}|[0-9]{6,11})(?![A-Za-z0-9_*])",
    re.IGNORECASE,
)

_WORDS = ("微", "威信", "薇信", "v信", "V信")
_LATIN = re.compile(
    "[CcVvWw](?:(?<=[Cc])[Hh][Aa][Tt]|(?<=[VvWw])[Xx]|(?<=[Ww])[Ee][Ii][Xx][Ii][Nn])"
)
"""One of these or those stands in every text with a match."""


class WechatRecognizer:
    """Find WeChat identifiers of persons; an office's public account (公众号) is none."""

    name = "wechat"
    entities = (Entity.WECHAT_ID,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        for hit in _named(text):
            if covered.isdisjoint(range(hit.start, hit.end)):
                covered.update(range(hit.start, hit.end))
                yield hit
        for start, end, _ in governed(passage, Entity.WECHAT_ID):
            if covered.isdisjoint(range(start, end)):
                yield Hit(Entity.WECHAT_ID, start, end, 0.7, "表头为微信号")


def _named(text: str) -> Iterator[Hit]:
    if not any(word in text for word in _WORDS) and not _LATIN.search(text):
        return
    for match in _OWN.finditer(text):
        yield Hit(Entity.WECHAT_ID, *match.span(), 0.9, "微信号固定前缀")
    for match in _LABELLED.finditer(text):
        # 微信Android客户端 is a product; 微信：zhangsan an account.
        if match["mark"] or not match["value"].isalpha():
            yield Hit(Entity.WECHAT_ID, *match.span("value"), 0.85, "旁有微信字样")
