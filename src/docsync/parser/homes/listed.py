"""Which list items look like records that a declaration does not take in, and what would make them records."""

from __future__ import annotations

from typing import Final

from docsync.models.schema import KindSpec
from docsync.parser.homes.declared import ITEMS
from docsync.parser.homes.items import item_leads, read_items
from docsync.parser.homes.page import Page

_FEW: Final = 3


def listed_instead(page: Page, kind: KindSpec, form: str) -> str:
    """Say which list items begin with an id of a kind, and what to write so that they are records; empty without any.

    `form` is the form of home that is declared; who asks for sections or rows by name has those items for mentions.
    """
    ids = tuple(dict.fromkeys(lead.id.text for _, (_, lead) in item_leads(page, (kind,))))
    if not ids or form not in ("", ITEMS):
        return ""
    told = {draft.id for draft in read_items(page, (kind,), [None] * len(page.blocks))}
    untold = next((one for one in ids if one not in told), "")
    boxed = f"a checkbox or a status with each, such as `- [ ] {untold}: …`" if untold else ""
    shown = ", ".join(ids[:_FEW]) + (" …" if len(ids) > _FEW else "")
    if form == ITEMS:
        return f"{shown}: these list items need {boxed}"
    return f"{shown}: these are list items; write `records: {{{kind.name}: {ITEMS}}}`" + (f", and {boxed}" if boxed else "")
