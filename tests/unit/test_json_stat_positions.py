"""Positions of cells in a JSON-stat dataset are no numbers of persons; the values of the cells are."""

import json

import pandas as pd
import pytest

from navbook.disclosure import audit_site

KEY = {"indikator": "portefolje", "gruppe": "alle", "niva": "kontor", "enhet": "9005", "periode": "2022-T3"}
WITHHELD = pd.DataFrame([KEY | {"felt": "x", "verdi": 3602.0}])


def dataset(cells):
    dimension = {"periode": {"category": {"index": ["2022"]}}, "felt": {"category": {"index": ["x"]}}}
    return {"id": ["periode", "felt"], "size": [1, 1], "dimension": dimension, "value": cells, "status": {}}


@pytest.mark.parametrize(
    ("cells", "found"), [({"3602": 12}, False), ({"0": 3602}, True), ({"0": "3602"}, True)]
)
def test_only_values_are_found(tmp_path, cells, found):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "resultater.json").write_text(json.dumps(dataset(cells)), encoding="utf-8")
    assert bool(audit_site(tmp_path, WITHHELD)) is found
