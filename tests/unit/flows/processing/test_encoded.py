"""What a draft says in code is decoded and looked at: no value passes as a string of signs."""

from __future__ import annotations

import base64
import functools
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from detectors.run import build_detector
from flows.processing.pipeline import Pipeline
from flows.processing.proof import UnprovenError
from flows.processing.scanned import Incoming, ScannedFile
from policies.loader import load_policy
from redact.operators import PublishedForms
from redact.verify.verifier import IndependentVerifier
from review.change import Change, Place, Treatment
from review.finding import ENCODED
from review.policy import Action
from tests.fakes.workers import TextWorker

PERSON = "张秋实，身份证号码 430121198111069478，电话 13800138000"
CODE = base64.b64encode(PERSON.encode()).decode()


@functools.cache
def pipeline() -> Pipeline:
    policy = load_policy(None)
    detector = build_detector(policy.terms, policy.allow)
    return Pipeline(TextWorker(), lambda: detector, policy, PublishedForms)


def proving() -> Pipeline:
    """Give a pipeline whose worker proves in earnest."""

    class Proving(TextWorker):
        def verify(
            self, format: str, output: bytes, allowed: Mapping[str, int], kept: Sequence[str] = ()
        ) -> tuple[str, ...]:
            return IndependentVerifier().verify(format, output, allowed)

    return Pipeline(Proving(), pipeline()._detector, pipeline().policy, PublishedForms)


def scanned(text: str) -> ScannedFile:
    return pipeline().scan([Incoming("通知.txt", text.encode())], "general").files[0]


def asked(text: str, code: str = "encoded_content") -> list[str]:
    return [n.message for n in scanned(text).document.notes if n.code == code]


@pytest.mark.parametrize(
    "encoded",
    [
        base64.b64encode(PERSON.encode()).decode(),
        base64.b64encode(base64.b64encode(PERSON.encode())).decode(),
        PERSON.encode().hex(),
        "".join(f"%{byte:02X}" for byte in PERSON.encode()),
        "".join(f"\\u{ord(sign):04x}" for sign in PERSON),
        "".join(f"&#{ord(sign)};" for sign in PERSON),
        "".join(chr(0xE0000 + ord(sign)) for sign in "tel 13800138000"),
        base64.b64encode(f"当事人\n{PERSON}\n".encode()).decode(),
        "".join(f"\\u{{{ord(sign):x}}}" for sign in PERSON),
        "".join(f"&amp;#{ord(sign)};" for sign in PERSON),
        "".join(f"&#{ord(sign)}" for sign in PERSON),
        ",".join(str(ord(sign)) for sign in "tel 13800138000"),
        f"\u202e{PERSON[::-1]}",
    ],
)
def test_what_decodes_to_a_persons_data_goes_out_whole(encoded: str) -> None:
    text = f"关于开展工作的通知\n附件校验码见后，另行通知：{encoded}。此处照旧\n{encoded}"
    found = pipeline().scan([Incoming("通知.txt", text.encode())], "general")
    codes = [r for r in found.files[0].plan.rulings if r.finding.detector == ENCODED]
    assert [r.rule.action for r in codes] == [Action.REMOVE] * 2
    assert all(r.finding.reason.startswith("解开编码后可以看出") for r in codes)
    (output,) = proving().redact(found)
    assert encoded not in output.data.decode()
    assert encoded[8:40] not in output.data.decode()
    assert output.data.decode().startswith("关于开展工作的通知\n附件校验码见后")
    assert asked(text) == []


@pytest.mark.parametrize(
    "disguised",
    [
        CODE.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}),
        CODE.translate(str.maketrans("ABCEHKMOPTXaeopcyx", "АВСЕНКМОРТХаеорсух")),
        "\u200b".join(CODE),
    ],
)
def test_what_decodes_to_a_persons_data_once_its_disguise_is_off_goes_to_a_person(
    disguised: str,
) -> None:
    (message,) = asked(f"关于开展工作的通知\n附件校验码：{disguised}。")
    assert message.startswith("第2段（编码的内容）")
    assert "430121" not in message


def test_a_code_that_a_person_keeps_is_told_and_not_published() -> None:
    code = base64.b64encode(b"tel 13800138000").decode()
    text = f"联系人电话：13800138000\n备用 {code}"
    drafts = [Incoming("通知.txt", text.encode())]
    ruling = pipeline().scan(drafts, "general").files[0].plan.rulings[-1]
    kept = Change(
        ruling.finding.entity,
        (Place(0, ruling.finding.span),),
        Treatment.MISTAKEN,
        "误报",
        "lin",
        datetime(2026, 11, 22, tzinfo=UTC),
    )
    again = proving().scan(drafts, "general", (kept,))
    assert [n.code for n in again.files[0].document.notes].count("encoded_content") == 1
    with pytest.raises(UnprovenError, match="编码的内容"):
        proving().redact(again)


def test_the_name_of_a_file_is_decoded_too() -> None:
    name = base64.urlsafe_b64encode("13800138000的申请".encode()).decode().rstrip("=")
    (file,) = pipeline().scan([Incoming(f"{name}.txt", b"x")], "general").files
    assert name[:12] not in file.checked_name


@pytest.mark.parametrize("width", [19, 20, 40])
def test_a_code_that_is_wrapped_over_lines_goes_out_whole(width: int) -> None:
    code = base64.b64encode(PERSON.encode()).decode()
    lines = [code[at : at + width] for at in range(0, len(code), width)]
    file = scanned("\n".join(["关于开展工作的通知", *lines, "特此通知"]))
    (ruling,) = file.plan.rulings
    assert file.document.value(ruling.finding.span) == "\n".join(lines)


def test_what_of_a_wrapped_code_is_published_is_asked_about() -> None:
    code = base64.b64encode("请联系13800138000。".encode("gb18030")).decode()
    (message,) = asked(f"关于开展工作的通知\n{code[:17]}\n{code[17:]}")
    assert message.startswith("第2段（编码的内容）")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_a_number_in_another_encoding_is_found(encoding: str) -> None:
    code = base64.b64encode("请联系13800138000。".encode(encoding)).decode()
    assert len(asked(f"关于开展工作的通知\n{code}")) == 1


@pytest.mark.parametrize(
    "harmless",
    [
        "校验值：" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "编号 " + base64.b64encode("关于开展工作的通知".encode()).decode(),
        "网址 https://www.example.gov.cn/art/2026/11/22/%E9%80%9A%E7%9F%A5.html",
        "PowerPoint\nInternet\nInformation_System-2026\nExcel2019\n20261122",
        "\n".join(str(number) for number in range(11111111, 11111199)),
        "PowerPoint、Internet、Information_System-2026/统一平台",
        "校验值：SM3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "." * 80 + "12" + "-" * 60 + "_" * 60,
        "各乡镇面积：" + "，".join(str(number) for number in range(21000, 21900, 37)),
        "各科成绩：" + "，".join(str(number) for number in range(48, 90, 3)),
        "Interdepartmental-Coordination-Committee-for-Environmental-Protection",
    ],
)
def test_what_decodes_to_nothing_personal_is_not_told(harmless: str) -> None:
    text = f"关于开展工作的通知\n{harmless}"
    assert asked(text) == asked(text, "unknown_code") == []
    assert [r for r in scanned(text).plan.rulings if r.finding.detector == ENCODED] == []


@pytest.mark.parametrize(
    "strange",
    [
        base64.b64encode(zlib.compress(PERSON.encode())).decode(),
        base64.b32encode(PERSON.encode()).decode(),
        CODE[::-1],
    ],
)
def test_a_long_code_that_nobody_can_read_is_asked_about(strange: str) -> None:
    (message,) = asked(f"关于开展工作的通知\n附件校验码：{strange}。", "unknown_code")
    assert message.startswith("第2段有一长串")
