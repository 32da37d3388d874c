"""The door: every run starts here and ends with an exit code, whatever happens inside."""

from __future__ import annotations

import gc
import os
import sys

from docsync.cli.exits import FAILED, INTERRUPTED

_REPORT = "this is a fault of docsync; please report it (DOCSYNC_DEBUG=1 shows where it happened)"


def main() -> None:
    """Run docsync on the arguments of the process."""
    gc.disable()  # what a run holds is no garbage before its end, and walking through it takes longer than the run
    sys.exit(run(sys.argv[1:]))


def run(given: list[str] | tuple[str, ...]) -> int:
    """Run docsync and give its exit code; nothing that goes wrong ends in a traceback."""
    try:
        # Imported here so that an interrupt while modules load is caught as well.
        from docsync.cli.streams import prepare  # noqa: PLC0415

        prepare()
        arguments = list(given)
        code = _again(arguments)
        return _invoked(arguments) if code is None else code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last resort
        return _crashed(error)


def _again(arguments: list[str]) -> int | None:
    """Print what the same command printed last, where that still stands, and give its exit code."""
    if arguments[:1] not in (["check"], ["regenerate"]):
        return None
    from docsync.cache.answers import recalled  # noqa: PLC0415
    from docsync.cli.streams import emit  # noqa: PLC0415

    answer = recalled(arguments)
    if answer is None:
        return None
    emit(answer[0])
    return answer[1]


def _invoked(arguments: list[str]) -> int:
    from docsync.cli.table import invoke  # noqa: PLC0415  # most of what a run of an unchanged project would wait for

    return invoke(arguments)


def _crashed(error: Exception) -> int:
    if os.environ.get("DOCSYNC_DEBUG"):
        import traceback  # noqa: PLC0415  # for developers only

        traceback.print_exception(error)
    said = ascii(str(error))[1:-1]  # whatever it quotes of a document must not steer the terminal
    print(f"docsync: {type(error).__name__}: {said}; {_REPORT}", file=sys.stderr)  # noqa: T201  # there is no logger
    return FAILED
