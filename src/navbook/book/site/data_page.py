"""The page that describes every published file and every column, and links to each of them."""

from collections.abc import Iterator

from navbook.book.execution.normalise import escaped
from navbook.edition.files import file_guide

PAGE = "data"
_INTRODUCTION = """# Data og filer

Alle tall i boken kan lastes ned. Filene hører til denne utgaven og endres ikke etter at den er publisert.

- **Regneark (XLSX)** har forside, forklaring av tegn og kolonner, og tall som tall. Andeler vises i prosent.
- **CSV** har semikolon mellom kolonnene, desimalkomma og UTF-8 med BOM, slik at norsk Excel åpner dem riktig.
- **Parquet** og **JSON-stat 2** er for deg som programmerer. CSV-filene er beskrevet i CSVW.
- Andeler i filene er tall mellom 0 og 1. Tomme felt i CSV er tall som ikke vises.
  Kolonnen *Status* sier hvorfor.

## Filer for hver side

Nederst på hver side er lenker til tallene på siden. Under hver tabell kan du laste ned akkurat den tabellen.
Filene ligger på faste adresser: `data/kontor/<nummer>.csv`, `data/fylke/<nummer>.csv`,
`data/indikator/<kode>.csv` og `data/landet.csv`, og de samme med `.xlsx`.
De har de samme kolonnene som `resultater.csv`. Fylkenes rapporter og kontorenes plan- og
partnerskapsark er også dokumenter til å skrive i: `data/rapport/<nummer>.docx` og `data/plan/<nummer>.docx`.

## Filer for hele utgaven
"""


def data_page() -> str:
    """The page as Markdown."""
    return _INTRODUCTION + "\n" + "\n".join(_files()) + "\n"


def _files() -> Iterator[str]:
    for file in file_guide():
        yield f"### {escaped(file.title)}\n"
        yield f'<a href="data/{file.name}">{file.name}</a>. {escaped(file.meaning)}\n'
        if file.columns:
            yield f"<details><summary>Kolonnene i {file.name}</summary>\n"
            yield "| Kolonne | Tittel | Forklaring | Type |"
            yield "| --- | --- | --- | --- |"
            for column in file.columns:
                texts = (escaped(column.title), escaped(column.meaning), escaped(column.type))
                yield f"| `{column.name}` | {' | '.join(texts)} |"
            yield "\n</details>\n"
