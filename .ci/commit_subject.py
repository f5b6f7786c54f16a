"""The commit-msg hook: the first line of a message is `area: imperative sentence`, at most 72 characters.

Whether a sentence is in the imperative cannot be decided by a program. The hook refuses the forms that are
certainly something else: the past tense (`added`), the participle (`adding`) and the third person (`adds`).
"""

import re
import sys
from pathlib import Path

LONGEST = 72
SUBJECT = re.compile(r"(?P<area>[a-z][a-z0-9_-]*(?:[/,][a-z][a-z0-9_-]*)*): (?P<verb>\S+)(?P<rest>.*)")
WRITTEN_BY_GIT = ("Merge ", "Revert ", "fixup! ", "squash! ", "amend! ")
# below this line git writes the diff of `commit --verbose`
SCISSORS = "# ------------------------ >8 ------------------------"

# imperatives that end like another form
ED = {"embed", "exceed", "feed", "need", "proceed", "seed", "shed", "speed", "succeed"}
ING = {"bring", "ping", "ring", "sing", "spring", "string", "swing"}
S = {"access", "address", "alias", "assess", "bias", "bypass", "canvas", "compress", "cross", "discuss"}
S |= {"dismiss", "express", "focus", "guess", "miss", "pass", "press", "process", "suppress", "toss"}


def faults(message: str) -> list[str]:
    """What is wrong with the subject of a commit message, a sentence each; empty if nothing is."""
    lines = [
        line.rstrip() for line in message.partition(SCISSORS)[0].splitlines() if not line.startswith("#")
    ]
    lines = lines[next((place for place, line in enumerate(lines) if line), len(lines)) :]
    if not lines:
        return ["The message is empty."]
    subject = lines[0]
    if subject.startswith(WRITTEN_BY_GIT):
        return []
    found = []
    if len(subject) > LONGEST:
        found.append(f"The subject has {len(subject)} characters: {LONGEST} is the limit.")
    if subject.endswith("."):
        found.append("The subject ends with a full stop: leave it out.")
    if len(lines) > 1 and lines[1]:
        found.append("The second line is not empty: separate the subject from the body.")
    match = SUBJECT.fullmatch(subject)
    if match is None:
        return [*found, "The subject has no area: write `area: …`, such as `gate: refuse an empty ledger`."]
    if not _may_be_imperative(match["verb"]):
        found.append(f"`{match['verb']}` is not an imperative: write `add`, not `added`, `adding` or `adds`.")
    return found


def _may_be_imperative(word: str) -> bool:
    verb = word.lower().strip("`'\"")
    if verb.endswith("ed"):
        return verb in ED
    if verb.endswith("ing"):
        return verb in ING
    return not verb.endswith("s") or verb in S


def main(path: str) -> int:
    found = faults(Path(path).read_text(encoding="utf-8"))
    for fault in found:
        print(f"commit message: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
