"""A build that would give what already stands there: nothing of what the book is made from has changed."""

from dataclasses import asdict

from navbook.errors import NavbookError
from navbook.run.build_run import Run, say
from navbook.run.cache import digest
from navbook.run.summary import Numbers, Recap
from navbook.runtime import files_digest


def as_it_was(run: Run) -> Recap | None:
    """The recap of the build that made the present site and edition, None if another would come out now.

    Site, edition and private files must be what that build wrote, byte for byte.
    """
    try:
        noted = run.memory.recall(_name(run), run.made_from)
    except NavbookError:
        return None  # an extract that is not there is told by the check
    if noted is None or noted["made"] != _made(run):
        return None
    say("unchanged  the extract, the program and the settings are those of the book that stands there")
    return Recap(Numbers(**noted["recap"]), run)


def note_as_it_is(run: Run, recap: Recap) -> Recap:
    """Note what the site and edition that stand there now were made from; returns the recap."""
    content = {"made": _made(run), "recap": asdict(recap.numbers)}
    run.memory.note(_name(run), run.made_from, content)
    return recap


def _name(run: Run) -> str:
    return f"bok-{digest(str(run.site.resolve()))[:16]}"


def _made(run: Run) -> str:
    private = run.workspace.private
    results = [private / part / f"{run.period.name}.parquet" for part in ("tellinger", "revisjon")]
    folders = [
        files_digest(sorted(path for path in folder.rglob("*") if path.is_file()), folder)
        for folder in (run.site, run.edition)
    ]
    return digest(folders, files_digest(results, private))
