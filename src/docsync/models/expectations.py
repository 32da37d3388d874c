"""What a region should hold, as the generator gives it and the validator reads it."""

from __future__ import annotations

from msgspec import Struct


class Expectation(Struct, frozen=True, gc=False):
    """Say what a region should hold: the rendered body, or why it could not be rendered.

    `body` is the whole text between the markers' lines with line ends and prefix as the file has them; None when rendering
    failed, with `failure` saying why. `fresh` tells that the present body means the same as `body`. `edited` tells that the
    present body is neither what HEAD holds nor what docsync last wrote, or is `foreign`: docsync did not write it of late, and
    its blocks are of other sorts than those the view writes, so that it is somebody's own text even where HEAD holds it.
    """

    path: str
    region: str
    body: str | None
    failure: str = ""
    fresh: bool = True
    edited: bool = False
    foreign: bool = False
