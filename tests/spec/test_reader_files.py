"""The files for readers: CSV with names, workbooks, JSON-stat 2, CSVW metadata and the guide of columns."""

import io
import json
import warnings
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from csvw import CSVW
from jsonstat_validator import validate_jsonstat

from editions import write_small_edition
from navbook.disclosure import audit_site
from navbook.edition import Edition
from navbook.edition.files import READER_FILES, file_guide, named_results, write_page_files
from navbook.edition.files.json_stat import json_stat
from navbook.edition.files.results import NAMED_COLUMNS
from navbook.edition.files.workbook import workbook
from navbook.edition.schema import COLUMNS, FILES, FURTHER, MANIFEST
from navbook.edition.write import rows_as_csv
from navbook.runtime import file_digest

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY = datetime(2023, 8, 1)
KEY = {"indikator": "ota_arbs", "gruppe": "alle", "niva": "kontor", "enhet": "9003", "periode": "2022"}
SECRET = pd.DataFrame([{**KEY, "felt": "x", "verdi": 28.0}])


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return Edition(write_small_edition(tmp_path_factory.mktemp("hus") / "utgaver").folder)


def results(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows of results with these values; everything else is missing."""
    empty: dict[str, object] = dict.fromkeys(NAMED_COLUMNS)
    frame = pd.DataFrame([empty | row for row in rows], columns=list(NAMED_COLUMNS))
    numbers = [name for name in NAMED_COLUMNS if name in ("x", "n", "verdi", "nedre", "ovre", "endring")]
    return frame.astype(dict.fromkeys(numbers, "float64"))


SHOWN = {
    **KEY,
    **{"x": 31.0, "n": 62.0, "verdi": 0.5, "nedre": 0.378, "ovre": 0.622, "status": "vist"},
    **{"enhetsnavn": "NAV Storvik", "indikatornavn": "Arbeidssøkere til arbeid", "gruppenavn": "Alle"},
}
HIDDEN = {**SHOWN, **dict.fromkeys(("x", "n", "verdi", "nedre", "ovre")), "enhet": "9004", "status": "skjult"}


def cells(book: bytes, sheet: str = "Resultater") -> dict[str, tuple[str, str]]:
    """Place → (type, content) of each cell of a sheet; the type of a number is empty."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        names = ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        number = [each.get("name") for each in names].index(sheet) + 1
        texts = ["".join(t.itertext()) for t in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))]
        tree = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
    found = {}
    for cell in tree.iter(f"{SHEET}c"):
        kind, value = cell.get("t", ""), "".join(cell.itertext())
        found[str(cell.get("r"))] = (kind, texts[int(value)] if kind == "s" else value)
    return found


class TestResults:
    def test_they_are_the_rows_of_the_year_with_the_names_of_the_codes(self, edition):
        rows = named_results(edition)
        assert set(rows["periode"]) == {"2022"}
        assert len(rows) == (edition.tall["periode"] == "2022").sum()
        one = rows.query("indikator == 'ota_arbs' and gruppe == 'alle' and enhet == '9001'").iloc[0]
        assert (one["enhetsnavn"], one["fylkesnavn"]) == ("NAV Storvik", "NAV Nordfylket")
        assert (one["indikatornavn"], one["gruppenavn"]) == ("Arbeidssøkere til arbeid", "Alle")

    def test_the_csv_has_the_columns_of_tall_first_and_norwegian_decimals(self, edition):
        head, first = (edition.folder / "resultater.csv").read_bytes().decode("utf-8-sig").split("\r\n")[:2]
        assert head.split(";")[: len(COLUMNS)] == list(COLUMNS)
        assert "," in first
        assert ".0" not in first

    def test_a_name_that_a_spreadsheet_would_run_is_text(self):
        text = rows_as_csv(results({**SHOWN, "enhetsnavn": "=1+1"}), NAMED_COLUMNS).decode("utf-8-sig")
        assert ";'=1+1;" in text

    def test_a_page_has_its_own_rows_as_csv_and_workbook(self, edition, tmp_path):
        units = [("9001", "kontor", "NAV Storvik"), ("9700", "fylke", "NAV Nordfylket")]
        write_page_files(edition, tmp_path, units)
        read = {"sep": ";", "dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
        office, county, series = (
            pd.read_csv(tmp_path / place, **read)
            for place in ("kontor/9001.csv", "fylke/9700.csv", "indikator/ota_arbs.csv")
        )
        assert set(office["enhet"]) == {"9001"}
        assert {"9700", "9001", "9002", "9003", "0000"} <= set(county["enhet"])
        assert not {"9800", "9004"} & set(county["enhet"])
        assert set(series["indikator"]) == {"ota_arbs"}
        assert {p.stem for p in tmp_path.rglob("*.csv")} == {p.stem for p in tmp_path.rglob("*.xlsx")}

    def test_a_workbook_of_the_same_rows_is_made_once(self, edition, tmp_path):
        units, made = [("9001", "kontor", "NAV Storvik")], dict[str, bytes]()
        kept = list[str]()

        def keep(key: str, make: Callable[[], bytes]) -> bytes:
            kept.append(key)
            return made[key] if key in made else made.setdefault(key, make())

        for folder in (tmp_path / "a", tmp_path / "b"):
            write_page_files(edition, folder, units, keep)
        assert len(kept) == 2 * len(made)
        workbooks = sorted((tmp_path / "a").rglob("*.xlsx"))
        assert len(workbooks) == len(made)
        for path in workbooks:
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
        renamed = [("9001", "kontor", "NAV Et annet navn")]
        write_page_files(edition, tmp_path / "c", renamed, keep)
        assert len(set(kept)) == len(workbooks) + 1


class TestWorkbook:
    def test_numbers_are_numbers_and_suppressed_rows_are_counted_on_the_cover(self):
        book = workbook(results(SHOWN, HIDDEN), "NAV Storvik, 2022", ["Periode: 2022"], DAY)
        found = cells(book)
        heads = {text: place[0] for place, (_, text) in found.items() if place[1:] == "3"}
        assert found["A1"] == ("s", "NAV Storvik, 2022")
        assert [found[f"{heads[t]}4"] for t in ("Teller", "Nevner", "Andel")] == [
            ("", "31"),
            ("", "62"),
            ("", "0.5"),
        ]
        # what is missing has a sign that the notes explain
        assert found[f"{heads['Krav']}4"] == ("s", "[z]")
        assert ("s", "[z]") in cells(book, "Noter").values()
        assert f"{heads['Teller']}5" not in found
        assert cells(book, "Forside")["A3"][1].startswith("Rader uten tall som kan vises, ")
        assert cells(book, "Forside")["A2"] == ("s", "Periode: 2022")

    def test_a_name_is_never_a_formula_or_a_link(self):
        book = workbook(results({**SHOWN, "enhetsnavn": "=HYPERLINK(1)"}), "=1+1", ["=2+2"], DAY)
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            for name in parts.namelist():
                assert b"<f>" not in parts.read(name), name
        assert ("s", "=HYPERLINK(1)") in cells(book).values()

    @pytest.mark.parametrize("name", ["[x](javascript:alert(1))", "[a](b) [c](d)", "NAV $$x$$"])
    def test_a_name_in_the_markup_of_the_library_is_text(self, name):
        book = workbook(results({**SHOWN, "enhetsnavn": name}), name, [name], DAY)
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            sheets = [part for part in parts.namelist() if part.startswith("xl/worksheets/")]
            assert not [part for part in sheets if b"<hyperlink" in parts.read(part)]
        written = {text.replace(" ", "") for _, text in cells(book).values()}
        assert name.replace(" ", "") in written

    def test_its_bytes_are_the_same_and_its_only_date_is_the_extracts(self):
        first, again = (workbook(results(SHOWN), "T", ["x"], DAY) for _ in range(2))
        assert first == again
        with zipfile.ZipFile(io.BytesIO(first)) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert parts.read("docProps/core.xml").count(b"2023-08-01T00:00:00Z") == 2

    def test_nothing_in_it_is_english(self):
        book = workbook(results(SHOWN), "T", ["x"], DAY)
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            texts = parts.read("xl/sharedStrings.xml").decode() + parts.read("xl/workbook.xml").decode()
        assert not [word for word in ("Introductory", "About these", "Contact", "Cover") if word in texts]


class TestJsonStat:
    def test_a_value_stands_at_its_place_in_row_major_order(self):
        edition = {"kilde": "x", "uttrekksdato": "2023-08-01"}
        content = json.loads(json_stat(results(SHOWN, HIDDEN), "T", edition))
        # one indicator, group and period, two units, five measures: the second unit starts at 5
        assert content["size"] == [1, 1, 2, 1, 5]
        assert content["value"] == {"0": 31, "1": 62, "2": 0.5, "3": 0.378, "4": 0.622}
        assert content["status"] == {"5": "skjult"}

    def test_the_edition_passes_the_validator(self, edition):
        assert validate_jsonstat(json.loads((edition.folder / "resultater.json").read_text("utf-8")))

    def test_it_holds_the_counts_of_tall(self, edition):
        content = json.loads((edition.folder / "resultater.json").read_text("utf-8"))
        codes = [content["dimension"][name]["category"]["index"] for name in content["id"]]
        place = 0
        wanted = ("ota_arbs", "alle", "0000", "2022", "n")
        for code, names, length in zip(wanted, codes, content["size"], strict=True):
            place = place * length + names.index(code)
        row = edition.tall.query(
            "indikator == 'ota_arbs' and gruppe == 'alle' and enhet == '0000' and periode == '2022'"
        )
        assert content["value"][str(place)] == row["n"].item()


class TestDescription:
    def test_every_file_and_every_column_is_in_the_guide(self, edition):
        named = [file.name for file in file_guide()]
        assert set(named) == {*FILES, *READER_FILES, MANIFEST}
        for file in file_guide():
            if file.name.endswith(".csv"):
                head = (edition.folder / file.name).read_text("utf-8-sig").splitlines()[0]
                assert [column.name for column in file.columns] == head.split(";"), file.name
        assert set(FURTHER) <= {name.removesuffix(".csv") for name in named}

    def test_no_two_columns_of_the_results_have_one_title(self):
        titles = [c.title for f in file_guide() if f.name == "resultater.csv" for c in f.columns]
        assert len(titles) == len(set(titles))

    def test_the_csvw_metadata_fit_every_table(self, edition):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            described = CSVW(str(edition.folder / "csv-metadata.json"), validate=True)
        assert described.is_valid, [str(warning.message) for warning in described.warnings][:3]
        assert len(described.tables) == len([f for f in file_guide() if f.name.endswith(".csv")])

    def test_the_manifest_has_the_digest_of_every_file(self, edition):
        digests = edition.utgave["filer"]
        assert set(digests) == {*FILES, *READER_FILES}
        assert all(file_digest(edition.folder / name) == digest for name, digest in digests.items())


class TestAudit:
    """What is planted in the cell that a file of ours has for it is found."""

    def test_in_a_workbook_of_ours(self, tmp_path: Path):
        leaked = {**SHOWN, "x": 28.0, "n": 30.0, "verdi": None}
        (tmp_path / "a.xlsx").write_bytes(workbook(results(SHOWN | {"enhet": "9001"}), "T", ["x"], DAY))
        assert audit_site(tmp_path, SECRET) == []
        (tmp_path / "a.xlsx").write_bytes(workbook(results(leaked), "T", ["x"], DAY))
        assert [found.what for found in audit_site(tmp_path, SECRET)] == ["ota_arbs/alle/9003/2022 x"]

    def test_in_json_stat(self, tmp_path: Path):
        edition = {"kilde": "x", "uttrekksdato": "2023-08-01"}
        safe = results(SHOWN | {"enhet": "9001", "x": 28.0})
        (tmp_path / "a.json").write_bytes(json_stat(safe, "T", edition))
        assert audit_site(tmp_path, SECRET) == []
        (tmp_path / "a.json").write_bytes(json_stat(results({**SHOWN, "x": 28.0}), "T", edition))
        assert "ota_arbs/alle/9003/2022 x" in {found.what for found in audit_site(tmp_path, SECRET)}

    def test_in_json_stat_with_a_list_of_values_and_dimensions_of_one_code(self, tmp_path: Path):
        units = {"category": {"index": {"9001": 0, "9003": 1}}}
        one = {name: {"category": {"label": {KEY[name]: ""}}} for name in ("indikator", "gruppe", "periode")}
        fields = {"felt": {"category": {"index": ["x", "n"]}}}
        content = {
            "id": ["indikator", "gruppe", "periode", "enhet", "felt"],
            "size": [1, 1, 1, 2, 2],
            "dimension": {**one, "enhet": units, **fields},
            "value": [11, 40, 28, None],
        }
        (tmp_path / "a.json").write_text(json.dumps(content))
        assert [found.what for found in audit_site(tmp_path, SECRET)] == ["ota_arbs/alle/9003/2022 x"]

    def test_in_the_csv_with_names(self, tmp_path: Path):
        rows = results({**SHOWN, "x": 28.0, "n": None, "verdi": None, "nedre": None, "ovre": None})
        (tmp_path / "resultater.csv").write_bytes(rows_as_csv(rows, NAMED_COLUMNS))
        assert [found.what for found in audit_site(tmp_path, SECRET)] == ["ota_arbs/alle/9003/2022 x"]
