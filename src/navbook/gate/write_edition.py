"""Write the folder of an edition: everything that may be published of private estimates."""

import csv
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from navbook import __version__
from navbook.disclosure import DisclosureSettings, load_settings
from navbook.edition import Edition
from navbook.edition.files import READER_FILES, write_reader_files
from navbook.edition.schema import (
    EVENT_COLUMNS,
    FILES,
    IKKE_BEREGNBAR,
    MANIFEST,
    QUALITY_COLUMNS,
    SKJULT,
    UNIT_COLUMNS,
)
from navbook.edition.write import write_csv, write_further, write_json
from navbook.estimate import Estimates
from navbook.estimate.requirements import Letters
from navbook.extract.manifest import Manifest
from navbook.gate.decide import Decision, decide
from navbook.gate.derived import DerivedFiles, derived_files
from navbook.gate.metadata import (
    extract_fingerprints,
    in_bokmaal,
    judged_by,
    judged_goals,
    labour_market,
    local_goals,
    municipal_tables,
    public_sources,
    quality_table,
    requirements,
)
from navbook.gate.suppression import suppression_summary
from navbook.indicators.definition.declaration import Indicator
from navbook.runtime import file_digest, replace_folder
from navbook.runtime.paths import own_file

DEFAULT_PROFILE = "nav"
EVENTS = own_file("data/hendelser.csv")


@dataclass(frozen=True)
class Source:
    """What an edition publishes of its extract apart from numbers.

    `reported`: the observations of the check, a frame kode, tekst, enhetsnr (or None), antall. `comments`:
    plain Markdown by enhetsnr, as accepted by the check, and so are `plans`; `report_texts` by
    fylke_enhetsnr. `goals`: the offices' local goals, a frame enhetsnr, ar, parameter, mal. `municipal`: the
    municipal tables by name. `market`: the table `arbeidsmarked`, with `regions`, the arbeidsmarkedsregion of
    each office. `files`: the extract's files by name, for their fingerprints.
    """

    manifest: Manifest
    reported: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["kode", "tekst", "enhetsnr", "antall"])
    )
    comments: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    report_texts: Mapping[str, str] = field(default_factory=dict)
    goals: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["enhetsnr", "ar", "parameter", "mal"])
    )
    municipal: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    market: pd.DataFrame | None = None
    regions: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """The folder of an edition, the withheld values (private) and a summary in numbers.

    `older` maps each indicator that is not known for the requested period to the period shown instead.
    """

    folder: Path
    withheld: pd.DataFrame
    rows: int
    rows_hidden: int
    rows_not_computable: int
    hidden_cells: int
    older: dict[str, str]


def write_edition(
    estimates: Estimates,
    source: Source,
    indicators: Mapping[str, Indicator],
    editions: Path,
    private: Path,
    profile: str = DEFAULT_PROFILE,
    settings: DisclosureSettings | None = None,
    events: Path = EVENTS,
    decision: Decision | None = None,
    files: DerivedFiles | None = None,
) -> Written:
    """Write the edition of `estimates` to `editions/<period>`, replacing an older edition of that period.

    `decision` is the result of `decide` and `files` that of `derived_files`, where they are known already.
    `private` is the folder for the extract's hashes and, for real data, the key of their fingerprints. Raises
    DisclosureRefused, and writes nothing, if disclosure control refuses.
    """
    settings = settings or load_settings()
    decision = decision or decide(estimates, settings, profile)
    files = files or derived_files(decision.tall, estimates)
    editions.mkdir(parents=True, exist_ok=True)
    name = estimates.period.name
    unfinished = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=editions))
    try:
        unfinished.chmod(0o755)
        for file, content in files.files.items():
            (unfinished / file).write_bytes(content)
        minimum = settings.minimum(profile)
        _write_tables(unfinished, estimates, source, indicators, minimum, events)
        goals = local_goals(source.goals, estimates)
        write_further("lokale_mal", goals, unfinished)
        write_further("maloppnaelse", judged_goals(goals, estimates, decision.tall), unfinished)
        for table, rows in municipal_tables(source.municipal, estimates, decision.tall, minimum).items():
            write_further(table, rows, unfinished)
        market = labour_market(source.market, source.regions, estimates, minimum)
        write_further("arbeidsmarked", market, unfinished)
        write_further("utsagn", decision.statements, unfinished)
        manifest = _manifest(unfinished, estimates, source, decision, settings, profile, private)
        manifest["trakter"] = files.funnels
        write_json(manifest, unfinished / MANIFEST)
        write_reader_files(Edition(unfinished))
        manifest["filer"] |= {name: file_digest(unfinished / name) for name in READER_FILES}
        write_json(manifest, unfinished / MANIFEST)
        folder = replace_folder(unfinished, editions / name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    status = decision.tall["status"]
    return Written(
        folder=folder,
        withheld=decision.withheld,
        rows=len(status),
        rows_hidden=int((status == SKJULT).sum()),
        rows_not_computable=int((status == IKKE_BEREGNBAR).sum()),
        hidden_cells=decision.hidden_cells,
        older={
            indikator: periods["vist"]
            for indikator, periods in manifest["perioder"].items()
            if periods["vist"] != name
        },
    )


def _write_tables(
    folder: Path,
    estimates: Estimates,
    source: Source,
    indicators: Mapping[str, Indicator],
    minimum: int,
    events: Path,
) -> None:
    units = estimates.units
    in_force = dict.fromkeys(line.indikator for line in estimates.series if line.declared)
    offices = set(units.frame["enhet"])  # counties too
    write_json([indicators[name].model_dump(mode="json") for name in in_force], folder / "definisjoner.json")
    all_units = pd.concat([units.frame, units.merged], ignore_index=True)
    write_csv(all_units, UNIT_COLUMNS, folder / "enheter.csv")
    write_json(_krav(estimates), folder / "krav.json")
    write_csv(_events(events), EVENT_COLUMNS, folder / "hendelser.csv")
    written = {"planer": source.plans, "rapport": source.report_texts}
    texts = {kind: _of_units(by_number, offices) for kind, by_number in written.items()}
    write_json(_of_units(source.comments, offices), folder / "kommentarer.json")
    write_json(texts, folder / "tekster.json")
    write_csv(
        quality_table(in_bokmaal(source.reported), units, minimum), QUALITY_COLUMNS, folder / "kvalitet.csv"
    )


def _of_units(texts: Mapping[str, str], units: Collection[str]) -> dict[str, str]:
    return {number: text for number, text in sorted(texts.items()) if number in units}


def _krav(estimates: Estimates) -> dict[str, Any]:
    """The content of krav.json, with the other letters that judge a period shown in the edition."""
    letters = Letters(estimates.period.year, estimates.letter)
    shown = {times.shown for times in estimates.timelines}
    others = {period.year: letter for period in sorted(shown) if (letter := letters.of(period))}
    return requirements(estimates.letter, estimates.period.year) | {
        "andre_brev": [
            judged_by(letter, year) for year, letter in others.items() if letter != estimates.letter
        ]
    }


def _events(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return pd.DataFrame(list(csv.DictReader(stream, delimiter=";")), columns=list(EVENT_COLUMNS))


def _manifest(
    folder: Path,
    estimates: Estimates,
    source: Source,
    decision: Decision,
    settings: DisclosureSettings,
    profile: str,
    private: Path,
) -> dict[str, Any]:
    letter = estimates.letter.year if estimates.letter else None
    extract = source.manifest
    return {
        "periode": estimates.period.name,
        "brev": letter,
        "brev_gjenbrukt": letter is not None and letter != estimates.period.year,
        "omrade": estimates.units.area,
        "kilde": extract.kilde,
        "uttrekksdato": extract.uttrekksdato.isoformat(),
        "dekker_fom": extract.dekker_fom.isoformat(),
        "dekker_tom": extract.dekker_tom.isoformat(),
        "syntetisk": extract.syntetisk,
        "utgiver": extract.publisher,
        "navbook": __version__,
        "personvern": {"profil": profile, **settings.model_dump(mode="json")},
        "skjulte_celler": decision.hidden_cells,
        "skjuling": suppression_summary(decision.tall, decision.protected, decision.given_up),
        "perioder": shown_periods(estimates),
        "filer": {name: file_digest(folder / name) for name in FILES},
        "kilder": public_sources(),
        "uttrekk_hmac": extract_fingerprints(source.files, private, extract.syntetisk),
    }


def shown_periods(estimates: Estimates) -> dict[str, Any]:
    """For each indicator the period that its pages show (`vist`) and how it is judged.

    `basis` is the base period, `niva` the period of the level (or None), `brev` the year of the letter that
    judges the period (or None), and `krav` what that letter requires (a code of edition.schema). A group that
    differs from the indicator has an entry of its own under `grupper`.
    """
    periods: dict[str, Any] = {}
    for line, times in zip(estimates.series, estimates.timelines, strict=True):
        comparison = next(pair for pair in times.compared if pair.period == times.shown)
        of_group = {
            "vist": times.shown.name,
            "basis": comparison.base.name,
            "niva": comparison.level.name if comparison.level else None,
            "brev": comparison.requirement.letter,
            "krav": comparison.requirement.code,
        }
        entry = periods.setdefault(line.indikator, dict(of_group))
        if of_group != {key: entry[key] for key in of_group}:
            entry.setdefault("grupper", {})[line.gruppe] = of_group
    return periods
