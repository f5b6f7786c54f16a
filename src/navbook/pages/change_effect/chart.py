"""The figure of a change analysis (seaborn): months of both sides, and the effect among placebo dates."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd

from navbook.edition.change_effect import Analysis
from navbook.pages.format import month_text
from navbook.pages.templates import sentence
from navbook.runtime.paths import own_file

STYLE = own_file("data/figurer.mplstyle")
OWN, OTHERS = "C0", "0.45"
WIDTH, HEIGHT = 7.2, 5.4


def draw(analysis: Analysis, name: str, measure: str) -> Any:
    """A figure with two panels, or one where the office has no months."""
    from matplotlib.figure import Figure

    with _style():
        months = analysis.months.dropna(subset="endret")
        if months.empty:
            figure = Figure(figsize=(WIDTH, HEIGHT / 2), layout="constrained")
            _draw_offices(figure.subplots(), analysis)
            return figure
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        top, bottom = figure.subplots(2, 1)
        _draw_months(top, analysis, name, measure)
        if analysis.placebo.empty:
            _draw_offices(bottom, analysis)
        else:
            _draw_placebo(bottom, analysis)
        return figure


def as_svg(figure: Any) -> str:
    """The figure as an `<svg>` element; the same figure gives the same bytes."""
    stream = StringIO()
    with _style():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return text[text.index("<svg ") :]


@contextmanager
def _style() -> Iterator[None]:
    """matplotlib with the style of the book's figures, and quiet on stderr."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib.style

    with matplotlib.style.context(["default", STYLE]):
        yield


def _draw_months(axes: Any, analysis: Analysis, name: str, measure: str) -> None:
    """The share of either side month by month; the date of the change is a line."""
    import seaborn

    months = analysis.months.assign(m=range(len(analysis.months)))
    for side, colour, label in (("andre", OTHERS, "De andre kontorene"), ("endret", OWN, name)):
        # a number for each run of shown months: seaborn draws a line for each, and a hidden month is a gap
        known = months.assign(run=months[side].isna().cumsum(), verdi=100 * months[side]).dropna(subset=side)
        if known.empty:
            continue
        seaborn.lineplot(
            known, x="m", y="verdi", units="run", estimator=None, errorbar=None, color=colour, ax=axes
        )
        last = known.iloc[-1]
        axes.annotate(
            label, (last["m"], last["verdi"]), xytext=(5, 0), textcoords="offset points",
            color=colour, va="center",
        )  # fmt: skip
    _mark_change(axes, months, analysis.question.dato)
    years = {m: maned[:4] for m, maned in zip(months["m"], months["maned"], strict=True) if maned[5:] == "01"}
    axes.set_xticks(list(years), list(years.values()))
    axes.set(xlabel="", ylabel="Prosent", title=f"{measure}, måned for måned")
    axes.margins(x=0.02)


def _mark_change(axes: Any, months: pd.DataFrame, date: str) -> None:
    place = months.index[months["maned"] >= date]
    if len(place):
        axes.axvline(months.loc[place[0], "m"] - 0.5, color="0.3", linestyle="--", linewidth=1)
        axes.annotate(
            f"Endring fra {month_text(date)}", (months.loc[place[0], "m"] - 0.5, 1.0), xytext=(4, -2),
            xycoords=("data", "axes fraction"), textcoords="offset points", va="top", fontsize=8,
        )  # fmt: skip


def _draw_placebo(axes: Any, analysis: Analysis) -> None:
    """The effect at each placebo date with its limits, and the effect of the change last."""
    import seaborn
    from matplotlib.ticker import MaxNLocator

    placebo = analysis.placebo
    ticks = range(0, len(placebo), max(1, len(placebo) // 4))
    frame = pd.DataFrame({"m": range(len(placebo)), "verdi": 100 * placebo["verdi"]})
    _limits(axes, frame["m"], placebo["nedre"], placebo["ovre"], OTHERS)
    seaborn.scatterplot(frame, x="m", y="verdi", color=OTHERS, ax=axes, legend=False)
    own, effect = len(placebo) + 1, analysis.effect
    _limits(axes, [own], [effect.lower], [effect.upper], OWN)
    axes.plot([own], [100 * effect.value], "o", color=OWN, markersize=6)
    labels = {place: month_text(placebo["dato"][place]) for place in ticks if place < len(placebo) - 2}
    axes.set_xticks([*labels, own], [*labels.values(), "endringen"])
    axes.axhline(0, color="0.3", linewidth=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set(xlabel="", ylabel="Prosentpoeng", title=sentence("endring.provedatoer"))


def _draw_offices(axes: Any, analysis: Analysis) -> None:
    """The change of each office in number order, those in question in colour."""
    import seaborn
    from matplotlib.ticker import MaxNLocator

    offices = analysis.offices.sort_values("enhet").reset_index(drop=True)
    change = 100 * (offices["x1"] / offices["n1"] - offices["x0"] / offices["n0"])
    frame = pd.DataFrame({"m": range(len(offices)), "verdi": change})
    colours = np.where(offices["endret"], OWN, OTHERS)
    for side, colour in ((offices["endret"], OWN), (~offices["endret"], OTHERS)):
        seaborn.scatterplot(frame[side], x="m", y="verdi", color=colour, s=45, ax=axes, legend=False)
    axes.set_xticks(frame["m"], offices["enhet"])
    for label, colour in zip(axes.get_xticklabels(), colours, strict=True):
        label.set_color(colour if colour == OWN else "0.25")
    axes.axhline(0, color="0.3", linewidth=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set(xlabel="Kontornummer", ylabel="Prosentpoeng", title=sentence("endring.kontorer"))


def _limits(axes: Any, at: Any, lower: Any, upper: Any, colour: str) -> None:
    axes.vlines(at, 100 * np.asarray(lower), 100 * np.asarray(upper), color=colour, linewidth=1.2)
