"""Every sample is what it claims to be; its numbers are well formed and belong to nobody."""

from __future__ import annotations

import functools
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pdfplumber
import pytest

from flows.compose import open_pipeline
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming, Scan
from review.errors import UnsafeOutputError
from samples.build import draft_of, expected_of
from samples.manifest import Sample, load_samples
from samples.pdf_writer import FONT_FILE
from tests.fakes.sandboxes import sandbox_within
from tests.golden.published import decoded, frozen, text_of
from tests.golden.scans import pixels, readings_of

SAMPLES = load_samples()
FORMATS = {
    "docx", "xlsx", "pptx", "odt", "ods", "pdf", "ofd", "html", "txt", "md", "csv", "png"
}  # fmt: skip
PACKAGES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".ofd")
CHANGED = """the published text is another: a mend, a leak or an altered document.
Read the difference (python -m tests.golden.published freezes it anew)"""
WRITTEN = [s for s in SAMPLES if s.path.suffix != ".png"]
"""Whose values can be read; those of a picture are looked at."""
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
each_written = pytest.mark.parametrize("sample", WRITTEN, ids=lambda s: s.name)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def visible(suffix: str, data: bytes) -> str:
    """Read all text of a file without its white space, sharing no code with the product."""
    if suffix in PACKAGES:
        xml = (html.unescape(raw.decode("utf-8", "ignore")) for raw in parts(data).values())
        text = "\n".join(re.sub(r"<[^>]+>", "", part) + part for part in xml)
    elif suffix == ".pdf":
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            cells = [c for page in pdf.pages for t in page.extract_tables() for r in t for c in r]
            text = "\n".join([*(page.extract_text() for page in pdf.pages), *filter(None, cells)])
    elif suffix == ".html":
        source = html.unescape(decoded(data))
        text = re.sub(r"<[^>]+>", "", source) + source
    else:
        text = decoded(data)
    return "".join(text.split())


def squeezed(value: str) -> str:
    return "".join(value.split())


def planted_values(entity: str) -> list[str]:
    return [p.value for s in SAMPLES for p in s.planted if p.entity == entity]


def test_samples_cover_every_format_and_verdict_of_a_scan() -> None:
    assert len(SAMPLES) >= 22
    assert {s.path.suffix[1:] for s in SAMPLES} == FORMATS
    assert {s.verdict for s in SAMPLES} == {"clean", "flagged", "blocked"}
    assert len({s.name for s in SAMPLES}) == len({s.path for s in SAMPLES}) == len(SAMPLES)


def test_the_folder_of_drafts_holds_the_samples_and_nothing_else() -> None:
    folder = SAMPLES[0].path.parent
    assert set(folder.iterdir()) == {s.path for s in SAMPLES}


@each_sample
def test_building_twice_gives_the_same_bytes(sample: Sample) -> None:
    need_font(sample)
    assert draft_of(sample) == draft_of(sample)


@each_sample
def test_the_stored_draft_is_the_one_that_is_built(sample: Sample) -> None:
    """Compressed streams are compared unpacked: another zlib packs the same content otherwise."""
    need_font(sample)
    built, stored = draft_of(sample), sample.path.read_bytes()
    if sample.path.suffix in PACKAGES:
        assert parts(built) == parts(stored)
    elif sample.path.suffix == ".png":
        assert np.abs(pixels(built) - pixels(stored)).mean() < 1
    elif sample.path.suffix == ".pdf":
        assert visible(".pdf", built) == visible(".pdf", stored)
    else:
        assert built == stored
    assert expected_of(sample) == sample.expected.read_text(encoding="utf-8")


def need_font(sample: Sample) -> None:
    if sample.path.suffix in (".pdf", ".png") and not FONT_FILE.exists():
        pytest.skip("drawing letters needs Debian's fonts-droid-fallback")


@each_written
def test_every_planted_value_stands_in_the_draft(sample: Sample) -> None:
    text = visible(sample.path.suffix, sample.path.read_bytes())
    assert sample.planted
    assert [p.value for p in sample.planted if squeezed(p.value) not in text] == []


@each_sample
def test_no_kept_value_contains_a_hidden_one(sample: Sample) -> None:
    assert [(h, k) for h in sample.hidden for k in sample.kept if h in k] == []


def test_clean_drafts_hide_nothing_and_flagged_ones_do() -> None:
    for sample in SAMPLES:
        assert bool(sample.hidden) == (sample.verdict != "clean"), sample.name


@pytest.mark.parametrize("number", sorted(set(planted_values("CN_ID_CARD"))))
def test_identity_numbers_check_and_name_an_unassigned_region(number: str) -> None:
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(int(d) * w for d, w in zip(number, weights, strict=False))
    assert (total + (10 if number[17] == "X" else int(number[17]))) % 11 == 1
    assert date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    assert number.startswith("329826")


@pytest.mark.parametrize("number", sorted(set(planted_values("CN_BANK_CARD"))))
def test_bank_cards_satisfy_luhn_under_an_unissued_prefix(number: str) -> None:
    doubled = [sum(divmod(2 * int(d), 10)) for d in number[-2::-2]]
    assert (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0
    assert number.startswith("629999")
    assert len(number) == 19


@pytest.mark.parametrize("code", sorted(set(planted_values("CN_USCC"))))
def test_credit_codes_satisfy_both_their_checks(code: str) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    assert (
        sum(alphabet.index(c) * 3**place for place, c in enumerate(code[:17])) % 31
        == (31 - alphabet.index(code[17])) % 31
    )
    organisation = sum(
        int(c, 36) * w for c, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    assert code[16] == {10: "X", 11: "0"}.get(11 - organisation % 11, str(11 - organisation % 11))


def test_mobile_numbers_lie_in_the_filler_exchange() -> None:
    mobiles = [n for n in planted_values("PHONE_NUMBER") if re.fullmatch(r"1\d{10}", n)]
    assert len(mobiles) > 60
    assert all(re.fullmatch(r"1[3-9]\d0000\d{4}", n) for n in mobiles)


def test_the_relief_roster_hides_a_column_and_bears_a_comment() -> None:
    (roster,) = (s for s in SAMPLES if s.name == "relief-roster")
    held = parts(roster.path.read_bytes())
    sheet = held["xl/worksheets/sheet1.xml"].decode()
    assert 'hidden="1"' in sheet
    assert "mergeCell" in sheet
    assert any(name.startswith("xl/comments") for name in held)


def test_the_subsidy_list_is_gb18030_and_the_housing_list_bears_a_mark() -> None:
    files = {s.name: s.path.read_bytes() for s in SAMPLES}
    with pytest.raises(UnicodeDecodeError):
        files["subsidy-payment"].decode("utf-8")
    assert files["housing-list"].startswith(b"\xef\xbb\xbf")


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    with pytest.MonkeyPatch.context() as patch, sandbox_within():
        patch.delenv("REVIEW_POLICY", raising=False)
        yield open_pipeline()


@pytest.fixture(scope="module")
def scanned(pipeline: Pipeline) -> Callable[[str], Scan]:
    """Scan each sample once, by its name."""
    by_name = {sample.name: sample for sample in SAMPLES}

    @functools.cache
    def scan(name: str) -> Scan:
        sample = by_name[name]
        data = sample.path.read_bytes()
        readings = {} if sample in WRITTEN else readings_of(sample, data)
        return pipeline.scan([Incoming(sample.path.name, data, readings)], sample.category)

    return scan


@each_sample
def test_the_scan_of_a_sample_gives_its_verdict(
    scanned: Callable[[str], Scan], sample: Sample
) -> None:
    scan = scanned(sample.name)
    told = [(r.finding.entity, r.rule.action) for file in scan.files for r in file.rulings]
    assert scan.verdict == sample.verdict, told


@each_written
def test_the_public_version_hides_and_keeps_what_it_must(
    pipeline: Pipeline, scanned: Callable[[str], Scan], sample: Sample
) -> None:
    scan = scanned(sample.name)
    if sample.verdict == "blocked":
        with pytest.raises(UnsafeOutputError):
            pipeline.redact(scan)
        return
    (output,) = pipeline.redact(scan)
    text = output.name + visible(Path(output.name).suffix, output.data)
    assert [v for v in sample.hidden if squeezed(v) in text] == []
    assert [v for v in sample.kept if squeezed(v) not in text] == []
    read, expected = text_of(output.name, output.data), frozen(sample).read_text(encoding="utf-8")
    assert read.splitlines() == expected.splitlines(), CHANGED


@each_sample
def test_a_file_name_is_changed_only_where_it_names_someone(
    scanned: Callable[[str], Scan], sample: Sample
) -> None:
    (file,) = scanned(sample.name).files
    named = any(value in sample.path.stem for value in sample.hidden)
    assert (file.checked_name != sample.path.name) == named, file.checked_name


def test_no_draft_is_left_out_of_version_control() -> None:
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text(encoding="utf-8")
    assert "samples" not in ignored
