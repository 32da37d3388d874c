"""Which words stand where a status is expected and are none that docsync knows, and what they seem to mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from docsync.config.values import Config
from docsync.engine.adopting.proposals import Confidence, LeftAlone, WordProposal
from docsync.models.records import Record
from docsync.models.status import Status, word_key

_UNKNOWN: Final = "DS103"
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_MOST: Final = 4


def words(records: Iterable[Record], config: Config) -> Iterator[WordProposal | LeftAlone]:
    """Give a status for each unknown word that always stands beside a sign or a tick with one meaning; name the others."""
    seen: dict[str, Counter[Status | None]] = {}
    for record in records:
        if any(problem.code == _UNKNOWN for problem in record.problems) and (written := record.fields.get("status")):
            key = word_key(" ".join(_WORD.findall(written.raw)[:_MOST]))
            if key and key not in config.words:
                seen.setdefault(key, Counter())[_signed(written.raw, config)] += 1
    for word, counted in sorted(seen.items()):
        total = sum(counted.values())
        status, count = counted.most_common(1)[0]
        if status is not None and count == total:
            reason = f"{total} statuses say it, each with the sign of {status.value.replace('_', ' ')}"
            yield WordProposal(Confidence.LIKELY, (reason,), word, status)
        else:
            yield LeftAlone(f"the status “{word}”", f"{total} records have it; add what it means to [status.words]")


def _signed(raw: str, config: Config) -> Status | None:
    found = {config.emoji[sign] for sign in raw if sign in config.emoji}
    return found.pop() if len(found) == 1 else None
