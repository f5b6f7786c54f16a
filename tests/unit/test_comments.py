"""The offices' own comments: plain words pass, what a page would run or fetch is refused with its line."""

from pathlib import Path

import pytest

from extracts import write_extract
from navbook.extract import check_extract, open_extract
from sound_extract import sound_tables

REFUSED = {
    "block of HTML": ("Hei\n\n<script>alert(1)</script>\n", "comment_html", "line 3"),
    "HTML within a line": ("Hei\nog <b>velkommen</b>", "comment_html", "line 2"),
    "HTML comment": ("<!-- skjult -->", "comment_html", "line 1"),
    "image": ("Se ![bilde](bilde.png)", "comment_image", "line 1"),
    "link out": ("Les [mer](https://example.org)", "comment_link", "line 1"),
    "autolink": ("Les\n\n<https://example.org>", "comment_link", "line 3"),
    "link that runs": ("[klikk](javascript:alert(1))", None, ""),
    "link without scheme": ("[klikk](//example.org)", "comment_link", "line 1"),
    "directive": ("```{raw} html\n<b>\n```", "comment_markup", "line 1"),
    "role": ("Hei {raw}`x`", "comment_markup", "line 1"),
    "substitution": ("Hei {{ navn }}", "comment_markup", "line 1"),
}


def check(folder: Path, text: str, name: str = "9001.md") -> list[tuple[str, str, tuple[str, ...]]]:
    write_extract(folder, sound_tables("kontor"))
    (folder / "kommentarer").mkdir()
    (folder / "kommentarer" / name).write_text(text, encoding="utf-8")
    report = check_extract(folder)
    return [(p.severity, p.code, p.keys) for p in (*report.problems, *report.reported)]


@pytest.mark.parametrize(("text", "code", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_is_refused(tmp_path: Path, text: str, code: str | None, line: str) -> None:
    found = check(tmp_path, text)
    if code is None:
        # plain Markdown itself does not make a link of it: it stays text
        assert [entry[1] for entry in found] == ["comment_numbers"]
        return
    assert found[0][:2] == ("invalid", code)
    assert found[0][2][0].startswith(line)


def test_plain_words_pass(tmp_path: Path) -> None:
    assert check(tmp_path, "Vi har **flere** samtaler.\n\n- med unge\n- se [siden](#unge) < før") == []


def test_every_number_is_listed_for_approval(tmp_path: Path) -> None:
    text = "I 2022 kom 1 234 personer,\nog 45,2 % fikk jobb."
    numbers = ("line 1: 2022", "line 1: 1 234", "line 2: 45,2 %")
    assert check(tmp_path, text) == [("reported", "comment_numbers", numbers)]


def test_all_of_many_numbers_are_listed_twenty_at_a_time(tmp_path: Path) -> None:
    found = check(tmp_path, " og ".join(str(number) for number in range(100, 145)))
    assert [len(keys) for _, _, keys in found] == [20, 20, 5]


@pytest.mark.parametrize("name", ["9001.txt", "901.md", "9001 .md", "..md"])
def test_a_comment_must_be_named_by_its_office(tmp_path: Path, name: str) -> None:
    assert [entry[1] for entry in check(tmp_path, "Hei", name)] == ["comment_name"]


def test_a_comment_of_an_unknown_office(tmp_path: Path) -> None:
    assert [entry[1] for entry in check(tmp_path, "Hei", "9009.md")] == ["unknown_office"]


def test_a_comment_may_not_point_out_of_the_extract(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.md"
    secret.write_text("Hei", encoding="utf-8")
    folder = write_extract(tmp_path / "uttrekk", sound_tables("kontor"))
    (folder / "kommentarer").mkdir()
    (folder / "kommentarer" / "9001.md").symlink_to(secret)
    assert [p.code for p in check_extract(folder).problems] == ["comment_name"]


def test_the_text_is_read_by_office(tmp_path: Path) -> None:
    check(tmp_path, "Hei på deg")
    with open_extract(tmp_path) as extract:
        assert extract.comments == {"9001": "Hei på deg"}


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("planer", "9001.md", None),
        ("planer", "9999.md", "unknown_office"),
        ("rapport", "9001.md", "unknown_office"),
        ("rapport", "plan.md", "comment_name"),
    ],
)
def test_plans_are_named_by_office_and_reports_by_county(
    tmp_path: Path, kind: str, name: str, code: str
) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    (tmp_path / kind).mkdir()
    (tmp_path / kind / name).write_text("Vi har flere samtaler.", encoding="utf-8")
    problems = [problem for problem in check_extract(tmp_path).problems if problem.table.startswith(kind)]
    assert [problem.code for problem in problems] == ([code] if code else [])


@pytest.mark.parametrize("kind", ["planer", "rapport"])
def test_html_in_a_plan_or_a_report_is_refused(tmp_path: Path, kind: str) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    number = open_extract(tmp_path).register
    county = number.counties[0] if kind == "rapport" else number.offices[0]
    (tmp_path / kind).mkdir()
    (tmp_path / kind / f"{county}.md").write_text("Hei <b>du</b>", encoding="utf-8")
    assert "comment_html" in [problem.code for problem in check_extract(tmp_path).problems]


def test_a_heading_that_the_form_of_a_plan_lacks_is_reported(tmp_path: Path) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    (tmp_path / "planer").mkdir()
    plan = "# Plan\n\n## Unge under 30\n\nTiltak: Samtale\n\n## Lokaler\n\nVi flytter.\n\n## Møbler\n"
    (tmp_path / "planer" / "9001.md").write_text(plan, encoding="utf-8")
    report = check_extract(tmp_path)
    assert not report.problems
    (found,) = [problem for problem in report.reported if problem.code == "plan_heading"]
    assert (found.table, found.keys, found.count) == ("planer/9001.md", ("Lokaler", "Møbler"), 2)
