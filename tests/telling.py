"""Ways in which a site could tell a withheld value, one file each, as a mistake might leave it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.statistics import wilson

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Secret(NamedTuple):
    """A withheld cell with its true values."""

    indikator: str
    gruppe: str
    enhet: str
    periode: str
    x: float
    n: float

    @property
    def key(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("indikator", "gruppe", "enhet", "periode")}

    @property
    def what(self) -> str:
        """How the audit names it."""
        return "/".join(self.key.values())

    @property
    def data(self) -> str:
        return " ".join(f'data-{name}="{value}"' for name, value in self.key.items())

    @property
    def count(self) -> int:
        return int(self.x)

    @property
    def per_cent(self) -> str:
        return f"{100 * self.x / self.n:.2f}".replace(".", ",") + " %"


def sentence(site: Path, secret: Secret) -> str:
    return _on_page(site, "om.html", f"<p>Antallet var {secret.count}.</p>")


def marked_element(site: Path, secret: Secret) -> str:
    return _on_page(site, "index.html", f"<b {secret.data}>{secret.count}</b>")


def alt_text(site: Path, secret: Secret) -> str:
    return _on_page(
        site, "personvern.html", f'<img {secret.data} src="a.svg" alt="Andelen var {secret.per_cent}">'
    )


def table_with_heads(site: Path, secret: Secret) -> str:
    series = f'data-indikator="{secret.indikator}" data-gruppe="{secret.gruppe}"'
    head = "<tr><th>Kontor</th><th>Antall</th></tr>"
    row = f"<tr><th>{secret.enhet}</th><td>{secret.count}</td></tr>"
    period = f'data-periode="{secret.periode}"'
    return _on_page(site, "landet.html", f"<table {series} {period}>{head}{row}</table>")


def path_of_a_drawing(site: Path, secret: Secret) -> str:
    """A chart of one value: 0 per cent at 100, 100 per cent at 0."""
    height = 100 - 100 * secret.x / secret.n
    scale = '<text x="5" y="100">0 %</text><text x="5" y="0">100 %</text>'
    line = f'<path d="M 10 90.0 L 20 {height:.3f} L 30 10.0"/>'
    return _on_page(
        site, f"indikator/{secret.indikator}.html", f"<figure {secret.data}><svg>{scale}{line}</svg></figure>"
    )


def data_of_a_page(site: Path, secret: Secret) -> str:
    rows = json.dumps([{**secret.key, "x": secret.count}])
    page = next(iter(sorted((site / "kontor").glob("*.html")))).relative_to(site).as_posix()
    return _on_page(site, page, f'<script type="application/json">{rows}</script>')


def data_of_a_chart(site: Path, secret: Secret) -> str:
    columns = {name: [value] for name, value in secret.key.items()} | {"x": [secret.count]}
    (site / "data" / "figur.json").write_text(json.dumps(columns), encoding="utf-8")
    return "data/figur.json"


def entry_of_the_search(site: Path, secret: Secret) -> str:
    index = site / "searchindex.js"
    text = index.read_text(encoding="utf-8")
    entry = f'"alltitles": {{"{secret.count} personer": [[0, "a"]], '
    changed = text.replace('"alltitles": {', entry, 1)
    assert changed != text
    index.write_text(changed, encoding="utf-8")
    return "searchindex.js"


def name_of_a_file(site: Path, secret: Secret) -> str:
    name = f"data/antall-{secret.count}.txt"
    (site / name).write_text("", encoding="utf-8")
    return name


def cell_of_a_workbook(site: Path, secret: Secret) -> str:
    rows = [[*secret.key, "x"], [*secret.key.values(), str(secret.count)]]
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    with zipfile.ZipFile(site / "data" / "tall.xlsx", "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return "data/tall.xlsx"


def metadata_of_a_table(site: Path, secret: Secret) -> str:
    table = pa.table({"a": [1]}).replace_schema_metadata({"sum": str(secret.count)})
    pq.write_table(table, site / "data" / "metadata.parquet")
    return "data/metadata.parquet"


def statistic_of_a_table(site: Path, secret: Secret) -> str:
    """As a program leaves it that empties a cell after it has noted the greatest value of its column."""
    file = site / "data" / "statistikk.parquet"
    keys = {name: pa.array([value, value]) for name, value in secret.key.items()}
    honest, told = 4.0, secret.x
    pq.write_table(pa.table(keys | {"x": pa.array([honest, None])}), file)
    content = file.read_bytes()
    before, after = (pa.array([each]).buffers()[1].to_pybytes()[:8] for each in (honest, told))
    ends = content.index(before) + len(before)
    file.write_bytes(content[:ends] + content[ends:].replace(before, after))
    assert pq.read_table(file)["x"].to_pylist() == [honest, None]
    return "data/statistikk.parquet"


def one_more_cell(site: Path, secret: Secret) -> str:
    return _in_row(site / "data" / "tall.csv", site, secret, x=secret.x, n=secret.n)


def share_without_its_interval(site: Path, secret: Secret) -> str:
    file = site / "data" / "indikator" / f"{secret.indikator}.csv"
    return _in_row(file, site, secret, verdi=round(secret.x / secret.n, 6))


def interval_without_its_share(site: Path, secret: Secret) -> str:
    _, lower, upper = wilson(secret.x, secret.n)
    file = next((site / "data").glob(f"*/{secret.enhet}.csv"), site / "data" / "landet.csv")
    return _in_row(file, site, secret, nedre=round(lower, 6), ovre=round(upper, 6))


# the last three for a cell of their own: what `tall` tells is not looked for elsewhere
WAYS: tuple[tuple[Callable[[Path, Secret], str], ...], ...] = (
    (
        sentence, marked_element, alt_text, table_with_heads, path_of_a_drawing, data_of_a_page,
        data_of_a_chart, entry_of_the_search, name_of_a_file, cell_of_a_workbook, metadata_of_a_table,
        statistic_of_a_table,
    ),
    (one_more_cell, share_without_its_interval, interval_without_its_share),
)  # fmt: skip


def _on_page(site: Path, page: str, written: str) -> str:
    path = site / page
    text = path.read_text(encoding="utf-8")
    assert "</article>" in text
    path.write_text(text.replace("</article>", f"{written}</article>", 1), encoding="utf-8")
    return page


def _in_row(path: Path, site: Path, secret: Secret, **values: float) -> str:
    """Fill in fields of the hidden row in a CSV file of the site."""
    table = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    row = (table[list(secret.key)] == pd.Series(secret.key)).all(axis=1)
    assert row.sum() == 1
    for name, value in values.items():
        table.loc[row, name] = f"{value:g}" if value >= 1 else f"{value:.6f}".replace(".", ",")
    table.to_csv(path, sep=";", index=False, encoding="utf-8-sig")
    return path.relative_to(site).as_posix()
