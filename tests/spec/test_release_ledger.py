"""What was published before is part of what an attacker sees: the ledger keeps it, and a new edition is held
up against it.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from editions import (
    FEW,
    MANIFEST,
    OFFICES,
    counts_frame,
    letter_in,
    office_row,
    register_of,
    small_counts,
    small_register,
    write_small_edition,
)
from navbook.disclosure import load_settings
from navbook.edition import Edition
from navbook.edition.ledger import COLUMNS, FILE, add_release, no_releases, read_ledger, released
from navbook.estimate import Estimates, estimate
from navbook.extract.register import OfficeRegister
from navbook.gate import EarlierReleases, decide, refuse_disclosed
from navbook.indicators import REGISTRY
from navbook.runtime.errors import DisclosureRefused, UsageError
from navbook.runtime.periods import month_range, parse_period

NORTH, SOUTH = "9700", "9800"

# four offices in four months, of which these are hidden
FOUR = ("9001", "9002", "9003", "9004")
SPRING = month_range("2022-01", "2022-04")
HIDDEN = frozenset(
    {("9001", month) for month in SPRING[:3]}
    | {("9002", month) for month in SPRING[:2]}
    | {(office, month) for office in FOUR[2:] for month in SPRING[2:]}
)


def estimates_of(counts: pd.DataFrame, register: OfficeRegister, period: str) -> Estimates:
    wanted = parse_period(period)
    return estimate(counts, register, MANIFEST, letter_in(wanted.year), REGISTRY, wanted)


def rows(counts: pd.DataFrame, told: dict[tuple[str, str], bool]) -> pd.DataFrame:
    """Rows of `tall` for one pure count, shown or hidden by (unit, period)."""
    found = []
    for (unit, name), shown in told.items():
        inside = counts[counts["maned"].isin(parse_period(name).months)]
        x = float(inside.loc[inside["enhetsnr"] == unit, "x"].sum())
        key = {
            "indikator": "formidlinger",
            "gruppe": "alle",
            "niva": "kontor",
            "enhet": unit,
            "periode": name,
        }
        status = {"status": "vist" if shown else "skjult", "x": x if shown else None, "n": None}
        found.append(key | status)
    return pd.DataFrame(found).astype({"x": "float64", "n": "float64"})


def ledger_of(tall: pd.DataFrame, number: int = 1, members: dict[str, str] | None = None) -> pd.DataFrame:
    """The ledger in which the shown rows of `tall` were published."""
    shown = tall[tall["status"] == "vist"]
    held = shown["enhet"].map(lambda unit: (members or {}).get(unit, unit))
    table = shown.assign(
        utgivelse=number, utgave="2022", uttrekksdato="2023-01-01", fylke=NORTH, medlemmer=held
    )
    return table.loc[:, list(COLUMNS)]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return Edition(write_small_edition(tmp_path_factory.mktemp("utgaver")).folder)


class TestWhatTheLedgerHolds:
    def test_every_shown_cell_with_its_values_and_nothing_hidden(self, tmp_path, edition):
        add_release(tmp_path / FILE, edition)
        ledger = read_ledger(tmp_path / FILE)
        assert list(ledger.columns) == list(COLUMNS)
        shown = edition.tall[edition.tall["status"] == "vist"]
        assert len(ledger) == len(shown)
        key = ["indikator", "gruppe", "niva", "enhet", "periode"]
        hidden = edition.tall[edition.tall["status"] == "skjult"]
        assert ledger.merge(hidden, on=key).empty
        both = ledger.merge(shown, on=key)
        assert both["x_x"].equals(both["x_y"])

    def test_a_county_is_named_by_its_offices_and_a_merged_office_by_its_parts(self, tmp_path):
        merged = office_row("9002", NORTH, tom="2020-12-31", successor="9001")
        others = [office_row(number, county) for number, (county, _) in OFFICES.items() if number != "9002"]
        register = OfficeRegister([merged, *others])
        edition = Edition(write_small_edition(tmp_path / "utgaver", register=register).folder)
        members = released(edition).groupby("enhet")["medlemmer"].first()
        assert members["9001"] == "9001 9002"
        assert members[NORTH] == "9001 9002 9003 9700S"
        assert members["0000"] == ""

    def test_the_same_edition_again_adds_nothing_and_a_correction_adds_its_rows(self, tmp_path, edition):
        counts = small_counts()
        ledger = tmp_path / FILE
        add_release(ledger, edition)
        before = read_ledger(ledger)
        add_release(ledger, edition)
        assert read_ledger(ledger).equals(before)
        one = (
            (counts["enhetsnr"] == "9004")
            & (counts["maned"] == "2022-03")
            & (counts["indikator"] == "portefolje")
        )
        counts.loc[one & (counts["gruppe"] == "alle"), "x"] += 7
        add_release(ledger, Edition(write_small_edition(tmp_path / "c", counts=counts).folder))
        more = read_ledger(ledger)
        fresh = more[more["utgivelse"] == 2]
        assert len(more) == len(before) + len(fresh)
        assert {"9004", SOUTH, "0000"} <= set(fresh["enhet"])
        assert set(fresh["indikator"]) == {"portefolje"}

    def test_a_file_that_is_no_ledger_is_wrong_use(self, tmp_path):
        (tmp_path / FILE).write_bytes(b"ikke parquet")
        with pytest.raises(UsageError, match="release ledger"):
            read_ledger(tmp_path / FILE)


class TestGivenAway:
    """One office pair in a county, monthly counts of formidlinger; each number is small enough to follow."""

    REGISTER = register_of({"9001": NORTH, "9002": NORTH})
    MONTHS = month_range("2021-01", "2022-12")

    def counts(self, small: str = "2022-01", few: float = 2.0) -> pd.DataFrame:
        return counts_frame(
            ("formidlinger", "alle", office, month, few if (office, month) == ("9001", small) else 20.0, None)
            for office in ("9001", "9002")
            for month in self.MONTHS
        )

    def attack(self, counts: pd.DataFrame, now: pd.DataFrame, ledger: pd.DataFrame | None = None) -> int:
        estimates = estimates_of(counts, self.REGISTER, "2022")
        return refuse_disclosed(now, estimates, counts, 4, no_releases() if ledger is None else ledger)

    def test_an_edition_that_gives_nothing_away_passes(self):
        counts = self.counts()
        now = rows(counts, {("9001", "2022"): True, ("9001", "2022-01"): False})
        assert self.attack(counts, now) == 1

    def test_a_monthly_beside_rolling_sums(self):
        """February 2022 is hidden; January 2021 … and the year that ends in January 2022 are shown."""
        counts = self.counts()
        told = {("9001", "2021"): True, ("9001", "2021-02..2022-01"): True}
        hidden = {("9001", "2022-01"): False}
        now = rows(counts, told | hidden)
        assert self.attack(counts, now) == 1
        with_month = rows(counts, told | hidden | {("9001", "2021-01"): True})
        with pytest.raises(
            DisclosureRefused, match=r"formidlinger/alle/9001/2022-01 \(by the edition itself\)"
        ):
            self.attack(counts, with_month)

    def test_the_month_was_told_by_an_earlier_release(self):
        counts = self.counts()
        told = {("9001", "2021"): True, ("9001", "2021-02..2022-01"): True, ("9001", "2022-01"): False}
        now = rows(counts, told)
        earlier = ledger_of(rows(counts, {("9001", "2021-01"): True}))
        with pytest.raises(DisclosureRefused, match=r"2022-01 \(by release 1, 2022 of 2023-01-01\)") as error:
            self.attack(counts, now, earlier)
        assert error.value.exit_code == 5
        assert " 2 " not in str(error.value)

    def test_two_releases_one_month_apart_and_neither_alone(self):
        counts = self.counts()
        now = rows(counts, {("9001", "2021-02..2022-01"): True, ("9001", "2022-01"): False})
        first = ledger_of(rows(counts, {("9001", "2021"): True}), 1)
        second = ledger_of(rows(counts, {("9001", "2021-01"): True}), 2)
        assert self.attack(counts, now, first) == 1
        assert self.attack(counts, now, second) == 1
        with pytest.raises(DisclosureRefused, match="by the earlier releases together"):
            self.attack(counts, now, pd.concat([first, second], ignore_index=True))

    def test_a_cell_that_was_shown_before_hides_nothing(self):
        counts = self.counts()
        told = {("9001", "2022-01"): False, ("9002", "2022-01"): False}
        now = rows(counts, told)
        county = now.iloc[:1].assign(niva="fylke", enhet=NORTH, status="vist", x=22.0)
        now = pd.concat([now, county], ignore_index=True)
        assert self.attack(counts, now) == 2
        earlier = ledger_of(rows(counts, {("9002", "2022-01"): True}))
        with pytest.raises(DisclosureRefused, match="9001/2022-01"):
            self.attack(counts, now, earlier)

    def spring(
        self, small: dict[tuple[str, str], float], hidden: frozenset[tuple[str, str]], minimum: float
    ) -> list[int]:
        """The hidden rows found safe, first alone and then beside an earlier release.

        Each month of the county is shown and, before, the four months of each office were, and every sum
        has two or three hidden numbers in it. The four months of 9001 and 9002 less January and February of
        the county are March of 9001 and what is shown.
        """
        pairs = [(office, month) for office in FOUR for month in self.MONTHS]
        counts = counts_frame(("formidlinger", "alle", *pair, small.get(pair, 20.0), None) for pair in pairs)
        now = rows(counts, {pair: pair not in hidden for pair in pairs if pair[1] in SPRING})
        county = now.iloc[:4].assign(niva="fylke", enhet=NORTH, status="vist", periode=SPRING)
        county["x"] = county["periode"].map(counts.groupby("maned")["x"].sum())
        now = pd.concat([now, county], ignore_index=True)
        earlier = ledger_of(rows(counts, {(office, "2022-01..2022-04"): True for office in FOUR}))
        estimates = estimates_of(counts, register_of(dict.fromkeys(FOUR, NORTH)), "2022")
        return [
            refuse_disclosed(now, estimates, counts, minimum, ledger) for ledger in (no_releases(), earlier)
        ]

    def test_what_only_many_equations_tell_together(self):
        with pytest.raises(DisclosureRefused, match=r"^1 hidden .*9001/2022-03 \(by release 1"):
            self.spring({("9001", "2022-03"): 2.0}, HIDDEN, 4)

    def test_with_one_more_hidden_they_tell_it_no_longer(self):
        hidden = HIDDEN | {("9003", "2022-01")}
        assert self.spring({("9001", "2022-03"): 2.0}, hidden, 4) == [len(hidden)] * 2

    def test_what_is_narrow_by_itself_is_still_asked_whether_it_is_exact(self):
        """All of March is hidden and small, so it is narrow from the start; the ledger makes it exact."""
        small = {(office, "2022-03"): 3.0 for office in ("9001", "9003", "9004")}
        with pytest.raises(DisclosureRefused, match=r"9001/2022-03 \(by release 1"):
            self.spring(small, HIDDEN, 12)

    def test_a_number_told_before_its_correction_is_not_given_away_by_itself(self):
        """9001 had 5 and has 2 now. What was told of it is no longer so; what was told of 9002 still is."""
        counts = self.counts()
        now = rows(counts, {("9001", "2022-01"): False, ("9002", "2022-01"): False})
        county = now.iloc[:1].assign(niva="fylke", enhet=NORTH, status="vist", x=22.0)
        now = pd.concat([now, county], ignore_index=True)
        before = rows(counts, {("9001", "2022-01"): True}).assign(x=5.0)
        assert self.attack(counts, now.iloc[:2], ledger_of(before)) == 2
        both = pd.concat([before, rows(counts, {("9002", "2022-01"): True})], ignore_index=True)
        with pytest.raises(DisclosureRefused, match=r"9001/2022-01 \(by release 1"):
            self.attack(counts, now, ledger_of(both))

    def test_new_borders_beside_old_ones(self):
        """9002 went into 9001; what the two were together less what 9001 was alone is what 9002 was."""
        register = OfficeRegister(
            [
                office_row("9001", NORTH),
                office_row("9002", NORTH, tom="2021-12-31", successor="9001"),
                office_row("9003", NORTH),
            ]
        )
        counts = counts_frame(
            ("formidlinger", "alle", office, month, {"9001": 20.0, "9002": 0.0, "9003": 20.0}[office], None)
            for office in ("9001", "9002", "9003")
            for month in self.MONTHS
        )
        few = (counts["enhetsnr"] == "9002") & (counts["maned"] == "2021-05")
        counts.loc[few, "x"] = 2.0
        estimates = estimates_of(counts, register, "2022")
        merged = rows(counts, {("9001", "2021"): False, ("9003", "2021"): False})
        county = merged.iloc[:1].assign(niva="fylke", enhet=NORTH, status="vist", x=482.0)
        now = pd.concat([merged, county], ignore_index=True)
        assert refuse_disclosed(now, estimates, counts, 4, no_releases()) == 2
        alone = ledger_of(rows(counts, {("9001", "2021"): True, ("9003", "2021"): True}))
        with pytest.raises(DisclosureRefused, match="9001/2021"):
            refuse_disclosed(now, estimates, counts, 4, alone)

    def test_what_the_rest_of_an_old_office_tells(self):
        """9002, where nobody was, went into 9001. What 9001 was alone in 2021 and in January is what the two
        are: nobody was left over in 2021, so nobody was in January, and the hidden number is the old one.
        """
        register = OfficeRegister(
            [
                office_row("9001", NORTH),
                office_row("9002", NORTH, tom="2021-12-31", successor="9001"),
                office_row("9003", NORTH),
            ]
        )
        counts = counts_frame(
            ("formidlinger", "alle", office, month, 0.0 if office == "9002" else 20.0, None)
            for office in ("9001", "9002", "9003")
            for month in self.MONTHS
        )
        estimates = estimates_of(counts, register, "2022")
        now = rows(counts, {("9001", "2021"): True, ("9001", "2021-01"): False})
        before = ledger_of(rows(counts, {("9001", "2021"): True, ("9001", "2021-01"): True}))
        with pytest.raises(DisclosureRefused, match="9001/2021-01"):
            refuse_disclosed(now, estimates, counts, 4, before)

    def test_the_small_edition_by_itself_gives_nothing_away(self, edition):
        counts = small_counts()
        register = OfficeRegister([replace(office_row(n, c)) for n, (c, _) in OFFICES.items()])
        estimates = estimates_of(counts, register, "2022")
        hidden = int((edition.tall["status"] == "skjult").sum())
        assert refuse_disclosed(edition.tall, estimates, counts, 4, no_releases()) == hidden > 0


class TestWhatAnEarlierReleaseLeftOut:
    """9001 had 2 in January and 20 in every other month of 2022; its year is told, and so are most months."""

    REGISTER = TestGivenAway.REGISTER
    SPRING = TestGivenAway.MONTHS[14:]  # March to December 2022

    def earlier(self, counts: pd.DataFrame, *more: str) -> pd.DataFrame:
        told = {("9001", "2022"): True} | {("9001", month): True for month in (*self.SPRING, *more)}
        told |= {("9002", month): True for month in TestGivenAway.MONTHS[12:]}
        return ledger_of(rows(counts, told))

    def attack(self, now: dict[tuple[str, str], bool], *more: str, few: float = 2.0) -> int:
        counts = TestGivenAway().counts(few=few)
        estimates = estimates_of(counts, self.REGISTER, "2022")
        return refuse_disclosed(rows(counts, now), estimates, counts, 4, self.earlier(counts, *more))

    def test_a_new_edition_may_not_give_it_away(self):
        """January and February were left out; February told now leaves January of the year."""
        with pytest.raises(
            DisclosureRefused, match=r"^1 hidden .*alle/9001/2022-01 of release 1, 2022 of 2023-01-01 \(by"
        ):
            self.attack({("9001", "2022-02"): True})

    def test_nobody_is_as_much_a_secret_as_a_few(self):
        """A row without anybody is hidden like one of two, and is told by the same subtraction."""
        with pytest.raises(DisclosureRefused, match=r"alle/9001/2022-01 of release 1"):
            self.attack({("9001", "2022-02"): True}, few=0.0)

    def test_of_an_amount_nobody_knows_why_it_was_left_out(self):
        """12 people might have been told; 12.5 days may be those of a few."""
        assert self.attack({("9001", "2022-02"): True}, few=12.0) == 0
        with pytest.raises(DisclosureRefused, match=r"9001/2022-01 of release 1"):
            self.attack({("9001", "2022-02"): True}, few=12.5)

    def test_what_it_gave_away_itself_is_not_the_fault_of_the_new_one(self):
        assert self.attack({("9001", "2021-01"): True}, "2022-02") == 0

    def test_what_it_might_have_told_may_be_told_now(self):
        """February was left out for the sake of January; January stays where March was left out, too."""
        counts = TestGivenAway().counts()
        estimates = estimates_of(counts, self.REGISTER, "2022")
        earlier = self.earlier(counts)
        earlier = earlier[(earlier["enhet"] != "9001") | (earlier["periode"] != "2022-03")]
        now = rows(counts, {("9001", "2022-02"): True})
        assert refuse_disclosed(now, estimates, counts, 4, earlier) == 0


class TestChoosing:
    """What an edition hides is chosen with all that was told before in view."""

    def told(self, counts: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
        estimates = estimates_of(counts, register_of(dict.fromkeys(FOUR[:3], NORTH)), "2022")
        return decide(estimates, load_settings(), "nav", earlier=EarlierReleases(ledger, counts)).tall

    def counts(self) -> pd.DataFrame:
        """9001 has 2 from January to April 2022; else every office has 20 a month."""
        few = {("9001", f"2022-0{month}"): 2.0 if month == 1 else 0.0 for month in range(1, 5)}
        pairs = [(office, month) for office in FOUR[:3] for month in month_range("2021-01", "2022-12")]
        return counts_frame(("formidlinger", "alle", *pair, few.get(pair, 20.0), None) for pair in pairs)

    def hidden(self, tall: pd.DataFrame, periode: str) -> set[str]:
        return set(tall.loc[(tall["periode"] == periode) & (tall["status"] == "skjult"), "enhet"])

    def attack(self, counts: pd.DataFrame, tall: pd.DataFrame, ledger: pd.DataFrame) -> int:
        estimates = estimates_of(counts, register_of(dict.fromkeys(FOUR[:3], NORTH)), "2022")
        return refuse_disclosed(tall, estimates, counts, 4, ledger)

    def test_another_row_goes_with_a_secret_where_the_first_was_told(self):
        counts = self.counts()
        alone = self.hidden(self.told(counts, no_releases()), "2022-T1")
        (beside,) = alone - {"9001"}
        ledger = ledger_of(rows(counts, {(beside, "2022-T1"): True}))
        tall = self.told(counts, ledger)
        assert self.hidden(tall, "2022-T1") == set(FOUR[:3]) - {beside}
        assert self.attack(counts, tall, ledger) > 0

    def test_what_rolling_sums_would_give_away_is_not_told(self):
        """The year to April 2022 was told, and the first tertial of 2021. With 2021, as the edition would
        tell it, they leave the first tertial of 2022.
        """
        counts = self.counts()
        ledger = ledger_of(rows(counts, {("9001", "2021-05..2022-04"): True, ("9001", "2021-T1"): True}))
        without = self.told(counts, no_releases())
        assert "9001" not in self.hidden(without, "2021")
        with pytest.raises(DisclosureRefused, match=r"9001/2022-T1 \(by release 1"):
            self.attack(counts, without, ledger)
        tall = self.told(counts, ledger)
        assert "9001" in self.hidden(tall, "2021")
        assert self.attack(counts, tall, ledger) > 0

    def test_a_number_too_small_to_be_told_is_not_told_again(self):
        counts = self.counts()
        ledger = ledger_of(rows(counts, {("9001", "2022-T1"): True}))
        tall = self.told(counts, ledger)
        assert "9001" in self.hidden(tall, "2022-T1")
        with pytest.raises(DisclosureRefused, match=r"9001/2022-T1 \(by release 1"):
            self.attack(counts, tall, ledger)

    @pytest.mark.parametrize("period", ["2021", "2022-T3", "2021-07..2022-06"])
    def test_a_series_of_editions(self, tmp_path, period):
        """Whatever months the second shares with the first, nothing is given away."""
        counts = small_counts(indicators=FEW)
        add_release(tmp_path / FILE, Edition(write_small_edition(tmp_path / "utgaver", counts=counts).folder))
        ledger = read_ledger(tmp_path / FILE)
        estimates = estimates_of(counts, small_register(), period)
        tall = decide(estimates, load_settings(), "nav", earlier=EarlierReleases(ledger, counts)).tall
        hidden = int((tall["status"] == "skjult").sum())
        assert refuse_disclosed(tall, estimates, counts, 4, ledger) == hidden > 0


class TestCorrections:
    """A corrected extract: the new number less the published one is a count like any other."""

    def changes(self, more: float) -> dict[tuple[str, str], float]:
        """By (enhet, periode) the change of each shown row that was published before, where it has one.

        Afterwards 9001 has so many more in June.
        """
        choosing = TestChoosing()
        counts = choosing.counts()
        before = choosing.told(counts, no_releases())
        ledger = ledger_of(before, members={NORTH: " ".join(FOUR[:3]), "0000": ""})
        corrected = counts.copy()
        corrected.loc[(counts["enhetsnr"] == "9001") & (counts["maned"] == "2022-06"), "x"] += more
        after = choosing.told(corrected, ledger)
        keys = ["indikator", "gruppe", "enhet", "periode"]
        both = before.merge(after, on=keys, suffixes=("", "_ny"))
        both = both[both["status"].eq("vist") & both["status_ny"].eq("vist")]
        change = (both["x_ny"] - both["x"]).set_axis(pd.MultiIndex.from_frame(both[["enhet", "periode"]]))
        found: dict[tuple[str, str], float] = change[change != 0].to_dict()
        return found

    @pytest.mark.parametrize("more", [1.0, -1.0, 3.0])
    def test_a_correction_of_a_few_is_not_told(self, more):
        assert self.changes(more) == {}

    def test_a_correction_of_eight_is_told(self):
        found = self.changes(8.0)
        assert set(found.values()) == {8.0}
        assert ("9001", "2022") in found


def test_paths_are_relative_to_where_one_stands(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_ledger(tmp_path / "finnes-ikke.parquet")
