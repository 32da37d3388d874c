from __future__ import annotations

from claims_reading import Page

from docsync.models.standings import Standing
from docsync.parser.claims.standings import read_standings
from docsync.parser.vocabulary import DEFAULT


def standings(text: str) -> list[Standing]:
    page = Page(text)
    return list(read_standings(page.blocks, page.scopes, DEFAULT))


def shares(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.status.value, str(one.share)) for one in standings(text) if one.share is not None]


TABLE = """\
| Part     | {status}    | {share} |
|----------|-------------|---------|
| Quay     | ✅ Complete | 95%     |
| ~~Ramp~~ | Complete    | 5%      |
| Rope     | Complete    | ~9%     |
"""


def test_rows_with_a_status_and_a_share() -> None:
    assert shares(TABLE.format(status="Status", share="Progress")) == [("Quay", "resolved", "95")]
    assert shares(TABLE.format(status="State", share="% complete")) == [("Quay", "resolved", "95")]
    assert shares(TABLE.format(status="Status", share="Coverage")) == []
    assert shares(TABLE.format(status="Remark", share="Progress")) == []


def test_items_whose_signs_go_with_their_shares() -> None:
    items = ["- ✅ Survey (100%)", "- ✅ Pier (60%)", "- 🚧 Ferries (30%)"]
    assert [name for name, _, _ in shares("\n".join(items))] == ["Survey", "Pier", "Ferries"]
    assert shares("\n".join(items[:2])) == []  # too few to tell
    assert shares("- ✅ Found (92%)\n- ✅ Lit (97%)\n- ❌ Lost (3%)") == []  # measures, not shares of the work
    assert shares("\n".join([*items, "- 🚧 Lamps (100%)"])) == []


def test_the_status_of_a_document_stands_at_its_edges() -> None:
    top, end = "# Pier\n\n**Status**: Draft\n\n## One\n\n**Status**: Done\n\n", "**Status**: All is planned. Not started\n"
    text = top + "Text.\n\n" * 9 + end
    assert [one.raw for one in standings(text)] == ["Draft", "All is planned. Not started"]


def test_spans_mark_status_and_share() -> None:
    text = TABLE.format(status="Status", share="Progress")
    (one,) = standings(text)
    assert one.share_span is not None
    assert (text[one.span.start : one.span.end], text[one.share_span.start : one.share_span.end]) == ("✅ Complete", "95")
