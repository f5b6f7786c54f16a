"""Which offices play the parts of the planted truths."""

import numpy as np

from navbook.extract.demo.dice import Ints

ROLES = (
    "bedring", "blanding", "for_lite", "tomt", "slatt_sammen", "etterfolger", "stengt_i_perioden",
    "mangler_rapport",
)  # fmt: skip
"""The parts that offices play in the planted truths, the most needed first."""


def cast_roles(county: Ints, sizes: Ints) -> dict[str, int]:
    """Who plays what: large offices where a truth must be found, small ones where it must not."""
    order = [int(office) for office in np.argsort(-sizes, kind="stable")]
    wanted: dict[str, int] = {}
    if len(sizes) < 2:
        return wanted
    for role in ROLES[:2]:
        wanted[role] = order.pop(0)
    alone = [o for o in order if int((county == county[o]).sum()) == 1]
    for role in ("tomt", "for_lite"):
        company = [o for o in order if o not in alone]
        if len(company) > 1:
            wanted[role] = company[-1]
            order.remove(company[-1])
    middle = order[len(order) // 4 :]
    for closing in middle:
        heirs = [o for o in order if o != closing and county[o] == county[closing]]
        if heirs:
            wanted |= {"slatt_sammen": closing, "etterfolger": heirs[0]}
            rest = [o for o in heirs[1:] if o in middle]
            if rest:
                wanted["stengt_i_perioden"] = rest[len(rest) // 2]
            break
    free = [o for o in order if o not in wanted.values()]
    if free:
        wanted["mangler_rapport"] = free[0]
    return wanted
