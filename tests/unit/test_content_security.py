"""Every page forbids inline scripts, and a page that has one stops the build."""

import pytest

from navbook.book.site.content_security import POLICY, secured
from navbook.runtime.errors import PageFailed

PAGE = """<!DOCTYPE html><html><head>
  <meta charset="utf-8" />
  <script src="../_static/nb.js?v=1"></script>
</head><body>{}</body></html>"""


def test_a_page_gets_the_policy_before_its_first_script() -> None:
    page = secured(PAGE.format("x"))
    assert page.index(POLICY) < page.index("<script")
    assert '<script src="../_static/nb.js?v=1"></script>' in page


def test_the_policy_allows_no_inline_script_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' file:"
    assert not [rule for rule in rules.values() if "http" in rule or "*" in rule]


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", "<script type=module>alert(1)</script>"])
def test_an_inline_script_of_anyone_else_stops_the_build(script: str) -> None:
    with pytest.raises(PageFailed, match="inline script"):
        secured(PAGE.format(script))
