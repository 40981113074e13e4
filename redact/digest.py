"""The digest of a text that a plan was made on: no plan is carried out on another text."""

from __future__ import annotations

from review.errors import UnsafeOutputError
from review.plan import RedactionPlan


def check_digest(digest: str, plan: RedactionPlan) -> None:
    """Raise ``UnsafeOutputError`` unless the plan was made on the text of this digest."""
    if digest != plan.document_digest:
        raise UnsafeOutputError("文件内容与审查时不一致，不能按原方案处理，请重新提交审查。")
