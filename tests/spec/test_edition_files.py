"""The files of an edition: what they hold, what they must not hold, and that they are the same every time."""

import json
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from editions import (
    COMMENTS,
    FEW,
    MANIFEST,
    NORTH,
    OFFICES,
    SOUTH,
    office_row,
    only_letters_of,
    small_counts,
    small_estimates,
    small_register,
    write_small_edition,
)
from navbook.edition import Edition, compare, read_edition
from navbook.edition.files import READER_FILES
from navbook.edition.rounding import half_up
from navbook.edition.schema import COLUMNS, FILES
from navbook.estimate import estimate
from navbook.extract.register import OfficeRegister
from navbook.gate import Source, write_edition
from navbook.indicators import REGISTRY
from navbook.letters import letter_for
from navbook.runtime import file_digest
from navbook.runtime.errors import DisclosureRefused, UsageError
from navbook.runtime.periods import parse_period
from without_protection import only_small_ones_hidden


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return Edition(write_small_edition(tmp_path_factory.mktemp("hus") / "utgaver").folder)


class TestTall:
    def test_it_has_the_columns_of_the_contract_in_order(self, edition):
        assert tuple(edition.tall.columns) == COLUMNS

    def test_the_parquet_file_carries_no_statistics_and_nothing_of_pandas(self, edition):
        file = pq.ParquetFile(edition.folder / "tall.parquet")
        assert b"pandas" not in (file.schema_arrow.metadata or {})
        groups = [file.metadata.row_group(k) for k in range(file.metadata.num_row_groups)]
        assert not any(g.column(k).is_stats_set for g in groups for k in range(g.num_columns))

    def test_the_csv_opens_right_in_a_norwegian_excel(self, edition):
        raw = (edition.folder / "tall.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        head, first = raw.decode("utf-8-sig").split("\r\n")[:2]
        assert head == ";".join(COLUMNS)
        assert first.count(";") == len(COLUMNS) - 1
        assert ".0" not in first

    def test_csv_and_parquet_hold_the_same(self, edition):
        csv = pd.read_csv(
            edition.folder / "tall.csv", sep=";", decimal=",", dtype={"enhet": str, "periode": str}
        )
        for column in ("x", "verdi", "endring_nedre"):
            assert csv[column].equals(edition.tall[column])
        assert csv["enhet"].tolist() == edition.tall["enhet"].tolist()

    @pytest.mark.parametrize(
        ("value", "rounded"),
        [(1 / 128, 0.007813), (0.0000005, 0.000001), (-1 / 128, -0.007813), (2 / 3, 0.666667), (12.0, 12.0)],
    )
    def test_numbers_are_rounded_half_up_to_six_decimals(self, value, rounded):
        assert half_up([value])[0] == rounded


class TestBesideIt:
    def test_the_manifest_says_what_the_edition_is(self, edition):
        told = edition.utgave
        assert (told["periode"], told["brev"], told["syntetisk"]) == ("2022", 2022, True)
        assert (told["uttrekksdato"], told["dekker_fom"], told["dekker_tom"]) == (
            "2023-08-01",
            "2019-01-01",
            "2023-07-31",
        )
        shown = {"vist": "2022", "basis": "2021", "niva": None, "brev": 2022, "krav": "gjelder"}
        assert told["perioder"]["ota_arbs"] == shown
        assert told["skjulte_celler"] >= (edition.tall["status"] == "skjult").sum()

    def test_the_manifest_lists_every_file_with_its_hash(self, edition):
        assert set(edition.utgave["filer"]) == {*FILES, *READER_FILES}
        for name, digest in edition.utgave["filer"].items():
            assert file_digest(edition.folder / name) == digest
        assert "data/letters/2022.yml" in edition.utgave["kilder"]

    def test_units(self, edition):
        units = edition.enheter.set_index("enhet")
        assert set(units.index) == {*OFFICES} - {"9783"} | {"9700S", "9700", "9800", "0000"}
        assert units.loc["9700S", ["niva", "navn", "fylke"]].tolist() == [
            "kontor",
            "Enheter utenom NAV-kontor",
            "9700",
        ]

    def test_an_office_that_is_counted_in_its_successor_is_named_with_it(self, tmp_path):
        rows = [
            office_row("9001", NORTH),
            office_row("9002", NORTH, tom="2022-03-31", successor="9001"),
            office_row("9004", SOUTH),
        ]
        counts = small_counts("2021-01", "2022-12", FEW)
        counts = counts[counts["enhetsnr"].isin(["9001", "9002", "9004"])]
        edition = Edition(write_small_edition(tmp_path, counts=counts, register=OfficeRegister(rows)).folder)
        units = edition.enheter.set_index("enhet")
        assert units.loc["9002", ["gyldig_tom", "etterfolger"]].tolist() == ["2022-03-31", "9001"]
        assert "9002" not in set(edition.tall["enhet"])

    def test_the_letters_rows_and_the_definitions_in_force(self, edition):
        first = edition.krav["rader"][0]
        assert (edition.krav["brev"], edition.krav["gjenbrukt"], first["id"]) == (2022, False, "SP01")
        assert first["serier"][0]["indikator"] == "ota_arbs"
        assert {each["id"] for each in edition.definisjoner} == set(REGISTRY)

    def test_comments_of_offices_that_have_a_page(self, edition):
        assert edition.kommentarer == COMMENTS

    def test_goals_outside_the_table_have_the_period_and_its_base_and_months_for_sums_only(self, edition):
        rows = edition.tall[edition.tall["indikator"] == "g05_unge_helseytelser"]
        periods = rows.groupby("niva")["periode"].agg(set)
        assert periods["kontor"] == {"2022", "2021"}
        months = {f"{year}-{month:02d}" for year in range(2019, 2023) for month in range(1, 13)}
        assert months <= periods["fylke"]
        assert periods["fylke"] == periods["landet"] == months | {"2022", "2021"}
        assert set(rows.loc[rows["status"] == "vist", "vurdering"].dropna()) == {"ikke_relevant"}

    def test_a_group_that_is_another_series_once_more_stands_there_only(self, edition):
        rows = edition.tall[edition.tall["indikator"] == "g16_gradert_kurve"]
        assert set(rows["gruppe"]) == {"uke4", "uke8", "uke26"}

    def test_the_goals_that_offices_of_the_edition_have_set_for_its_year(self, edition):
        rows = edition.further("lokale_mal").to_dict("records")
        assert rows == [
            {"enhet": "9001", "ar": "2022", "parameter": "SP12", "mal": 0.055},
            {"enhet": "9004", "ar": "2022", "parameter": "SP01", "mal": 0.4},
        ]

    def test_quality_counts(self, edition):
        assert edition.kvalitet.set_index("enhet")["antall"].to_dict() == {"9700": 25, "9800": 12, "0000": 37}

    def test_a_year_without_a_letter_says_whose_it_uses(self, tmp_path, monkeypatch):
        only_letters_of([2021, 2022], tmp_path / "letters", monkeypatch)
        counts = small_counts("2022-01", "2023-12", FEW)
        told = Edition(write_small_edition(tmp_path / "utgaver", "2023", counts).folder)
        assert (told.utgave["brev"], told.utgave["brev_gjenbrukt"]) == (2022, True)
        assert (told.krav["gjelder_ar"], told.krav["gjenbrukt"]) == (2023, True)


class TestTheSameEveryTime:
    def test_the_order_of_the_counts_does_not_matter(self, edition, tmp_path):
        shuffled = small_counts().sample(frac=1.0, random_state=7)
        again = write_small_edition(tmp_path / "et-annet-sted", counts=shuffled).folder
        for name in (*FILES, "utgave.json"):
            assert (again / name).read_bytes() == (edition.folder / name).read_bytes(), name

    def test_nothing_tells_where_or_by_whom_it_was_made(self, edition):
        for name in (*FILES, "utgave.json"):
            raw = (edition.folder / name).read_bytes()
            assert str(edition.folder.parent.parent).encode() not in raw
            assert str(Path.home()).encode() + b"/" not in raw

    def test_real_extracts_are_signed_with_a_key_that_stays_at_home(self, tmp_path):
        file = tmp_path / "person.parquet"
        file.write_bytes(b"rader")
        real = type(MANIFEST)(**(vars(MANIFEST) | {"syntetisk": False}))
        estimates = small_estimates()
        signed = [
            Edition(
                write_edition(
                    estimates,
                    Source(real, files={"person": file}),
                    REGISTRY,
                    tmp_path / "utgaver",
                    tmp_path / place,
                    decision=only_small_ones_hidden(estimates),
                ).folder
            ).utgave["uttrekk_hmac"]["person"]
            for place in ("privat-a", "privat-a", "privat-b")
        ]
        assert signed[0] == signed[1] != signed[2]
        assert file_digest(file) not in signed
        assert json.loads((tmp_path / "privat-a" / "uttrekk.json").read_text())["person"] == file_digest(file)


class TestPlaceAndName:
    def test_a_refused_edition_leaves_the_older_one_untouched(self, tmp_path, monkeypatch):
        folder = write_small_edition(tmp_path / "utgaver").folder
        before = (folder / "utgave.json").read_bytes()

        def refuse(*_: object) -> None:
            raise DisclosureRefused("The edition was not written.")

        monkeypatch.setattr("editions.decide", refuse)
        with pytest.raises(DisclosureRefused):
            write_small_edition(tmp_path / "utgaver")
        monkeypatch.undo()
        monkeypatch.setattr(sys.modules["navbook.gate.write_edition"], "quality_table", refuse)
        with pytest.raises(DisclosureRefused):
            write_small_edition(tmp_path / "utgaver")
        assert (folder / "utgave.json").read_bytes() == before
        assert [path.name for path in (tmp_path / "utgaver").iterdir()] == ["2022"]

    def test_an_edition_is_read_by_name_from_here_or_above(self, edition, tmp_path, monkeypatch):
        monkeypatch.delenv("NAVBOOK_UTGAVER", raising=False)
        inside = edition.folder.parent.parent / "notebooks"
        inside.mkdir(exist_ok=True)
        monkeypatch.chdir(inside)
        assert read_edition("2022").folder == edition.folder
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("NAVBOOK_UTGAVER", str(edition.folder.parent))
        assert read_edition("2022").navn == "2022"

    @pytest.mark.parametrize("name", ["../2022", "/tmp/2022", "", "2019"])
    def test_a_path_or_an_unknown_name_is_wrong_use(self, name, tmp_path, monkeypatch):
        monkeypatch.setenv("NAVBOOK_UTGAVER", str(tmp_path))
        with pytest.raises(UsageError):
            read_edition(name)


class TestRevisions:
    def test_equal_editions_have_none(self, edition):
        assert compare(edition, edition).empty

    def test_every_changed_number_is_told_before_and_after(self, edition, tmp_path):
        counts = small_counts()
        late = (counts["enhetsnr"] == "9001") & (counts["maned"] == "2022-12") & (counts["gruppe"] == "alle")
        counts.loc[late & (counts["indikator"] == "ota_arbs"), "x"] += 1
        after = Edition(write_small_edition(tmp_path / "utgaver", counts=counts).folder)
        table = compare(edition, after)
        x = table[(table["felt"] == "x") & (table["enhet"] == "9001") & (table["periode"] == "2022")]
        before = int(x["fra"].iloc[0])
        assert x["til"].tolist() == [str(before + 1)]
        assert set(table["enhet"]) == {"9001", "9700", "0000"}
        assert set(table["periode"]) == {"2022", "2022-T3", "2022-12"}


def test_an_extract_without_any_counts_still_gives_an_edition():
    counts = small_counts().iloc[:0]
    asked = parse_period("2022")
    estimates = estimate(counts, small_register(), MANIFEST, letter_for(2022), REGISTRY, asked)
    assert set(estimates.rows["status"]) == {"ikke_i_uttrekket"}
