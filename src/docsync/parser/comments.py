"""Whether an HTML block is one comment and nothing else."""

from __future__ import annotations

import re

from docsync.models.blocks import Comment, Html, Inline
from docsync.parser.outline import Leaf

_OPEN = "<!--"
_CLOSE = "-->"
_BLANK = " \t\n"
_NO_PREFIX = re.compile(r"[^>\s]")


def html_leaf(html: Inline, prefix: str) -> Leaf:
    """Give the comment or the other HTML that a block holds; `prefix` is what stands before it on its line.

    A list marker in the prefix becomes spaces, as on the item's further lines.
    """
    text = html.text.rstrip(_BLANK)
    if is_comment(text):
        body = text[len(_OPEN) : -len(_CLOSE)]
        return Leaf(Comment, html.span(0, len(text)), {"text": body, "prefix": _NO_PREFIX.sub(" ", prefix)})
    return Leaf(Html, html.whole, {"inline": html})


def is_comment(text: str) -> bool:
    """Tell whether a text is one whole comment."""
    return text.startswith(_OPEN) and text.find(_CLOSE, len(_OPEN)) == len(text) - len(_CLOSE) >= len(_OPEN)
