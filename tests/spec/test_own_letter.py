"""A period is judged by the letter of its own year, and every missing verdict has its reason (contract 3).

Every office has the same counts in each month of a year, so a period of four months sums to four times them.
"""

import json
import math
from pathlib import Path

import pandas as pd
import pytest

from editions import MANIFEST, NORTH, decided, letter_in, register_of, row, series_counts
from navbook.disclosure import load_settings
from navbook.edition.schema import REASON_COLUMNS
from navbook.estimate import Estimates, estimate
from navbook.gate import Source, decide, derived_tables, write_edition
from navbook.indicators import REGISTRY
from navbook.runtime.periods import month_range, parse_period

TWO = {"9001": NORTH, "9002": NORTH}
LATE = "2021-07..2021-10"


def by_year(x_of_year: dict[int, float], last: str, series=("ota_arbs", "alle")) -> pd.DataFrame:
    """9001 with x of 1000 a month by year, 9002 with 300 of 900; known to the end of the month `last`."""
    parts = []
    for year, x in x_of_year.items():
        months = [month for month in month_range(f"{year}-01", f"{year}-12") if month <= last]
        parts.append(series_counts(*series, months, {"9001": (x, 1000), "9002": (300, 900)}))
    return pd.concat(parts, ignore_index=True)


def estimates_of(counts: pd.DataFrame, period: str, register: dict[str, str] | None = None) -> Estimates:
    wanted = parse_period(period)
    return estimate(counts, register_of(register or TWO), MANIFEST, letter_in(wanted.year), REGISTRY, wanted)


def manifest_and_letter(counts: pd.DataFrame, period: str, folder: Path) -> tuple[dict, dict]:
    written = write_edition(
        estimates_of(counts, period), Source(MANIFEST), REGISTRY, folder, folder / "privat"
    )
    return tuple(json.loads((written.folder / name).read_text()) for name in ("utgave.json", "krav.json"))


# the level of 2019 is 30 %, the base 40 %: towards 2019 is down; and 35 % is lower than 40 %
FALLING = {2019: 300, 2020: 400, 2021: 350}


class TestTheLetterOfItsOwnYear:
    def test_july_to_october_2021_goes_towards_2019_in_the_report_for_tertial_1_of_2022(self):
        """Under the letter for 2022 the same numbers would be `ikke_oppfylt`: 35 % is not above 40 %."""
        tall = decided(by_year(FALLING, "2021-10"), "2022-T1", TWO).tall
        assert row(tall, "9001", "2022-T1")["status"] == "ikke_beregnbar"
        late = row(tall, "9001", LATE)
        assert (late["basis_periode"], late["basis_verdi"], late["krav"]) == ("2020-07..2020-10", 0.4, 0.3)
        assert late["vurdering"] == "oppfylt"

    def test_the_period_of_the_level_has_a_row(self):
        tall = decided(by_year(FALLING, "2021-10"), "2022-T1", TWO).tall
        level = row(tall, "9001", "2019-07..2019-10")
        assert (level["status"], level["x"], level["n"]) == ("vist", 1200, 4000)
        assert pd.isna(level["vurdering"])

    def test_a_period_across_two_letters_is_judged_by_that_of_its_last_month(self):
        """July 2021 to June 2022: 6 · (350 + 420) of 12,000 is 38.5 %, after 6 · (400 + 350) or 37.5 %."""
        tall = decided(by_year(FALLING | {2022: 420}, "2022-06"), "2022", TWO).tall
        late = row(tall, "9001", "2021-07..2022-06")
        assert (late["verdi"], late["basis_verdi"]) == (0.385, 0.375)
        assert math.isnan(late["krav"])
        assert late["vurdering"] == "kan_ikke_avgjores"

    def test_where_no_letter_covers_it_there_is_no_requirement(self):
        """The first letter is that for 2021, so July to October 2020 has none."""
        tall = decided(by_year({2019: 300, 2020: 400}, "2020-10"), "2021-T1", TWO).tall
        late = row(tall, "9001", "2020-07..2020-10")
        assert (late["basis_periode"], late["endring"], late["vurdering"]) == (
            "2019-07..2019-10",
            0.1,
            "ikke_relevant",
        )

    @pytest.mark.parametrize("series", [("ota_u30", "alle"), ("ota_arbs", "uten_permitterte")])
    def test_what_only_the_later_letter_requires_is_not_required_of_the_earlier_year(self, series):
        """The letter for 2021 requires nothing for those under 30, nor for those who are not laid off."""
        tall = decided(by_year(FALLING, "2021-10", series), "2022-T1", TWO).tall
        late = row(tall, "9001", LATE, *series)
        assert (late["status"], late["vurdering"]) == ("vist", "ikke_relevant")
        assert math.isnan(late["krav"])

    def test_the_edition_names_both_letters(self, tmp_path):
        series = [("ota_arbs", "alle"), ("ota_arbs", "uten_permitterte"), ("ota_lg3", "fotnote5")]
        counts = pd.concat([by_year(FALLING, "2021-10", key) for key in series], ignore_index=True)
        utgave, krav = manifest_and_letter(counts, "2022-T1", tmp_path)
        assert (utgave["brev"], krav["brev"]) == (2022, 2022)
        shown = utgave["perioder"]["ota_arbs"]
        assert {name: shown[name] for name in ("vist", "basis", "niva", "brev", "krav")} == {
            "vist": LATE,
            "basis": "2020-07..2020-10",
            "niva": "2019-07..2019-10",
            "brev": 2021,
            "krav": "gjelder",
        }
        assert shown["grupper"]["uten_permitterte"]["krav"] == "uten_krav"
        reading = utgave["perioder"]["ota_lg3"]["grupper"]["fotnote5"]
        assert (reading["vist"], reading["brev"], reading["krav"]) == (LATE, 2021, "ikke_i_brevet")
        (other,) = krav["andre_brev"]
        assert (other["brev"], other["gjelder_ar"], other["gjenbrukt"]) == (2021, 2021, False)
        sp01 = next(line for line in other["rader"] if line["id"] == "SP01")
        assert (sp01["regel"]["kind"], sp01["regel"]["level_year"]) == ("towards_level", 2019)
        assert sp01["ordlyd"] == next(p.wording for p in letter_in(2021).parameters if p.id == "SP01")

    def test_an_edition_judged_by_one_letter_names_no_other(self, tmp_path):
        utgave, krav = manifest_and_letter(by_year(FALLING | {2022: 420}, "2022-12"), "2022", tmp_path)
        assert krav["andre_brev"] == []
        assert utgave["perioder"]["ota_arbs"]["brev"] == 2022
        assert utgave["perioder"]["ota_u30"]["krav"] == "gjelder"
        assert utgave["perioder"]["portefolje"]["krav"] == "uten_krav"


class TestWhyThereIsNoVerdict:
    THREE = TWO | {"9003": NORTH}

    def reasons(self, small: dict[str, tuple[float, float]], month: str) -> pd.DataFrame:
        """9003 has what `small` says in each month, beside two offices that are shown."""
        months = [f"{year}-03" for year in (2019, 2020, 2021, 2022)]
        parts = [series_counts("ota_arbs", "alle", months, {"9001": (400, 1000), "9002": (300, 900)})]
        parts += [series_counts("ota_arbs", "alle", [at], {"9003": pair}) for at, pair in small.items()]
        estimates = estimates_of(pd.concat(parts, ignore_index=True), month, self.THREE)
        self.tall = decide(estimates, load_settings(), "nav").tall
        found = derived_tables(self.tall, estimates)["grunner"]
        assert list(found.columns) == list(REASON_COLUMNS)
        return found.set_index(["indikator", "enhet", "periode"])["grunn"]

    def verdict(self, month: str) -> str:
        return str(row(self.tall, "9003", month)["vurdering"])

    def test_the_base_is_suppressed(self):
        found = self.reasons({"2021-03": (2, 40), "2022-03": (10, 40)}, "2022-03")
        assert self.verdict("2022-03") == "uten_grunnlag"
        assert found["ota_arbs", "9003", "2022-03"] == "basis_skjult"

    def test_the_base_is_not_known(self):
        found = self.reasons({"2022-03": (10, 40)}, "2022-03")
        assert self.verdict("2022-03") == "uten_grunnlag"
        assert found["ota_arbs", "9003", "2022-03"] == "basis_ukjent"

    def test_the_level_is_suppressed_or_not_known(self):
        known = {"2020-03": (20, 40), "2021-03": (30, 40)}
        assert self.reasons(known | {"2019-03": (2, 40)}, "2021-03")["ota_arbs", "9003", "2021-03"] == (
            "niva_skjult"
        )
        assert self.verdict("2021-03") == "uten_grunnlag"
        assert self.reasons(known, "2021-03")["ota_arbs", "9003", "2021-03"] == "niva_ukjent"
        assert self.verdict("2021-03") == "uten_grunnlag"

    @pytest.mark.parametrize(("n", "verdict"), [(29, "for_fa"), (30, "uten_grunnlag")])
    def test_too_few_of_its_own_comes_before_the_base(self, n, verdict):
        found = self.reasons({"2021-03": (2, 40), "2022-03": (10, n)}, "2022-03")
        assert self.verdict("2022-03") == verdict
        assert (("ota_arbs", "9003", "2022-03") in found.index) is (verdict == "uten_grunnlag")

    def test_there_is_no_gap_to_the_level(self):
        """20 of 40 in 2020 and 22 of 40 in 2019: nobody can tell in which direction 2019 is."""
        small = {"2019-03": (22, 40), "2020-03": (20, 40), "2021-03": (30, 40)}
        assert self.reasons(small, "2021-03")["ota_arbs", "9003", "2021-03"] == "ingen_avstand"
        assert self.verdict("2021-03") == "ikke_relevant"

    def test_a_row_with_a_verdict_or_without_a_requirement_has_no_reason(self):
        found = self.reasons({"2021-03": (10, 40), "2022-03": (30, 40)}, "2022-03")
        assert self.verdict("2022-03") == "oppfylt"
        assert found.empty
