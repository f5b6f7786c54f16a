"""Invented names and numbers of offices and counties: none of them is a Norwegian place or a NAV unit."""

from collections.abc import Iterator

from navbook.extract.demo.settings import Country
from navbook.extract.register import is_special_number
from navbook.runtime.errors import UsageError


def _numbers(first: int) -> Iterator[str]:
    return (f"{n}" for n in range(first, 10_000) if not is_special_number(f"{n}"))


def county_numbers(country: Country, count: int) -> list[str]:
    """Unit numbers of the counties, never those of special units."""
    numbers = _numbers(country.fylkesnumre_fra)
    return [next(numbers) for _ in range(count)]


def office_numbers(country: Country, count: int) -> list[str]:
    """Office numbers in order, below those of the counties.

    Raises UsageError if there are not enough numbers or names for so many offices.
    """
    free = [n for n in _numbers(country.kontornumre_fra) if int(n) < country.fylkesnumre_fra]
    names = len(country.navn_forste) * len(country.navn_siste)
    most = min(len(free), names, country.fylker_knekk[-1][0])
    if not 1 <= count <= most:
        raise UsageError(
            f"--offices is {count}, and the demo has names and numbers for 1 to {most}: give fewer offices"
        )
    return free[:count]


def office_names(country: Country, count: int) -> list[str]:
    """Different names for the offices, the same for every seed."""
    endings = len(country.navn_siste)
    total = len(country.navn_forste) * endings
    places = (k * country.navn_skritt % total for k in range(count))
    return [f"NAV {country.navn_forste[p // endings]}{country.navn_siste[p % endings]}" for p in places]
