"""The rule of comparison by which a letter judges a styringsparameter."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator


class LetterRecord(BaseModel):
    """A record of a letter file: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class JudgementRule(LetterRecord):
    """The rule that a requirement follows.

    kind: `towards_level` (closer to the level of `level_year` than the base period was), `higher_than_base`
    (strictly better than the base period), `fixed_limit` (strictly on the right side of `limit`, a share
    0–1) or `none`. The base period lies `base_months_back` months back. `polarity` is 1 where high is good,
    −1 where low is. `semantics` are ids of the letter's own `semantics`; `text` says the rule in bokmål.
    """

    kind: Literal["towards_level", "higher_than_base", "fixed_limit", "none"] = "none"
    level_year: int | None = None
    operator: Literal["<", ">"] | None = None
    limit: float | None = None
    base_months_back: int = 12
    polarity: Literal[1, -1] = 1
    semantics: list[str] = []
    text: str = ""

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "JudgementRule":
        if self.kind == "towards_level" and self.level_year is None:
            raise ValueError("kind towards_level needs level_year")
        if self.kind == "fixed_limit" and (self.operator is None or self.limit is None):
            raise ValueError("kind fixed_limit needs operator and limit")
        if self.limit is not None and not 0 <= self.limit <= 1:
            raise ValueError("limit is a share from 0 to 1")
        if self.kind != "none" and not self.text:
            raise ValueError("a rule needs a text that says it in bokmål")
        return self
