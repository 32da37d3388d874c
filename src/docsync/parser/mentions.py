"""Which entities a document mentions outside their homes, and which of their fields it states there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from docsync.models.blocks import TEXTS, Block, Blocks, Fence, Heading, ListItem, Table, Text
from docsync.models.claims import CHANGE, TEMPLATE, Form, Mention, Scope
from docsync.models.schema import field_key
from docsync.parser.claims.traps import is_template
from docsync.parser.coverage import Coverage
from docsync.parser.entities import Named, find_entities, may_name
from docsync.parser.forms.ahead import next_mentions, part_mentions
from docsync.parser.forms.awaited import awaited_mentions
from docsync.parser.forms.diagrams import diagram_mentions, is_diagram
from docsync.parser.forms.keyvalues import current_mentions, listed_mentions, owned_mentions
from docsync.parser.forms.leads import read_lead
from docsync.parser.forms.lines import Line, clause_mentions, line_mentions, value_mentions
from docsync.parser.forms.members import member_mentions
from docsync.parser.forms.rows import naming_rows, row_mentions
from docsync.parser.forms.sequences import sequence_mentions
from docsync.parser.masking import mask
from docsync.parser.moments import is_behind
from docsync.parser.scopes import Scopes
from docsync.parser.statements import Statement, statements
from docsync.parser.vocabulary import DEFAULT, Vocabulary
from docsync.text.spans import Span

_CAMEL = re.compile(r"\s\((?P<title>[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)\)")


def read_mentions(
    blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary = DEFAULT, covered: Coverage | None = None
) -> Iterator[Mention]:
    """Give the mentions of a document in order, those in `covered` parts left out; of code, diagrams and lone ids count."""
    reader = _Reader(blocks, scopes, vocabulary, covered)
    for index, block in enumerate(blocks):
        if isinstance(block, TEXTS):
            text = block.inline.text
            owners = reader.owners(index, block) if ":" in text or "：" in text else ()
            if owners or may_name(text, vocabulary):
                yield from reader.block(index, block, owners)
        elif isinstance(block, Table):
            yield from reader.table(index, block)
        elif isinstance(block, Fence):
            yield from reader.fence(index, block)


class _Reader:
    """Read block after block; whom a heading or item names is worked out once."""

    def __init__(self, blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary, covered: Coverage | None) -> None:
        self.blocks = blocks
        self.scopes = scopes
        self.vocabulary = vocabulary
        self.covered = covered or Coverage()
        self._known: dict[int, tuple[str, ...]] = {-1: ()}
        self._items: dict[int, tuple[str, ...]] = {-1: ()}

    def table(self, index: int, table: Table) -> Iterator[Mention]:
        """Give what the rows of a table state, and the names in its other cells."""
        scope = self.scopes.of(index)
        if scope.as_of == TEMPLATE:
            return
        rows = naming_rows(table, self.vocabulary, self.covered)
        said = set()
        for mention in row_mentions(table, rows, scope, self.vocabulary):
            said.add(mention.entity_span)
            yield mention
        for cell in chain.from_iterable(found.naming for found in rows):
            yield from self._names(cell.text, cell.span.start, scope, said)

    def fence(self, index: int, fence: Fence) -> Iterator[Mention]:
        """Give what a diagram of statuses states; other code states nothing."""
        scope = self.scopes.of(index)
        hidden = scope.as_of == TEMPLATE or self.covered.holds(fence.span)
        if not hidden and is_diagram(fence, self.blocks[index - 1] if index else None):
            yield from diagram_mentions(fence, scope, self.vocabulary)

    def block(self, index: int, block: Text, owners: tuple[str, ...]) -> Iterator[Mention]:
        """Give what a heading, paragraph or list item states, whose key-values are about its owners."""
        inline = block.inline
        scope = self.scopes.of(index)
        if scope.as_of == TEMPLATE or self.covered.holds_text(inline):
            return
        for position, statement in enumerate(statements(inline)):
            names = list(find_entities(statement.text, statement.start, statement.end, self.vocabulary))
            if (names or (owners and self._is_field(statement.key))) and not is_template(statement):
                yield from self._statement(self._line(block, statement, scope, first=position == 0), names, owners)

    def _is_field(self, key: str) -> bool:
        """Tell whether a key is one that states something of its owner."""
        return bool(key) and field_key(key) in self.vocabulary.fields

    def _line(self, block: Block, statement: Statement, scope: Scope, *, first: bool) -> Line:
        if is_behind(statement.text[statement.start : statement.end]):
            scope = replace(scope, as_of=CHANGE)
        if isinstance(block, Heading):
            return Line(statement, Form.HEADING, scope)
        if isinstance(block, ListItem) and first:
            return Line(statement, Form.BULLET, scope, block.mark, block.mark_span)
        return Line(statement, Form.BULLET if isinstance(block, ListItem) else Form.PROSE, scope)

    def _statement(self, line: Line, names: list[Named], owners: tuple[str, ...]) -> Iterator[Mention]:
        """Give what one statement states, each entity's status once, and the entities that it merely names."""
        said: set[Span | None] = set()
        stated: set[str] = set()
        for mention in self._stating(line, names, owners):
            if mention.name != "status" or mention.entity not in stated or mention.span == line.mark_span:
                yield mention
            said.add(mention.entity_span)
            if mention.name == "status" and mention.span != line.mark_span:
                stated.add(mention.entity)
        yield from self._plain(line, names, said)

    def _stating(self, line: Line, names: list[Named], owners: tuple[str, ...]) -> Iterator[Mention]:
        statement, vocabulary = line.statement, self.vocabulary
        if names:
            yield from line_mentions(line, vocabulary)
        if statement.key:
            if owners and line.form is not Form.HEADING:
                yield from owned_mentions(line, owners, vocabulary)
            if names:
                yield from listed_mentions(line, vocabulary)
                yield from current_mentions(line, vocabulary)
                yield from value_mentions(line, vocabulary)
        if names:
            yield from sequence_mentions(line, names, vocabulary)
            yield from clause_mentions(line, vocabulary)
            yield from member_mentions(line, names, vocabulary)
            yield from awaited_mentions(line, names)
            yield from part_mentions(line, names, vocabulary)
            yield from next_mentions(line, names, vocabulary)

    def _plain(self, line: Line, names: list[Named], said: set[Span | None]) -> Iterator[Mention]:
        """Give the names that state no field, with the title beside one: `blocks H8 (QueueStore)`."""
        inline, text = line.statement.inline, line.statement.text
        for named in names:
            span = inline.span(named.start, named.end)
            titled = _CAMEL.match(text, named.end, line.statement.end) if len(named.names) == 1 and not named.label else None
            if titled and span not in said:
                title = inline.span(*titled.span("title"))
                yield Mention(named.name, title, line.form, line.scope, "title", titled["title"], span)
            elif span not in said:
                for name in named.names:
                    yield Mention(name, span, line.form, line.scope, entity_span=span)

    def _names(self, text: str, offset: int, scope: Scope, said: set[Span | None]) -> Iterator[Mention]:
        masked = mask(text)
        for named in find_entities(masked, vocabulary=self.vocabulary):
            span = Span(offset + named.start, offset + named.end)
            if span not in said:
                for name in named.names:
                    yield Mention(name, span, Form.ROW, scope, entity_span=span)

    def owners(self, index: int, block: Text) -> tuple[str, ...]:
        """Give whom the key-values of a block are about: the item around it, else its heading, if it begins with a name."""
        if isinstance(block, Heading):
            return ()
        return self._around(self.scopes.item_of(index)) or self._named_by(block.section)

    def _around(self, item: int) -> tuple[str, ...]:
        """Give whom the innermost of an item and those around it names that begins with a name."""
        if item not in self._items:
            self._items[item] = self._named_by(item) or self._around(self.scopes.item_of(item))
        return self._items[item]

    def _named_by(self, index: int) -> tuple[str, ...]:
        if index not in self._known:
            block = self.blocks[index]
            text = block.inline.text if isinstance(block, Heading | ListItem) else ""
            lead = read_lead(mask(text), 0, len(text), self.vocabulary) if may_name(text, self.vocabulary) else None
            named = lead is not None and lead.clean and len(lead.named.names) == 1
            self._known[index] = lead.named.names if lead is not None and named else ()
        return self._known[index]
