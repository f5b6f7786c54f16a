"""What protecting a system came to."""

from dataclasses import dataclass

from navbook.disclosure.array_types import Flags


@dataclass(frozen=True)
class SuppressionResult:
    """`hidden` rows of a system that is safe, and what it took.

    `rows`: how many, of which `primary` show what may not be told. `cells` are unknown, bound by
    `equations`; `secrets` of them must be kept, and are proven to be, unless all rows of a part are hidden.
    `withheld`: rows hidden by the written order of detail. `lost` are the secrets that what was told before
    gives away, whatever is hidden, and `proven` those that are found safe, and stay so when more is hidden.
    `each` holds the same of every part that hangs together.
    """

    hidden: Flags
    rows: int
    primary: int
    cells: int
    equations: int
    sensitive: int
    fallback: int
    disclosed: Flags
    proven: Flags
    components: tuple["SuppressionResult", ...] = ()
