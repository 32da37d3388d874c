"""How numbers went over time, as a drawing that any browser shows and that is the same for the same history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from html import escape as escape_markup
from math import ceil, log10
from typing import Final

from msgspec import Struct

from docsync.models.history import History
from docsync.project.series import Reading, Series
from docsync.reporters.escaping import escape

_WIDTH: Final = 960
_HEIGHT: Final = 420
_LEFT: Final = 64
_RIGHT: Final = 24
_TOP: Final = 48
_BOTTOM: Final = 48
_LEGEND: Final = 20
_DATES: Final = 6
_STEPS: Final = 5
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5b5b5b", "#8c510a")
"""Told apart by those who see few colours, too."""
_LONGEST: Final = 60
_HEAD: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
    ' font-family="system-ui, sans-serif" font-size="13">'
)


class _Line(Struct, frozen=True):
    """Hold the points of one line: seconds and value; `faint` for what there is in all."""

    name: str
    points: tuple[tuple[float, float], ...]
    colour: str
    faint: bool = False


class _Frame(Struct, frozen=True):
    """Map seconds and values to the drawing."""

    first: float
    last: float
    most: float
    height: int

    def x(self, seconds: float) -> float:
        """Give where a moment is."""
        span = self.last - self.first
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * ((seconds - self.first) / span if span else 0)

    def y(self, value: float) -> float:
        """Give where a value is."""
        return self.height - _BOTTOM - (self.height - _TOP - _BOTTOM) * value / self.most


def drawing(history: History, series: Sequence[Series], chosen: Collection[int], title: str) -> str:
    """Draw what is left of each number that has a total, and the total in a faint line; other numbers as they are."""
    moments = _moments(history)
    shown = sorted(chosen)
    lines = [line for at, each in enumerate(series) for line in _lines(each, moments, shown, _COLOURS[at % len(_COLOURS)])]
    most = max((value for line in lines for _, value in line.points), default=0)
    height = _HEIGHT + _LEGEND * (len(lines) - 1 if lines else 0)
    first, last = (moments[shown[0]], moments[shown[-1]]) if shown else (0, 0)
    frame = _Frame(first, last, _ceiling(most), height - _LEGEND * max(len(lines) - 1, 0))
    parts = (
        _HEAD.format(width=_WIDTH, height=height),
        f"<title>{_text(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="26" font-size="16" fill="#222">{_text(title)}</text>',
        *_axes(frame),
        *(_path(frame, line) for line in lines),
        *(_legend(frame, line, at) for at, line in enumerate(lines)),
        *(() if lines else (f'<text x="{_LEFT}" y="{_HEIGHT / 2:.0f}" fill="#555">no commit here changed a number</text>',)),
        "</svg>",
    )
    return "".join(f"{part}\n" for part in parts)


def _lines(series: Series, moments: Sequence[float], shown: Sequence[int], colour: str) -> Iterator[_Line]:
    """Give the lines of a number, from what it was as the commits in question began to what it is after them."""
    if not shown or not series.readings:
        return
    if any(reading.total is not None for reading in series.readings):
        yield _Line(f"{series.name}: all", _points(series.readings, moments, shown, total=True), colour, faint=True)
        yield _Line(f"{series.name}: left", _points(series.readings, moments, shown, total=False), colour)
    else:
        yield _Line(series.name, _points(series.readings, moments, shown, total=False), colour)


def _points(
    readings: Sequence[Reading], moments: Sequence[float], shown: Sequence[int], *, total: bool
) -> tuple[tuple[float, float], ...]:
    points: list[tuple[float, float]] = []
    for reading in readings:
        left = reading.left if reading.left is not None else reading.value
        value = reading.total if total else left
        if value is not None and reading.commit <= shown[-1]:
            points.append((max(moments[reading.commit], moments[shown[0]]), float(value)))
    return (*points, (moments[shown[-1]], points[-1][1])) if points else ()


def _moments(history: History) -> list[float]:
    """Give when each commit was made, in seconds; clocks that went back are taken to have stood still."""
    latest = 0.0
    moments = []
    for commit in history.commits:
        latest = max(latest, datetime.fromisoformat(commit.committed).timestamp() if commit.committed else 0.0)
        moments.append(latest)
    return moments


def _ceiling(most: float) -> float:
    """Give the end of the scale: a round number above all values."""
    if most <= 0:
        return 1
    step = 10 ** max(ceil(log10(most / _STEPS)) - 1, 0)
    return float(next(step * factor * _STEPS for factor in (1, 2, 5, 10, 20) if step * factor * _STEPS >= most))


def _axes(frame: _Frame) -> Iterator[str]:
    for at in range(_STEPS + 1):
        value = frame.most * at / _STEPS
        y = frame.y(value)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{value:g}</text>'
    count = _DATES if frame.last > frame.first else 1
    for at in range(count):
        seconds = frame.first + (frame.last - frame.first) * at / max(count - 1, 1)
        day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
        anchor = "start" if at == 0 else "end" if at == count - 1 else "middle"
        yield f'<text x="{frame.x(seconds):.1f}" y="{frame.height - 24}" text-anchor="{anchor}" fill="#555">{day}</text>'


def _path(frame: _Frame, line: _Line) -> str:
    """Draw a line in steps: a number stays what it is until a commit changes it."""
    (start, value), *rest = line.points or ((frame.first, 0.0),)
    steps = "".join(f"H{frame.x(seconds):.1f}V{frame.y(after):.1f}" for seconds, after in rest)
    look = 'stroke-width="1" stroke-dasharray="4 3"' if line.faint else 'stroke-width="2"'
    return f'<path d="M{frame.x(start):.1f} {frame.y(value):.1f}{steps}" fill="none" stroke="{line.colour}" {look}/>'


def _legend(frame: _Frame, line: _Line, at: int) -> str:
    y = frame.height + _LEGEND * at - 4
    look = ' stroke-dasharray="4 3"' if line.faint else ' stroke-width="2"'
    last = f" ({line.points[-1][1]:g})" if line.points else ""
    mark = f'<path d="M{_LEFT} {y - 4}h24" stroke="{line.colour}"{look}/>'
    return f'{mark}<text x="{_LEFT + 32}" y="{y}" fill="#222">{_text(line.name)}{last}</text>'


def _text(text: str) -> str:
    shown = escape(text)
    return escape_markup(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…")
