"""What an officer declares with a draft, checked before anything of it is kept."""

from __future__ import annotations

from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute, Submission
from review.errors import WrongUsageError
from review.policy import Category

MAX_LENGTH = 500
"""Characters of one text: a ground is a sentence or two, never a copy of the draft."""


def attribute_named(text: str) -> Attribute:
    """Read an attribute from its key or its Chinese name; raises ``ValueError`` with the choice."""
    for attribute, name in ATTRIBUTE_NAMES.items():
        if text.strip() in (attribute.value, name):
            return attribute
    choice = "、".join(f"{name}（{key.value}）" for key, name in ATTRIBUTE_NAMES.items())
    raise ValueError(f"公开属性只能从这些当中选：{choice}。")


def require_grounds(submission: Submission) -> None:
    """Ask for reason and basis where the attribute needs them, whichever door the draft uses.

    Raises ``WrongUsageError``.
    """
    attribute = submission.attribute
    if attribute is not Attribute.PROACTIVE and not submission.reason.strip():
        raise WrongUsageError(
            "依申请公开和不予公开都要说明理由："
            "命令行加上 --reason 理由，说明文件里加一行 reason: 理由。"
        )
    if attribute is Attribute.WITHHELD and not submission.basis.strip():
        raise WrongUsageError(
            "不予公开要写明法律依据（如条例第十四条）："
            "命令行加上 --basis 依据，说明文件里加一行 basis: 依据。"
        )


def require_channels(submission: Submission, category: Category) -> None:
    """Refuse a channel that the category does not allow: a village board is not the internet."""
    strange = [c for c in submission.channels if category.channels and c not in category.channels]
    if strange:
        known = "、".join(category.channels)
        raise WrongUsageError(f"“{category.title}”不能用这个公开渠道，请从这些当中选：{known}。")


def declared_texts(submission: Submission) -> tuple[str, ...]:
    """List what was written by hand; raises ``WrongUsageError`` where it is too long."""
    texts = (submission.reason, submission.basis, *submission.channels)
    if any(len(text) > MAX_LENGTH for text in texts):
        raise WrongUsageError(f"理由、依据和公开渠道各不能超过 {MAX_LENGTH} 字，请写简短些。")
    return tuple(filter(str.strip, texts))
