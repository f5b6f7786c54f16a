"""From an extract with persons to a published book, by command: what is made, and what is not told."""

import getpass
import re
import shutil
import socket
import stat
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from navbook.cli import main
from navbook.extract.demo import make_demo
from telling import WAYS, Secret
from whole_way import done, manifest_of, prints, refused, texts

pytestmark = pytest.mark.slow

OFFICES = 6
OPTIONAL = (
    "lonn", "sykmelding", "kandidatutfall", "fravaer_ansatte", "nyansettelse", "serviceklage", "kvp",
    "aktivitetskrav",
)  # fmt: skip


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with six offices: the smallest that holds every planted truth."""
    folder = tmp_path_factory.mktemp("kilde") / "uttrekk"
    make_demo(folder, offices=OFFICES, people=2500)
    return folder


@pytest.fixture(scope="module")
def project(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the book of 2022 has been built."""
    folder = tmp_path_factory.mktemp("prosjekt")
    done("build", extract, "--period", "2022", "--workers", 2, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return project / "_build" / "html"


@pytest.fixture(scope="module")
def counted(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `navbook count` says of the same extract."""
    out = tmp_path_factory.mktemp("telling") / "tellinger.parquet"
    done("count", extract, "--out", out, cwd=out.parent)
    return out


def frame(path: Path) -> pd.DataFrame:
    return pq.read_table(path).to_pandas()


def copied(extract: Path, to: Path) -> Path:
    return shutil.copytree(extract, to, ignore=shutil.ignore_patterns("fasit"))


# ---- the private side


def test_the_notebooks_of_a_build_count_what_the_command_counts(project: Path, counted: Path) -> None:
    built = frame(project / "privat" / "tellinger" / "2022.parquet")
    pd.testing.assert_frame_equal(built, frame(counted))


def test_month_and_office_leave_rows_out_and_change_no_other(extract: Path, counted: Path) -> None:
    out = counted.parent / "noen.parquet"
    done(
        "count",
        extract,
        "--out",
        out,
        "--tom",
        "2021-06",
        "--office",
        "9002",
        "--office",
        "9005",
        cwd=out.parent,
    )
    every = frame(counted)
    kept = every[(every.maned <= "2021-06") & every.enhetsnr.isin(["9002", "9005"])]
    pd.testing.assert_frame_equal(frame(out), kept.reset_index(drop=True))


def test_what_is_private_is_for_its_owner_only(project: Path) -> None:
    assert stat.S_IMODE((project / "privat").stat().st_mode) == 0o700
    assert sorted(path.name for path in project.iterdir()) == ["_build", "privat", "utgaver"]
    assert list((project / "privat" / "beregning").glob("*.ipynb"))


# ---- the public side (`make reproduce` builds it twice and compares every byte)


def test_nothing_tells_of_the_machine_the_user_or_the_time_of_day(
    extract: Path, project: Path, site: Path
) -> None:
    # the date of the extract stands as midnight in workbooks, documents and JSON-stat
    clock = re.compile(r"\b\d{4}-\d\d-\d\d[T ](?!00:00:00Z)\d\d:\d\d")
    host = re.compile(rf"\b{re.escape(socket.gethostname())}\b")
    traces = [str(extract), str(project), str(Path.home()) + "/", "/tmp/"]
    for folder in (site, project / "utgaver"):
        for place, text in texts(folder):
            if place.startswith("_static/"):
                continue
            assert [trace for trace in traces if trace in text] == [], place
            assert not clock.search(text), place
            assert not host.search(text), place
    manifest = manifest_of(project / "utgaver" / "2022")
    assert getpass.getuser() not in str(manifest).split()


def test_no_person_and_no_count_table_is_in_the_site(project: Path, site: Path, extract: Path) -> None:
    persons = frame(extract / "person.parquet").person_id.astype(str)
    some = set(persons.iloc[:: max(1, len(persons) // 200)])
    for folder in (site, project / "utgaver"):
        for place, text in texts(folder):
            assert not some & set(re.findall(r"\w+", text)), place
            assert not place.endswith(".ipynb")
    for path in site.rglob("*.parquet"):
        assert "enhetsnr" not in pq.ParquetFile(path).schema_arrow.names


def test_an_audit_of_the_site_finds_nothing(project: Path, site: Path, counted: Path) -> None:
    assert "none of" in done("audit", site, "--counts", counted, cwd=project)


@pytest.fixture(scope="module")
def secrets(project: Path, site: Path) -> tuple[Secret, Secret]:
    """Two hidden rows of an office for the whole year, with counts that stand nowhere in the site's data."""
    withheld = frame(project / "privat" / "revisjon" / "2022.parquet")
    offices = withheld[(withheld.niva == "kontor") & (withheld.periode == "2022")]
    cells = offices.pivot_table("verdi", ["indikator", "gruppe", "enhet", "periode"], "felt").reset_index()
    told = {number for _, text in texts(site / "data") for number in re.findall(r"\d+", text)}
    large = cells[(cells["x"] >= 100) & (cells["n-x"] > 0)].to_dict("records")
    first, second, *_ = (
        Secret(row["indikator"], row["gruppe"], row["enhet"], row["periode"], row["x"], row["x"] + row["n-x"])
        for row in large
        if str(int(row["x"])) not in told
    )
    assert first.x != second.x
    return first, second


def test_an_audit_names_file_and_place_of_every_way_of_telling_a_withheld_value(
    secrets: tuple[Secret, Secret],
    site: Path,
    counted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules["navbook.disclosure.audit.audit_site"], "FINDINGS_REPORTED", 1_000)
    tampered = shutil.copytree(site, tmp_path / "bok")
    expected = {
        way(tampered, secret): secret for secret, ways in zip(secrets, WAYS, strict=True) for way in ways
    }
    assert len(expected) == sum(map(len, WAYS))
    result = CliRunner().invoke(main, ["audit", str(tampered), "--counts", str(counted)])
    assert result.exit_code == 5, result.output
    for file, secret in expected.items():
        assert re.search(rf"^ *{re.escape(f'{file}: {secret.what}')} \S+ at \S+", result.output, re.M), file
    for secret in secrets:
        # the names of files that tell are told: the reader must find them
        rest = result.output.replace(f"antall-{secret.count}.txt", "")
        assert not re.search(rf"\b{secret.count}\b", re.sub(r"(byte|line) \d+", "", rest))


def test_an_audit_holds_what_was_released_before_against_the_site(
    secrets: tuple[Secret, Secret], site: Path, counted: Path, tmp_path: Path
) -> None:
    """A rolling year and two months beside it, released earlier, give a hidden calendar year."""
    secret, _ = secrets
    counts = frame(counted).query(f"indikator == '{secret.indikator}' and gruppe == '{secret.gruppe}'")
    own = counts[counts.enhetsnr == secret.enhet].set_index("maned")
    periods = {"2021-12..2022-11": own.loc["2021-12":"2022-11"]}
    periods |= {month: own.loc[month:month] for month in ("2021-12", "2022-12")}
    cell = {"indikator": secret.indikator, "gruppe": secret.gruppe, "niva": "kontor", "enhet": secret.enhet}
    rows = [
        {"utgivelse": 1, "utgave": "2021-12..2022-11", "uttrekksdato": "2023-07-15", **cell, "fylke": "9901"}
        | {"medlemmer": secret.enhet, "periode": period, "x": months.x.sum(), "n": months.n.sum()}
        for period, months in periods.items()
    ]
    ledger = tmp_path / "utgitt.parquet"
    pq.write_table(pa.Table.from_pylist(rows), ledger)
    message = refused(5, "audit", site, "--counts", counted, "--ledger", ledger, cwd=tmp_path)
    assert secret.what in message
    assert "2021-12..2022-11" in message


# ---- other extracts


# a country of so few people takes minutes to protect: the letter's own series are enough
OF_THE_LETTER = ("ota_arbs", "ota_nedsatt", "ota_u30", "u30_aktivitet", "langtid_aktivitet", "portefolje")


@pytest.fixture(scope="module")
def odd(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of counts from an extract without optional tables, where 9002 closes in the year, 9090 serves
    nobody and 9005 is alone in its county.
    """
    folder = tmp_path_factory.mktemp("uvanlig")
    strange = copied(extract, folder / "personer")
    for name in OPTIONAL:
        (strange / f"{name}.parquet").unlink()
    kontor = frame(strange / "kontor.parquet")
    kontor.loc[kontor.enhetsnr == "9002", "gyldig_tom"] = pd.Timestamp("2022-06-30").date()
    kontor.loc[kontor.enhetsnr == "9005", ["fylke_enhetsnr", "fylke_navn"]] = ["9909", "Alenefylket"]
    nobody = kontor[kontor.enhetsnr == "9003"].assign(enhetsnr="9090", navn="NAV Tomrom")
    schema = pq.read_schema(strange / "kontor.parquet")
    table = pa.Table.from_pandas(pd.concat([kontor, nobody]), schema=schema, preserve_index=False)
    pq.write_table(table, strange / "kontor.parquet")
    done("count", strange, "--out", folder / "alle.parquet", cwd=folder)
    counts = folder / "uttrekk"
    counts.mkdir()
    for name in ("uttrekk.yml", "kontor.parquet"):
        shutil.copy(strange / name, counts)
    of_the_letter = frame(folder / "alle.parquet").query("indikator in @OF_THE_LETTER")
    of_the_letter.drop(columns="forelopig").to_parquet(counts / "tellinger.parquet", index=False)
    drawn = [part for number in ("9002", "9005", "9090") for part in ("--office", number)]
    done("build", counts, "--period", "2022", "--workers", 2, *drawn, cwd=folder)
    return folder


def tall(folder: Path, period: str = "2022") -> pd.DataFrame:
    return frame(folder / "utgaver" / period / "tall.parquet")


def test_an_office_that_closed_in_the_year_keeps_its_page_and_its_rows(odd: Path) -> None:
    assert (odd / "_build" / "html" / "kontor" / "9002.html").is_file()
    rows = tall(odd).query("enhet == '9002' and periode == '2022' and indikator == 'ota_arbs'")
    assert len(rows) == 2


def test_an_office_with_nobody_is_hidden_not_shown_as_nought(odd: Path) -> None:
    rows = tall(odd).query(
        "enhet == '9090' and periode == '2022' and indikator in ('ota_arbs', 'u30_aktivitet')"
    )
    assert set(rows.status) == {"skjult"}
    assert "NAV Tomrom" in (odd / "_build" / "html" / "kontor" / "9090.html").read_text(encoding="utf-8")


def test_a_county_with_one_office_tells_no_more_than_the_office(odd: Path) -> None:
    both = tall(odd).query("enhet in ('9005', '9909')").set_index(["indikator", "gruppe", "periode", "enhet"])
    status = both.status.unstack("enhet")
    hidden_office = status[status["9005"] == "skjult"]
    assert len(hidden_office) > 0
    assert set(hidden_office["9909"]) <= {"skjult"}


def test_what_needs_a_missing_table_is_said_to_be_missing_never_nought(odd: Path) -> None:
    rows = tall(odd).query("indikator in ('tiltak_ota', 'gradert_12u', 'formidlinger', 'inkludering')")
    assert set(rows.status) == {"ikke_i_uttrekket"}
    assert rows[["x", "n", "verdi"]].isna().all(axis=None)


def test_every_office_is_in_the_edition_though_few_are_drawn(odd: Path) -> None:
    assert {path.stem for path in (odd / "_build" / "html" / "kontor").glob("*.html")} == {
        "9002",
        "9005",
        "9090",
    }
    offices = set(frame(odd / "uttrekk" / "kontor.parquet").enhetsnr)
    closed_before = {"9001"}
    assert offices - closed_before <= set(tall(odd).enhet)


# ---- extracts that are refused


BROKEN = {
    "a column that is missing": (
        "oppfolging",
        lambda rows: rows.drop(columns="innsatsgruppe"),
        "innsatsgruppe",
    ),
    "a code nobody knows": (
        "oppfolging",
        lambda rows: rows.assign(formidlingsgruppe=["XYZ", *rows.formidlingsgruppe[1:]]),
        "XYZ",
    ),
    "a first day after the last": (
        "ytelse",
        lambda rows: rows.assign(
            fom=[pd.Timestamp("2021-05-02").date(), *rows.fom[1:]],
            tom=[pd.Timestamp("2021-05-01").date(), *rows.tom[1:]],
        ),
        "tom",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_extract_is_refused_in_one_message_and_nothing_is_written_over(
    fault: str, extract: Path, project: Path, site: Path, tmp_path: Path
) -> None:
    table, breaking, named = BROKEN[fault]
    broken = copied(extract, tmp_path / "uttrekk")
    path = broken / f"{table}.parquet"
    pq.write_table(pa.Table.from_pandas(breaking(frame(path)), preserve_index=False), path)
    before = prints(site, project / "utgaver")
    message = refused(3, "build", broken, "--period", "2022", cwd=project)
    assert table in message
    assert named in message
    assert prints(site, project / "utgaver") == before
    assert message.count("navbook:") == 1
    assert refused(3, "count", broken, "--out", tmp_path / "ut.parquet", cwd=tmp_path).count(named) >= 1
    assert not (tmp_path / "ut.parquet").exists()


def test_a_period_the_extract_knows_nothing_of_is_refused(extract: Path, project: Path, site: Path) -> None:
    before = prints(site, project / "utgaver")
    message = refused(3, "build", extract, "--period", "2031", cwd=project)
    assert "2031" in message
    assert "2023-12-31" in message
    assert prints(site, project / "utgaver") == before
