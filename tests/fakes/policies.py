"""A small policy written in code."""

from __future__ import annotations

from review.finding import Entity, Role
from review.policy import Action, Category, OnClean, Policy, Rule

BASIS = "条例第十五条"
WEBSITE = ("政府门户网站",)


def small_policy() -> Policy:
    """Hide persons and telephones, keep officials, block marks; ``open`` releases when clean."""
    defaults = (
        Rule(Entity.PERSON, None, Action.REPLACE, BASIS, "surname"),
        Rule(Entity.PERSON, Role.OFFICIAL, Action.KEEP, "条例第二十条"),
        Rule(Entity.PHONE_NUMBER, None, Action.MASK, BASIS, "3+****+4"),
    )
    floor = (Rule(Entity.SECRECY_MARK, None, Action.BLOCK, "保密法第三十六条"),)
    categories = {
        "general": Category("general", "一般文件", (), channels=WEBSITE),
        "open": Category(
            "open", "办事指南", (), on_clean=OnClean.RELEASE, channels=WEBSITE, take_down_days=30
        ),
        "roster": Category("roster", "救助名单", (), channels=("村（社区）公示栏",)),
    }
    return Policy("test", "d" * 64, floor, defaults, categories)
