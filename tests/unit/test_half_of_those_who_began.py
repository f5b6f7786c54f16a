"""The median time to an activity below the curves: the first week by whose end half have had one."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from navbook.pages.sections import eight_weeks


def view_with(shares: dict[int, float]) -> Any:
    """A view of an edition with one curve of the country, by day."""
    rows = [("u30_8uker", "alle", "landet", "0000", "2022", day, share) for day, share in shares.items()]
    names = ["indikator", "gruppe", "niva", "enhet", "periode", "dag", "verdi"]
    frame = pd.DataFrame(rows, columns=names).assign(nedre=float("nan"), ovre=float("nan"))
    return SimpleNamespace(
        edition=SimpleNamespace(further={"kurver": frame}.__getitem__, krav={}),
        definitions={"u30_8uker": SimpleNamespace(group_name=lambda _: "")},
        area=SimpleNamespace(heading="Hele landet"),
        root="../",
        shown_period=lambda _: "2022",
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({7: 0.5, 56: 0.8}, "halvparten hadde en aktivitet innen én uke."),
        ({7: 0.3, 14: 0.49, 21: 0.5, 56: 0.8}, "halvparten hadde en aktivitet innen tre uker."),
        # two weeks that were put together count from the end of the second
        ({14: 0.49, 28: 0.55}, "halvparten hadde en aktivitet innen fire uker."),
        ({7: 0.1, 56: 0.49}, "under halvparten hadde en aktivitet innen åtte uker."),
    ],
)
def test_the_first_week_by_whose_end_half_have_had_an_activity(shares: dict[int, float], said: str) -> None:
    assert f"<li>Hele landet: alle: {said}</li>" in eight_weeks(view_with(shares), ["alle"]).html
