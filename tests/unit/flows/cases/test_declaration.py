from __future__ import annotations

import pytest

from flows.cases.declaration import attribute_named, require_grounds
from review.case import Attribute, Submission
from review.errors import WrongUsageError


@pytest.mark.parametrize(
    ("reason", "option", "line"),
    [("", "--reason", "reason:"), ("涉及个人隐私", "--basis", "basis:")],
)
def test_a_missing_ground_names_the_option_and_the_line_to_write(
    reason: str, option: str, line: str
) -> None:
    submission = Submission("general", Attribute.WITHHELD, "zhou", reason)
    with pytest.raises(WrongUsageError) as refused:
        require_grounds(submission)
    assert option in refused.value.message
    assert line in refused.value.message


@pytest.mark.parametrize("written", ["withheld", "不予公开", " 不予公开 "])
def test_an_attribute_is_known_by_its_key_and_by_its_name(written: str) -> None:
    assert attribute_named(written) is Attribute.WITHHELD


def test_another_attribute_is_answered_with_the_choice() -> None:
    with pytest.raises(ValueError, match="主动公开（proactive）、依申请公开（on_request）"):
        attribute_named("公开")
