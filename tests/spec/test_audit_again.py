"""What an edition holds back can be worked out again from its own files and the private counts."""

from dataclasses import replace
from pathlib import Path

from editions import OFFICES, office_row, small_counts, write_small_edition
from navbook.disclosure import audit_site
from navbook.edition import Edition
from navbook.extract.register import OfficeRegister
from navbook.gate.reconstruct import withheld_behind

KEY = ["indikator", "gruppe", "enhet", "periode", "felt"]


def with_staff(staff: dict[str, int]) -> OfficeRegister:
    """The small register, with the number of staff of its offices."""
    rows = [office_row(number, county) for number, (county, _) in OFFICES.items()]
    return OfficeRegister([replace(row, ansatte=staff.get(row.enhetsnr)) for row in rows])


def test_an_honest_edition_is_found_clean_whatever_the_size_of_its_staff(tmp_path: Path) -> None:
    """The number of staff is not published, but decides what is told of an office's own sick leave."""
    counts = small_counts()
    register = with_staff({"9001": 60, "9002": 15, "9003": 9, "9004": 35, "9005": 12})
    written = write_small_edition(tmp_path / "utgaver", counts=counts, register=register)
    withheld = withheld_behind(Edition(written.folder), counts)
    assert audit_site(written.folder, withheld) == []
    own, again = (set(map(tuple, each[KEY].to_numpy())) for each in (written.withheld, withheld))
    assert own <= again
    hidden = {
        office for name, _, office, period, _ in again if (name, period) == ("sykefravaer_etat", "2022")
    }
    assert {"9003", "9006"} <= hidden
    assert {"9001", "9004"}.isdisjoint(hidden)


def test_the_choice_of_the_edition_is_taken_and_no_other_is_made(tmp_path: Path) -> None:
    """Another choice protects as well, but would call rows withheld that this edition shows."""
    counts = small_counts()
    written = write_small_edition(tmp_path / "utgaver", counts=counts)
    edition = Edition(written.folder)
    shown = edition.tall.query("status == 'vist'")[KEY[:4]]
    again = withheld_behind(edition, counts)
    rows = again[again["felt"].isin(["x", "verdi"])].merge(shown, on=KEY[:4])
    assert rows.empty


def test_a_small_number_that_an_edition_shows_is_withheld_all_the_same(tmp_path: Path) -> None:
    counts = small_counts()
    written = write_small_edition(tmp_path / "utgaver", counts=counts)
    edition = Edition(written.folder)
    small = written.withheld.query("felt == 'x' and verdi < 4").merge(edition.tall, on=KEY[:4]).iloc[0]
    shown = edition.tall  # the edition keeps this table, so a change of it is a change of the edition
    row = (shown[KEY[:4]] == small[KEY[:4]]).all(axis=1)
    assert row.sum() == 1
    shown.loc[row, ["status", "x"]] = ["vist", small["verdi_x"]]
    again = withheld_behind(edition, counts)
    assert (again[KEY[:4]] == small[KEY[:4]]).all(axis=1).any()
