"""What front matter that is no record's home states of the entity that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.models.claims import Form, Mention, Scope
from docsync.models.document import FrontMatter
from docsync.models.schema import field_key
from docsync.parser.vocabulary import Vocabulary

_STATED: Final = ("status", "title")


def entry_mentions(front_matter: FrontMatter, scope: Scope, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the status and title beside an `id`; without one it is not known of whom the front matter speaks."""
    named = front_matter.entries.get("id")
    if named is None or not isinstance(named.value, str) or not named.value:
        return
    for entry in front_matter.entries.values():
        name = vocabulary.fields.get(field_key(entry.key), "title" if entry.key == "title" else "")
        if name in _STATED and isinstance(entry.value, str) and entry.value:
            status = vocabulary.status(entry.value) if name == "status" else None
            yield Mention(named.value, entry.value_span, Form.FRONT_MATTER, scope, name, entry.value, named.value_span, status)
