"""Who is the parent of a minor: naming the parent tells who the child is (未成年人保护法 103)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from detectors.people.role_setting import Setting
from review.finding import Role

_PARENT_OF = re.compile(
    r"(?:[(（][^()（）\n]*[)）])?(?:的|之)?(?:父亲|母亲|父母|家长|监护人|爷爷|奶奶|外公|外婆|祖父|祖母)[:：]?\Z"
)
_ITS_PARENT = re.compile(
    r"(?:其|由其?)(?:父亲?|母亲?|父母|[养继]父|[养继]母|家长|监护人|爷爷|奶奶|外公|外婆|祖父|祖母"
    r"|姑姑|姑妈|舅舅|叔叔|伯父|姨妈|姐姐|哥哥|亲属)[:：]?\Z"
)
_PARENT_SINCE = re.compile(
    r"[,，、](?:父亲|母亲|生父|生母|[养继][父母]|爷爷|奶奶|外公|外婆|祖父|祖母|家长|监护人)(?:名叫|叫|是|为)?[:：]?\Z"
)
_CHILD_OF = re.compile(
    r"(?:[(（][^()（）\n]*[)）])?(?:之[子女孙]|的?(?:儿子|女儿|孩子|子女|孙子|孙女|[长次幼独][子女]))[:：]?"
)
_HAS_CHILD = re.compile(
    r"(?:带|养|护|对|育|扶|与|和|其|送|接|陪|的)[^。；;\n]{0,8}?(?:婚生)?(?:儿子|女儿|孩子|子女|孙子|孙女|外孙女?|[长次幼独]?[子女])[:：]?\Z"
)


def guardians(setting: Setting, roles: Mapping[str, Role]) -> Iterator[str]:
    """Yield the keys of those who are named as the parents of minors."""
    for one, other in zip(setting.people, setting.people[1:], strict=False):
        if not setting.same_sentence(one.span.end, other.span.start):
            continue
        between = setting.text[one.span.end : other.span.start]
        first, second = setting.key(one), setting.key(other)
        parent = (
            _PARENT_OF.fullmatch(between)
            or _ITS_PARENT.search(between)
            or _PARENT_SINCE.search(between)
        )
        if roles[first] is Role.MINOR and parent:
            yield second
        if roles[second] is Role.MINOR and (
            _CHILD_OF.fullmatch(between) or _HAS_CHILD.search(between)
        ):
            yield first
