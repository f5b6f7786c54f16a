"""Derived states of persons: under oppfølging, nedsatt, arbeidssøker, in work, in tiltak, on sick leave.

They are made once per extract as lazy tables of disjoint day intervals or ranges of months, and read by
every family. `months` converts between days and month numbers, `intervals` merges and splits intervals,
`overlap` joins ranges of months with events.
"""

from navbook.indicators.states.follow_up_office import follow_up_office
from navbook.indicators.states.states import States, states_of

__all__ = ["States", "follow_up_office", "states_of"]
