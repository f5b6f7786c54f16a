"""CSVW metadata of the CSV files of an edition. Source: W3C, Metadata Vocabulary for Tabular Data (2015)."""

from collections.abc import Collection, Mapping
from typing import Any

from navbook.edition.files.guide import ColumnGuide, FileGuide, file_guide
from navbook.edition.schema import KEY

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "nb"}]
DIALECT = {"delimiter": ";", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]}
NUMBER = {"base": "decimal", "format": {"decimalChar": ","}}
TYPES: dict[str, Any] = {
    "tekst": "string",
    "tall": NUMBER,
    "andel": NUMBER,
    "dato": "date",
    "ja_nei": {"base": "boolean", "format": "true|false"},
}
WITH_KEY = ("tall.csv", "resultater.csv")


def csvw_metadata(title: str, edition: Mapping[str, Any], files: Collection[str]) -> dict[str, Any]:
    """The metadata of a table group: those of `files` that are CSV."""
    tables = [_table(file) for file in file_guide() if file.name in files and file.columns]
    return {
        "@context": CONTEXT,
        "dc:title": title,
        "dc:source": str(edition["kilde"]),
        "dc:modified": {"@value": str(edition["uttrekksdato"]), "@type": "xsd:date"},
        "dialect": DIALECT,
        "tables": tables,
    }


def _table(file: FileGuide) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in file.columns]}
    if file.name in WITH_KEY:
        schema["primaryKey"] = list(KEY)
    return {"url": file.name, "dc:title": file.title, "dc:description": file.meaning, "tableSchema": schema}


def _column(column: ColumnGuide) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": column.meaning,
        "datatype": TYPES[column.type],
    }
