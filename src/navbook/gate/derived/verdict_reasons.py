"""Why a shown row has no verdict although its letter has a requirement for it."""

import pandas as pd

from navbook.edition.schema import (
    BASIS_SKJULT,
    BASIS_UKJENT,
    ENDRET_DEFINISJON,
    IKKE_RELEVANT,
    INGEN_AVSTAND,
    KEY,
    NIVA_SKJULT,
    NIVA_UKJENT,
    REASON_COLUMNS,
    UTEN_GRUNNLAG,
)
from navbook.estimate import Estimates


def verdict_reasons(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """A row (REASON_COLUMNS) with a code in `grunn` for each row of `tall` with `uten_grunnlag`, and for each
    with `ikke_relevant` because there is no gap to the level.

    The codes are those of edition.schema. Where both sides are missing, the base is named.
    """
    candidates = tall["vurdering"].isin([UTEN_GRUNNLAG, IKKE_RELEVANT])
    rows = tall.loc[candidates, [*KEY, "vurdering", "basis_periode"]]
    noted = estimates.rows.loc[estimates.rows["_by_base"], [*KEY, "_reason"]]
    rows = rows.merge(noted, on=list(KEY))
    without, noted_reason = rows["vurdering"] == UTEN_GRUNNLAG, rows["_reason"]
    reason = pd.Series(NIVA_SKJULT, index=rows.index, dtype=object)
    reason = reason.mask(noted_reason == NIVA_UKJENT, NIVA_UKJENT)
    reason = reason.mask(rows["basis_periode"].isna(), BASIS_SKJULT)
    reason = reason.mask(noted_reason == BASIS_UKJENT, BASIS_UKJENT)
    reason = reason.mask(noted_reason == ENDRET_DEFINISJON, ENDRET_DEFINISJON)
    reason = reason.mask(~without, INGEN_AVSTAND)
    kept = without | (noted_reason == INGEN_AVSTAND)
    return rows.assign(grunn=reason).loc[kept, list(REASON_COLUMNS)].reset_index(drop=True)
