"""Which criterion of a record somebody means: by its number, its text, or a part of it that no other has."""

from __future__ import annotations

from docsync.editing.errors import Uneditable
from docsync.models.nearness import nearest
from docsync.models.records import Record

_LONGEST = 60


def criterion(record: Record, name: str) -> int:
    """Give the position of the criterion that is meant; raises Uneditable for none or several, and lists them."""
    if not record.criteria:
        raise Uneditable(f"{record.id} has no criteria in its home, {record.path}; write them there as `- [ ] …`")
    wanted = _plain(name)
    texts = [_plain(one.text) for one in record.criteria]
    if name.strip().isdigit() and wanted not in texts:
        return _numbered(record, int(name))
    whole = [at for at, text in enumerate(texts) if text == wanted]
    found = whole or [at for at, text in enumerate(texts) if wanted and wanted in text]
    if len(found) == 1:
        return found[0]
    if found:
        raise Uneditable(f"{len(found)} criteria of {record.id} match {name}: {listed(record, found)}; give the number of one")
    near = nearest(wanted, texts)
    hint = f"did you mean {listed(record, [texts.index(near)])}?" if near else f"it has {listed(record, range(len(texts)))}"
    raise Uneditable(f"no criterion of {record.id} matches {name}; {hint}")


def _numbered(record: Record, number: int) -> int:
    if not 1 <= number <= len(record.criteria):
        raise Uneditable(f"{record.id} has no criterion {number}; it has {listed(record, range(len(record.criteria)))}")
    return number - 1


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("*", "").replace("`", "").split())


def listed(record: Record, positions: list[int] | range) -> str:
    """Name criteria by number and text."""
    return ", ".join(f"{at + 1} ({_short(record.criteria[at].text)})" for at in positions)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
