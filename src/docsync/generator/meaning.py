"""What a region's body says, whatever a formatter did to its padding, bullets and escapes."""

from __future__ import annotations

import hashlib
import html
import re
from functools import lru_cache
from typing import TypeAlias

from docsync.generator.failures import ViewError
from docsync.generator.layout import bare
from docsync.models.blocks import Block, Blocks, Comment, Fence, Heading, Html, ListItem, Paragraph, Row, Table
from docsync.parser.blocks import parse_blocks
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode, line_index

Meaning: TypeAlias = tuple[tuple[object, ...], ...]

_SPACES = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_BACKTICKS = re.compile(r" ?(`{2,}) ?")
_OURS = re.compile(r"\s*docsync:")
_BEGIN = "<!-- docsync:begin body -->\n\n"
_END = "\n\n<!-- docsync:end body -->\n"


@lru_cache(maxsize=256)
def meaning(text: str) -> Meaning:
    """Give what a text without line ends of its own and without prefix says, block by block."""
    blocks = parse(text)
    return tuple(_said(block, blocks) for block in blocks)


def digest(text: str, prefix: str) -> str:
    """Give a short name for what a region's body says, to remember it by."""
    plain = repr(meaning(bare(text, prefix)))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def same(one: str, other: str) -> bool:
    """Tell whether two texts without prefix say the same."""
    return one == other or meaning(one) == meaning(other)


@lru_cache(maxsize=256)
def refuse_harmful(text: str, max_bytes: int) -> None:
    """Raise ViewError where a body is over `max_bytes`, or would spoil its file or the markers around it.

    The text is read as it will be, between two markers: both must be found again, and no other.
    """
    try:
        raw = text.encode("utf-8")
        decode("", raw, max_bytes=len(raw))
    except (UnicodeEncodeError, Refusal) as error:
        reason = error.message if isinstance(error, Refusal) else "it holds half of a pair of surrogates"
        raise ViewError(f"what the view gives cannot be written: {reason}") from error
    if len(raw) > max_bytes:
        raise ViewError(f"the view gives over {max_bytes:,} bytes once its tables are padded")
    blocks = parse(_BEGIN + text + _END)
    ours = [block for block in blocks if isinstance(block, Comment) and _OURS.match(block.text)]
    marks = [block for block in ours if block.item < 0 and not block.quote]
    if any(isinstance(block, Fence) and not block.closed for block in blocks):
        raise ViewError("the view leaves a code fence open")
    if len(marks) < 2 or marks[0] is not blocks[0] or marks[-1] is not blocks[-1]:  # noqa: PLR2004 -- begin and end
        raise ViewError("the view leaves a block open that would swallow the end marker")
    if len(ours) > 2:  # noqa: PLR2004 -- begin and end
        raise ViewError("the view gives a docsync marker, which only a person may write")


def parse(text: str) -> Blocks:
    """Read a body's text without prefix into blocks."""
    return parse_blocks(SourceFile("", text, bom=False, newline="\n", lines=line_index(text)))


def _said(block: Block, blocks: Blocks) -> tuple[object, ...]:
    holder = blocks[block.item] if block.item >= 0 else None
    depth = holder.depth if isinstance(holder, ListItem) else 0
    return (type(block).__name__, block.quote, depth, *_content(block))


def _content(block: Block) -> tuple[object, ...]:  # noqa: PLR0911 -- one answer for each type of block
    match block:
        case Heading():
            return (block.level, said(block.inline.text))
        case Paragraph():
            return (said(block.inline.text),)
        case ListItem():
            return (block.number is not None, block.mark, said(block.inline.text))
        case Table():
            return (block.aligns, *(_row(row) for row in (block.header, *block.rows)))
        case Fence():
            return (block.info, block.inline.text.rstrip("\n"))
        case Comment():
            return (block.text.strip(),)
        case Html():
            return (block.inline.text.strip(),)
        case _:
            return ()


def _row(row: Row) -> tuple[str, ...]:
    return tuple(said(cell.text) for cell in row.cells)


def said(text: str) -> str:
    """Give inline text without what formatters change: line breaks, needless escapes, the sign of emphasis, spaces in code."""
    plain = html.unescape(_ESCAPE.sub(r"\1", _SPACES.sub(" ", text).strip()))
    plain = _BACKTICKS.sub(r"\1", plain)
    return _UNDERSCORE.sub(lambda found: "*" * len(found[0]), plain)
