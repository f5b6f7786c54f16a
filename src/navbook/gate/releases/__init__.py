"""What earlier releases have published, and what they disclose together with a new edition.

`combine_releases` makes one table of all releases, `protect_from_releases` chooses rows to hide against it,
and `refuse_disclosed` attacks the finished edition. They read the release ledger, the true counts and the
new edition's own rows.
"""

from navbook.gate.releases.attack import refuse_disclosed, refuse_rows
from navbook.gate.releases.combined import CombinedReleases, combine_releases
from navbook.gate.releases.protect import ReleaseRows, implied_by_releases, protect_from_releases
from navbook.gate.releases.release import (
    earlier_releases,
    last_published,
    new_release,
    published_unchanged,
)

__all__ = [
    "CombinedReleases",
    "ReleaseRows",
    "combine_releases",
    "earlier_releases",
    "implied_by_releases",
    "last_published",
    "new_release",
    "protect_from_releases",
    "published_unchanged",
    "refuse_disclosed",
    "refuse_rows",
]
