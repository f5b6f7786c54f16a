"""A project folder of one's own: its files override those that the package brings, one by one."""

import shutil
from pathlib import Path

from navbook import __version__
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import PACKAGED

SETTINGS = ("_config.yml", "_toc.yml")

README = """# A book of styringsparametere

This folder was made by `navbook ny`. Run `navbook` in it.

navbook brings letters, code lists, notebooks and chapters. A file in this folder overrides the one that
navbook brings at the same place; what is not here is taken from navbook. So a new version of navbook needs no
merging.

| to change | put a file here |
| --- | --- |
| a letter | `data/letters/<year>.yml` |
| the rules of disclosure control and other settings | `data/personvern.yml`, `data/casemix.yml`, … |
| a chapter of text | `book/….md`, and its line in `_toc.yml` |
| the kinds of pages | `notebooks/sider/<kind>.ipynb` |
| the calculation of a family | `notebooks/beregning/<family>.ipynb` |
| title and settings of the book | `_config.yml` |

```sh
navbook demo privat/demo --offices 6 --people 12000
navbook build privat/demo --period 2022-T1
```

`privat/` holds true counts and must never be committed: `.gitignore` leaves it out.
"""

IGNORED = """# private: true counts and extracts
privat/
# what a build makes
utgaver/
/_build/
/book/sider/
.ipynb_checkpoints/
__pycache__/
/.venv/
"""

REQUIREMENTS = f"""# the version of navbook that makes this book, and the tool that checks its notebooks
navbook=={__version__}
nbval
"""

CI = """# Builds the book of a synthetic extract, and checks that your notebooks give their stored outputs.
name: bok
on: [push]
jobs:
  bok:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: pip install -r requirements.txt
      - run: navbook demo privat/demo --offices 6 --people 12000
      - run: navbook build privat/demo --period 2022-T1
      - run: |
          if find notebooks -name '*.ipynb' | grep -q .; then
            pytest --nbval-lax --nbval-current-env notebooks
          fi
"""

FILES = {
    "README.md": README,
    ".gitignore": IGNORED,
    "requirements.txt": REQUIREMENTS,
    ".github/workflows/bok.yml": CI,
    "book/.gitkeep": "",
    "data/letters/.gitkeep": "",
    "notebooks/beregning/.gitkeep": "",
    "notebooks/sider/.gitkeep": "",
}


def new_project(folder: Path) -> str:
    """Make the folder and return what to do next.

    Raises UsageError if the place is not empty: nothing that is there is changed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty: name a new or an empty folder.")
    for place, text in FILES.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in SETTINGS:
        shutil.copyfile(PACKAGED / name, folder / name)
    return f"{folder}: a project folder. README.md in it says what it may override.\nnext: cd {folder}"
