"""Sentences, table cells and boxes: what is said of a cell, a requirement, a definition or a letter.

All printed text is bokmål. Functions return plain text unless their docstring says HTML.
"""

from navbook.pages.text.definition_box import definition_box
from navbook.pages.text.letter_boxes import (
    catalogue,
    changes_table,
    entry_box,
    parameter_box,
    readings,
    terms,
)
from navbook.pages.text.missing import missing_sentences
from navbook.pages.text.qualifications import qualification
from navbook.pages.text.reasons import Reason, reason_of
from navbook.pages.text.run_limits_text import limits_text
from navbook.pages.text.sentences import (
    capitalised,
    change_interval_sentence,
    change_text,
    count_text,
    figures_sentence,
    interval_text,
    join_clauses,
    join_names,
    share_text,
    status_word,
    verdict_sentence,
)
from navbook.pages.text.table_cells import (
    breakable,
    change_value,
    count_values,
    narrow_head,
    number_columns,
    share_value,
    status_value,
    together,
    verdict_value,
    verdict_word_value,
)
from navbook.pages.text.verdict_notes import (
    WITHOUT_FURLOUGHED,
    chance_sentence,
    context_sentence,
    furlough_sentence,
    limit_sentence,
)
from navbook.pages.text.verdicts import full_verdict, verdict_word

__all__ = [
    "WITHOUT_FURLOUGHED",
    "Reason",
    "breakable",
    "capitalised",
    "catalogue",
    "chance_sentence",
    "change_interval_sentence",
    "change_text",
    "change_value",
    "changes_table",
    "context_sentence",
    "count_text",
    "count_values",
    "definition_box",
    "entry_box",
    "figures_sentence",
    "full_verdict",
    "furlough_sentence",
    "interval_text",
    "join_clauses",
    "join_names",
    "limit_sentence",
    "limits_text",
    "missing_sentences",
    "narrow_head",
    "number_columns",
    "parameter_box",
    "qualification",
    "readings",
    "reason_of",
    "share_text",
    "share_value",
    "status_value",
    "status_word",
    "terms",
    "together",
    "verdict_sentence",
    "verdict_value",
    "verdict_word",
    "verdict_word_value",
]
