"""Which commits a document names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.blocks import TEXTS, Block, Blocks, Heading, Inline, ListItem, Table
from docsync.models.claims import Form, Scope
from docsync.models.references import Aim, Reference, Stance
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes

_COMMIT = re.compile(
    r"\b(?:(?P<key>last\scommit|latest\scommit|current\scommit|head(?:\scommit)?|base\scommit)|commits?|sha|revision)\b"
    r"[\s:*_()#]{1,8}`?(?P<name>(?=[0-9a-f]{0,39}[a-f])(?=[0-9a-f]{0,39}\d)[0-9a-f]{7,40})(?![\w-])",
    re.IGNORECASE,
)
_HINT = re.compile(r"[0-9a-fA-F]{7}")
_NEAR = 120
_ELSEWHERE = re.compile(
    r"\b(?:upstream|fork\w*|other\srepo\w*|external|submodule|squash\w*|rebas\w*|amend\w*|reverted|dropped|lost|example|e\.g\.|will|not\s(?:yet|in))\b|https?://",
    re.IGNORECASE,
)


def read_commits(blocks: Blocks, scopes: Scopes, covered: Coverage) -> Iterator[Reference]:
    """Give the commits that running text, items and cells name as such; a hexadecimal word alone is none."""
    for index, block in blocks.numbered:
        for inline in _inlines(block):
            if not covered.holds_text(inline):
                yield from _commits(inline, scopes.on(index), _form(block))


def _inlines(block: Block) -> Iterator[Inline]:
    """Give the texts of a block that can name a commit: few hold so many hexadecimal digits."""
    if isinstance(block, TEXTS):
        if _HINT.search(block.inline.text):
            yield block.inline
    elif isinstance(block, Table):
        for row in block.rows:
            if _HINT.search(" ".join([cell.text for cell in row.cells])):
                yield from (Inline(cell.text, ((0, cell.span.start),)) for cell in row.cells)


def _form(block: Block) -> Form:
    if isinstance(block, Table | Heading):
        return Form.ROW if isinstance(block, Table) else Form.HEADING
    return Form.BULLET if isinstance(block, ListItem) else Form.PROSE


def _commits(inline: Inline, scope: Scope, form: Form) -> Iterator[Reference]:
    text = inline.text if scope.comparable else ""
    for found in _COMMIT.finditer(text):
        around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        doubt = _ELSEWHERE.search(around)
        taken = Stance.HEDGED if doubt else Stance.ASSERTED if found["key"] else Stance.PLAIN
        span = inline.span(*found.span("name"))
        yield Reference(Aim.COMMIT, found["name"].lower(), span, scope, form, taken, reason=doubt[0] if doubt else "")
