"""Change a record of a text, and give the text as it then is."""

from __future__ import annotations

from collections.abc import Mapping

from drawn_homes import CONFIG
from msgspec.structs import replace

from docsync.editing import Amendment, edits_together
from docsync.models.records import Json
from docsync.models.schema import HomeRule, KindSpec
from docsync.models.status import Status
from docsync.parser.document import read_document
from docsync.text.edits import apply
from docsync.text.source import decode


def changed(  # noqa: PLR0913  # what a test says of it
    text: str,
    name: str,
    values: Mapping[str, Json] | None = None,
    *,
    ticks: Mapping[int, bool] | None = None,
    remark: str = "",
    homes: tuple[HomeRule, ...] = (),
    kinds: tuple[KindSpec, ...] = (),
    words: Mapping[str, Status] | None = None,
) -> str:
    """Give a text after a change of the record of some id; `kinds` and `words` are more than there are."""
    more = {kind.name: kind for kind in kinds}
    config = replace(CONFIG, homes=homes, kinds={**CONFIG.kinds, **more}, words={**CONFIG.words, **(words or {})})
    source = decode("docs/PLAN.md", text.encode())
    record = next(one for one in read_document(source, config).records if one.id == name)
    return apply(text, edits_together(source, [Amendment(record, values or {}, ticks or {}, remark)], config))
