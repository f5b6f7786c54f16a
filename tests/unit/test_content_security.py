"""Every page forbids inline scripts, and the theme's own ones are files."""

from pathlib import Path

import pytest

from navbook.book.site.content_security import POLICY, secured
from navbook.runtime.errors import PageFailed
from navbook.runtime.paths import PROJECT

PAGE = """<!DOCTYPE html><html><head>
    <meta charset="utf-8" />
  <script data-cfasync="false">
    document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
  </script>
    <script src="../_static/doctools.js?v=1"></script>
    <script>DOCUMENTATION_OPTIONS.pagename = 'book/index';</script>
    <script>DOCUMENTATION_OPTIONS.search_as_you_type = false;</script>
</head><body>{}</body></html>"""


def test_the_themes_scripts_become_files_in_the_same_places() -> None:
    page = secured(PAGE.format("x"), "../", PROJECT)
    scripts = [line.strip() for line in page.splitlines() if "<script" in line]
    names = [line.partition('src="')[2].partition("?")[0] for line in scripts]
    assert names == ["../_static/nb-fargevalg.js", "../_static/doctools.js", "../_static/nb-valg.js"]
    assert page.index(POLICY) < page.index("<script")


def test_the_policy_allows_no_inline_script_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' file:"
    assert not [rule for rule in rules.values() if "http" in rule or "*" in rule]


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", "<script type=module>alert(1)</script>"])
def test_an_inline_script_of_anyone_else_stops_the_build(script: str) -> None:
    with pytest.raises(PageFailed, match="inline script"):
        secured(PAGE.format(script), "", Path(PROJECT))
