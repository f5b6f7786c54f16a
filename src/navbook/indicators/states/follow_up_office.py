"""The office that follows a person up on a given day."""

import ibis.expr.types as ir

from navbook.indicators.states.states import States


def follow_up_office(states: States, rows: ir.Table) -> ir.Table:
    """The rows whose person is under oppfølging on the day `dag`, with its enhetsnr and innsatsgruppe."""
    stays = states.under_oppfolging
    stays = stays.select("person_id", "enhetsnr", "innsatsgruppe", s_fom="fom", s_tom="tom")
    found = rows.inner_join(stays, ["person_id", stays.s_fom <= rows.dag, stays.s_tom >= rows.dag])
    return found.drop("s_fom", "s_tom")
