"""A review copy that is printed shows all columns of its tables."""

from __future__ import annotations

import io
import shutil

import pdfplumber
import pytest
from playwright.sync_api import sync_playwright

from flows.copies.review_copy_style import STYLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_table_of_thirty_columns_is_printed_whole() -> None:
    row = "".join(f"<td>第{n}列的内容</td>" for n in range(30))
    table = f'<div class="wide"><table class="whole"><tr>{row}</tr></table></div>'
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: run `make test` as root once, it installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.set_content(f"<style>{STYLE}</style>{table}")
        printed = opened.pdf(format="A4", prefer_css_page_size=True)
        browser.close()
    with pdfplumber.open(io.BytesIO(printed)) as pdf:
        (sheet,) = pdf.pages
        assert sheet.width > sheet.height
        inside = sheet.crop((0, 0, sheet.width, sheet.height)).extract_text()
        assert inside.count("内") == 30
        assert max(char["x1"] for char in sheet.chars) < sheet.width
