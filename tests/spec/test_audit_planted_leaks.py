"""Twenty-seven ways in which a withheld value could get out: the audit finds each, and nothing else.

The secret is x = 2 of n = 30 at office 9003, or x = 12 of n = 47119 where a leak needs more digits.
"""

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from editions import make_small_edition
from navbook.disclosure import audit_site
from navbook.edition.write import write_tall

KEY = {"indikator": "ota_arbs", "gruppe": "alle", "niva": "kontor", "enhet": "9003", "periode": "2022"}
DATA = " ".join(f'data-{name}="{value}"' for name, value in KEY.items())
SMALL = {"x": 2.0, "n": 30.0, "n-x": 28.0, "verdi": 2 / 30}
LARGE = {"x": 12.0, "n": 47119.0, "n-x": 47107.0, "verdi": 12 / 47119}
PAGE = "kontor/9003.html"
KEPT = ("tall.csv", "tall.parquet", "enheter.csv", "utgave.json", "definisjoner.json", "krav.json")


def withheld(values: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame([{**KEY, "felt": field, "verdi": value} for field, value in values.items()])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an edition and a few pages, in which the row of the key is empty."""
    site = tmp_path_factory.mktemp("planted") / "site"
    shutil.copytree(make_small_edition(site.parent / "utgaver", "2022"), site / "data")
    for path in site.glob("data/*"):
        if path.name not in KEPT:
            path.unlink()
    keep_little(site / "data")
    for name in (PAGE, "index.html", "indikator/ota_arbs.html"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(page(f"<table><tr {DATA}><td>skjult</td></tr></table>"), encoding="utf-8")
    return site


def keep_little(data: Path) -> None:
    """Keep two indicators of one year, and withhold the row of the key."""
    tall = pq.read_table(data / "tall.parquet").to_pandas()
    tall = tall[tall["indikator"].isin(["ota_arbs", "ota_nedsatt"]) & (tall["periode"] == "2022")].copy()
    own = (tall[list(KEY)] == pd.Series(KEY)).all(axis=1)
    assert own.sum() == 1
    numbers = tall.select_dtypes("number").columns
    tall.loc[own, numbers] = float("nan")
    tall.loc[own, "status"] = "skjult"
    write_tall(tall, data)


@pytest.fixture
def site(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "site"))


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body><main>{body}</main></body></html>"


def on_page(body: str, name: str = PAGE, head: str = "") -> Callable[[Path], object]:
    return lambda site: (site / name).write_text(page(body, head), encoding="utf-8")


def in_row(cell: str) -> Callable[[Path], object]:
    return on_page(f"<table><tr {DATA}>{cell}</tr></table>")


def file(name: str, text: str) -> Callable[[Path], object]:
    def write(site: Path) -> None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")

    return write


def further_column(site: Path) -> None:
    """A column that no table has, with the value in the row of the key."""
    change_rows(site, lambda line, own: f"{line};2" if own else f"{line};", ";antall_i_arbeid")


def further_cell(site: Path) -> None:
    """A cell more than the header has, in the row of the key only."""
    change_rows(site, lambda line, own: f"{line};2" if own else line, "")


def cell_of_row(site: Path) -> None:
    table = pd.read_csv(site / "data" / "tall.csv", sep=";", dtype=str, keep_default_na=False)
    table.columns = [name.removeprefix("\ufeff") for name in table.columns]
    own = (table[list(KEY)] == pd.Series(KEY)).all(axis=1)
    assert own.sum() == 1
    table.loc[own, "x"] = "2"
    table.to_csv(site / "data" / "tall.csv", sep=";", index=False)


def change_rows(site: Path, change: Callable[[str, bool], str], head: str) -> None:
    csv = site / "data" / "tall.csv"
    first, *lines = csv.read_text(encoding="utf-8-sig").splitlines()
    key = ";".join(KEY.values())
    assert any(line.startswith(f"{key};") for line in lines)
    changed = [change(line, line.startswith(f"{key};")) for line in lines]
    csv.write_text("\n".join([first + head, *changed]) + "\n", encoding="utf-8-sig")


def parquet_metadata(site: Path) -> None:
    path = site / "data" / "tall.parquet"
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"note": "47119"}), path)


def parquet_column(site: Path) -> None:
    path = site / "data" / "tall.parquet"
    table = pq.read_table(path)
    pq.write_table(table.append_column("antall", [["2"] * table.num_rows]), path)


def manifest_key(site: Path) -> None:
    path = site / "data" / "utgave.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["notat"] = {"lite": 2}
    path.write_text(json.dumps(content), encoding="utf-8")


def nested_json(site: Path) -> None:
    nested = {"9003": {"ota_arbs": {"alle": {"2022": 2}}}}
    (site / "_static").mkdir()
    (site / "_static" / "kart.json").write_text(json.dumps(nested), encoding="utf-8")


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SENTENCE = "ota_arbs alle: 2 personer"
CHART = (
    f'<svg {DATA} viewBox="0 0 100 100"><path d="M 0 0 L 0 5"/>'
    '<text x="0" y="100">0</text><text x="0" y="50">15</text><text x="0" y="0">30</text>'
    '<circle cx="50" cy="93.3333"/></svg>'
)

LEAKS: dict[str, tuple[dict[str, float], Callable[[Path], object]]] = {
    "cell of a row": (SMALL, cell_of_row),
    "further column": (SMALL, further_column),
    "further cell": (SMALL, further_cell),
    "column of Parquet": (SMALL, parquet_column),
    "metadata of Parquet": (LARGE, parquet_metadata),
    "key in utgave.json": (SMALL, manifest_key),
    "nested JSON": (SMALL, nested_json),
    "cell on a page": (SMALL, in_row("<td>2</td>")),
    "share on a page": (SMALL, in_row("<td>6,7 %</td>")),
    "interval on a page": (SMALL, in_row('<td data-felt="nedre ovre">1,8–21,3</td>')),
    "title": (SMALL, in_row('<td title="2">skjult</td>')),
    "sentence": (SMALL, on_page(f"<p>{SENTENCE}</p>")),
    "sentence over elements": (SMALL, on_page("<p>ota_arbs <b>alle</b>: <b>2</b> personer</p>")),
    "sentence of a series": (SMALL, on_page(f"<p {DATA}>Bare 2 personer kom i arbeid.</p>")),
    "aria-label": (SMALL, on_page(f'<span aria-label="{SENTENCE}"></span>')),
    "HTML comment": (SMALL, in_row("<td>skjult<!-- 2 --></td>")),
    "HTML entity": (SMALL, on_page("<p>ota_arbs alle&#58; &#50; personer</p>")),
    "base64": (SMALL, in_row(f'<td data-v="{b64("2")}">skjult</td>')),
    "base64 of a sentence": (SMALL, on_page(f'<p data-v="{b64(SENTENCE)}">skjult</p>')),
    "name of a file": (LARGE, file("data/kontor/9003-ota_arbs-alle-12.csv", "")),
    "number word": (SMALL, on_page("<p>ota_arbs alle: to personer</p>")),
    "hexadecimal": (SMALL, in_row('<td data-v="0x2">skjult</td>')),
    "hexadecimal anywhere": (LARGE, on_page("<p>0xb80f</p>", "index.html")),
    "width": (SMALL, in_row('<td><i style="width:6.7%"></i></td>')),
    "whole width": (SMALL, in_row('<td><i style="width:2px"></i></td>')),
    "point of a chart": (SMALL, on_page(CHART)),
    "script": (SMALL, on_page("", head=f"<script>{json.dumps(KEY | {'x': 2})}</script>")),
}  # fmt: skip
# with their values in data that no list of files holds
FURTHER = {
    "percent encoding": (SMALL, on_page('<p title="ota_arbs%20alle%3A%202%20personer">skjult</p>')),
    "number word with tens": (LARGE, on_page("<p>ota_arbs alle: tolv av mange</p>")),
    "escaped text of JSON": (LARGE, file("_static/a.json", '{"a": "4\\u003711\\u0039"}')),
    "entities of a large number": (LARGE, on_page("<p>4&#55;119</p>", "index.html")),
    "hexadecimal text": (LARGE, on_page(f"<p>{b'47119'.hex()}</p>", "index.html")),
    "joined names of JSON": (SMALL, file("_static/b.json", '{"9003/ota_arbs/alle/2022": 2}')),
    "list under names": (SMALL, file("_static/c.json", '{"9003": {"ota_arbs": [2, 30]}}')),
    "unknown file": (SMALL, file("data/tillegg2.csv", "a;b\n1;2\n")),
    "unknown page": (SMALL, file("kontor/9003-02.html", page("skjult"))),
    "indicator by its name": (SMALL, on_page("<p>Arbeidssøkere til arbeid: to personer</p>")),
}


def test_a_sound_site_has_no_finding(sound: Path) -> None:
    for secrets in (SMALL, LARGE):
        assert audit_site(sound, withheld(secrets)) == []


def test_there_are_as_many_leaks_as_were_planted_by_the_attackers() -> None:
    assert len(LEAKS) == 27


@pytest.mark.parametrize("leak", [*LEAKS, *FURTHER])
def test_a_leak_is_found(leak: str, site: Path) -> None:
    secrets, plant = (LEAKS | FURTHER)[leak]
    plant(site)
    assert audit_site(site, withheld(secrets))


@pytest.mark.parametrize(
    "sentence",
    [
        "ota_arbs alle: færre enn 4 personer",
        "Perioden er 2022-T1, og 30 dager er en måned",
        "ota_arbs for 9001: 2 personer",
        "ota_arbs alle i 2021: 2 personer",
        "minst 2 personer og siste 30 brukere",
        "En bruker kan være i to grupper",
        "Skjult ved 2 av 30 kontor",
    ],
)
def test_a_sentence_about_something_else_is_no_finding(sentence: str, site: Path) -> None:
    on_page(f"<section {DATA}><p>{sentence}</p></section>")(site)
    assert audit_site(site, withheld(SMALL)) == []
