"""The page of an office: its first screen, and the parts below it that have something to tell."""

from navbook.pages.sections.office.changes import changes
from navbook.pages.sections.office.conversation import conversation, own_words
from navbook.pages.sections.office.expected_picture import expected_picture
from navbook.pages.sections.office.first_screen import (
    group_name,
    line_of_office,
    name_line,
    requirements,
    stock_sentence,
    who,
)
from navbook.pages.sections.office.folded import more_figures, not_said
from navbook.pages.sections.office.group_plan import PRIORITY_GROUPS, PriorityGroup
from navbook.pages.sections.office.groups import group_lines, priority_groups
from navbook.pages.sections.office.result_lines import result_lines
from navbook.pages.sections.office.similar_results import similar_results

__all__ = [
    "PRIORITY_GROUPS",
    "PriorityGroup",
    "changes",
    "conversation",
    "expected_picture",
    "group_lines",
    "group_name",
    "line_of_office",
    "more_figures",
    "name_line",
    "not_said",
    "own_words",
    "priority_groups",
    "requirements",
    "result_lines",
    "similar_results",
    "stock_sentence",
    "who",
]
