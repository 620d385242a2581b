"""The browser of the tests draws Chinese."""

import pytest

pytestmark = pytest.mark.browser


def test_chromium_shows_chinese_letters(page):
    page.set_content("<h1>党支部标准化规范化建设</h1>")
    assert page.inner_text("h1") == "党支部标准化规范化建设"
