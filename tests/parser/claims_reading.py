"""What the tests of claims and mentions share: a page of text, read, and short ways to say what was found."""

from __future__ import annotations

from docsync.config.values import Config
from docsync.models.claims import DateStamp, Mention, Number, Quantity, Scope
from docsync.models.document import Checklist
from docsync.models.kinds.registry import builtin_specs
from docsync.models.schema import KindSpec
from docsync.models.status import EMOJI, WORDS
from docsync.parser.blocks import parse_blocks
from docsync.parser.claims.checklists import read_checklists
from docsync.parser.claims.dates import entry_dates, read_dates
from docsync.parser.claims.quantities import entry_quantities, read_quantities
from docsync.parser.coverage import Coverage
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.mentions import read_mentions
from docsync.parser.scopes import Scopes
from docsync.parser.vocabulary import vocabulary
from docsync.text.source import decode
from docsync.text.spans import Span

HOME = "notes/board.md"


class Page:
    """Hold a page and all that is read from it."""

    def __init__(
        self, text: str, path: str = HOME, *, covered: tuple[Span, ...] = (), kinds: tuple[KindSpec, ...] = ()
    ) -> None:
        config = Config(kinds={**builtin_specs(), **{kind.name: kind for kind in kinds}}, words=WORDS, emoji=EMOJI)
        self.source = decode(path, text.encode())
        front, _ = read_front_matter(self.source)
        self.blocks = parse_blocks(self.source, front.span.end if front else 0)
        self.words = vocabulary(config)
        self.scopes = Scopes(self.source, self.blocks, front, self.words)
        self.entries = tuple(front.entries.values()) if front else ()
        self.covered = Coverage(covered)

    @property
    def quantities(self) -> list[Quantity]:
        """Give the quantities of front matter and body."""
        found = [q for entry in self.entries for q in entry_quantities(entry, self.source.text, self.scopes.file, self.words)]
        return [*found, *read_quantities(self.blocks, self.scopes, self.words, self.covered)]

    @property
    def mentions(self) -> list[Mention]:
        """Give the mentions."""
        return list(read_mentions(self.blocks, self.scopes, self.words, self.covered))

    @property
    def dates(self) -> list[DateStamp]:
        """Give the dates of front matter and body."""
        found = [stamp for entry in self.entries for stamp in entry_dates(entry, self.source.text, self.scopes.file)]
        return [*found, *read_dates(self.blocks, self.scopes, self.words, self.covered)]

    @property
    def checklists(self) -> list[Checklist]:
        """Give the checklists."""
        return list(read_checklists(self.blocks, self.scopes, self.covered))

    def said(self, span: Span) -> str:
        """Give the text that a span marks."""
        return self.source.slice(span)

    def scope(self, containing: str) -> Scope:
        """Give the scope of the first block whose text contains a phrase."""
        index = next(
            index for index, block in enumerate(self.blocks) if containing in self.source.slice(block.span).split("\n")[0]
        )
        return self.scopes.of(index)

    def fields(self, name: str = "status") -> dict[str, str]:
        """Give what each entity's field of a name is said to be; the last statement wins."""
        return {mention.entity: mention.raw for mention in self.mentions if mention.name == name}

    def statuses(self) -> list[tuple[str, str]]:
        """Give each entity's understood statuses in order."""
        return [(mention.entity, mention.status.value) for mention in self.mentions if mention.status is not None]


def one(text: str, path: str = HOME) -> Quantity:
    """Give the only quantity of a text."""
    found = Page(text, path).quantities
    assert len(found) == 1, [quantity.text for quantity in found]
    return found[0]


def brief(quantity: Quantity) -> str:
    """Say a quantity in short: `5/19 26.3% | holes resolved`."""
    count = _brief(quantity.count)
    numbers = f"{count}/{_brief(quantity.total)}" if quantity.total else count
    percent = f"{_brief(quantity.percent)}%" if quantity.percent else ""
    words = " ".join(word for word in (quantity.qualifier, quantity.noun, quantity.state) if word)
    return " ".join(part for part in (numbers, percent, "|", words) if part)


def briefs(text: str, path: str = HOME) -> list[str]:
    """Say all quantities of a text in short."""
    return [brief(quantity) for quantity in Page(text, path).quantities]


def _brief(number: Number | None) -> str:
    if number is None:
        return ""
    upper = f"-{number.upper}" if number.upper is not None else ""
    return f"{'~' if number.approximate else ''}{number.value}{upper}{'+' if number.at_least else ''}"
