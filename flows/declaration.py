"""What an officer declares with a draft, checked before anything of it is kept."""

from __future__ import annotations

from review.case import Attribute, Submission
from review.errors import WrongUsageError
from review.policy import Category

MAX_LENGTH = 500
"""Characters of one text: a ground is a sentence or two, never a copy of the draft."""


def require_grounds(submission: Submission) -> None:
    """Ask for reason and basis where the attribute needs them, whichever door the draft uses.

    Raises ``WrongUsageError``.
    """
    attribute = submission.attribute
    if attribute is not Attribute.PROACTIVE and not submission.reason.strip():
        raise WrongUsageError("依申请公开和不予公开都要说明理由，请填写理由（reason）。")
    if attribute is Attribute.WITHHELD and not submission.basis.strip():
        raise WrongUsageError("不予公开要写明法律依据，请填写依据（basis），如条例第十四条。")


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
