"""Tables written by hand: the heading as caption, scopes, and a box that scrolls."""

from navbook.book.site.markup.notebook_markup import without_cell_frames
from navbook.book.site.markup.table_markup import with_captions

TABLE = (
    '<div class="pst-scrollable-table-container"><table class="table">\n'
    '<thead><tr><th class="head"><p>A</p></th><th class="head text-right"><p>B</p></th></tr></thead>'
    "</table></div>"
)
HEADING = '<h2>Hvem &amp; hva<a class="headerlink" href="#a">#</a></h2>\n'


def test_a_table_gets_its_heading_as_caption_and_its_heads_a_scope() -> None:
    page = with_captions(HEADING + TABLE)
    assert "<caption>Hvem &amp; hva</caption>" in page
    assert 'role="region" tabindex="0" aria-label="Hvem &amp; hva"' in page
    assert page.count('<th scope="col" class="head') == 2


def test_the_second_table_under_a_heading_has_a_name_of_its_own() -> None:
    page = with_captions(HEADING + TABLE + TABLE)
    assert "<caption>Hvem &amp; hva, tabell 2</caption>" in page


def test_a_caption_of_its_own_stays_and_other_tables_are_left_alone() -> None:
    own = TABLE.replace('<table class="table">\n', '<table class="table">\n<caption>Min</caption>')
    assert with_captions(HEADING + own).count("<caption>") == 1
    drawn = '<table class="nb-tabell"><caption>X</caption></table>'
    assert with_captions(HEADING + drawn) == HEADING + drawn


def test_frames_of_cells_lose_their_classes_and_empty_ones_go() -> None:
    empty = '<div class="cell tag_parameters tag_remove-input docutils container">\n</div>\n'
    shown = '<div class="cell docutils container">\n<div class="output text_html"><p>x</p></div></div>'
    assert without_cell_frames(empty + shown) == "<div>\n<div><p>x</p></div></div>"
