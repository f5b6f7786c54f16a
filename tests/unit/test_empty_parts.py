"""A part of a page with nothing to show leaves the page, with its heading."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from navbook.book.execution.normalise import normalise


def shown(html):
    return new_code_cell("side.del()", outputs=[new_output("execute_result", {"text/html": html})])


def sources(*cells):
    return [cell.source for cell in normalise(new_notebook(cells=list(cells))).cells]


def test_a_heading_leaves_with_its_empty_part():
    kept = sources(new_markdown_cell("## A"), shown(""), new_markdown_cell("## B"), shown("<p>b</p>"))
    assert kept == ["## B", "side.del()"]


def test_a_heading_stays_if_one_of_its_cells_shows_something():
    assert len(sources(new_markdown_cell("## A"), shown(""), shown("<p>a</p>"))) == 3


def test_a_template_keeps_its_empty_parts():
    cells = [new_markdown_cell("## A"), shown("")]
    assert len(normalise(new_notebook(cells=cells), empty_parts=True).cells) == 2


def test_prose_without_cells_stays():
    assert sources(new_markdown_cell("## A"), new_markdown_cell("## B")) == ["## A", "## B"]


def test_cells_before_the_first_heading_stay():
    assert len(sources(shown(""), new_code_cell("x = 1"))) == 2
