"""Whether a column's header, a row's label or a key names something that adds up."""

from __future__ import annotations

import re

from docsync.models.blocks import Table
from docsync.parser.statements import plain

_NOT_ADDITIVE = re.compile(
    r"""\b(?:mean|avg|average|median|p\d{2}|percentile|latency|coverage|covered|efficiency|cumulative|cumul|running|rate|ratio|speed
      |speed-?up|throughput|per|score|grade|rating|accuracy|precision|recall|version|date|priority|weight(?:ed|ing)?|factor|multiplier
      |improvement|reduction|change|delta|growth|increase|decrease|min|max|minimum|maximum|peak|confidence|quality|complexity|roi|mttr
      |target|threshold|goal|limit|budgeted|level|rank|order|id|no|line|lines?\srange|year|index|utili[sz]ation|usage|status|progress
      |completion|complete|done\s?%|success|pass\srate|unique|distinct|overlap|current\svs|stack|week|weeks\sof|phase|sprint|day|start|end
      |from|to|until|by|remaining\sdays|response|timeout|velocity|frequency|probability|overhead|gain|savings?|saved|saving)\b
    | /\s?(?:s|sec|second|min|hour|hr|day|week|month|mo|year|yr|file|task|item|test|module|call|request|page)\b | % | \#
    | ^x$ | \bx\b""",
    re.IGNORECASE | re.VERBOSE,
)


def is_additive(header: str) -> bool:
    """Tell whether numbers under a header can be added: no averages, rates, shares, ranks or bounds."""
    return _NOT_ADDITIVE.search(header) is None


_SHARE = re.compile(
    r"\W*(?:%|percent(?:age)?|shares?|proportion|distribution|weight(?:ing)?|% of .{1,20}|.{1,20}\s%)\W*", re.IGNORECASE
)
_VALUES = frozenset(
    {"value", "values", "before", "after", "baseline", "current", "now", "actual", "achieved", "result", "results"}
)
_METRICS = frozenset(
    {"metric", "metrics", "measure", "measurement", "property", "statistic", "statistics", "stat", "indicator", "kpi", "field"}
    | {"parameter", "attribute", "aspect"}
)
_WEIGHT = re.compile(r"\bweight(?:s|ing)?\b", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:increase|decrease|growth|change|difference|delta|reduction|savings?|saved|improvement|gain|impact|average|mean|median"
    r"|score|rating|grade|rate|coverage)\b",
    re.IGNORECASE,
)


def is_share(header: str) -> bool:
    """Tell whether percentages under a header are shares of one whole."""
    return _SHARE.fullmatch(header) is not None


def is_weighted(table: Table) -> bool:
    """Tell whether a table weighs its rows, so that its totals are means."""
    return any(_WEIGHT.search(cell.text) for cell in table.header.cells)


def is_sum(label: str) -> bool:
    """Tell whether what a total row calls itself can be a sum: no total increase, saving or score."""
    return _DIFFERENCE.search(label) is None


def is_value(header: str) -> bool:
    """Tell whether a column's header leaves it to each row to say what is measured."""
    return header.strip().lower() in _VALUES


def is_metric(table: Table) -> bool:
    """Tell whether the rows of a table are different metrics, by the header of its first column."""
    return plain(table.header.cells[0].text).lower() in _METRICS
