"""What each finding of a report goes by from one run to the next, for systems that compare two runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from docsync.models.diagnostics import Diagnostic
from docsync.validator.claimed import Key, key_of


def fingerprints(found: Iterable[Diagnostic], prefix: str = "") -> list[str]:
    """Give a name for each finding that no other one has: of its file, its rule and what it says, without lines and numbers.

    Equal findings are told apart by their order, so that one more or one less of them is just that. `prefix` leads to the
    project, so that two projects of one repository may share a report.
    """
    seen: Counter[Key] = Counter()
    names: list[str] = []
    for diagnostic in found:
        key = key_of(diagnostic)
        seen[key] += 1
        parts = (prefix + key[0], *key[1:], str(seen[key]))
        names.append(blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
    return names
