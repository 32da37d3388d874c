"""The door: every run starts here and ends with an exit code, whatever happens inside."""

from __future__ import annotations

import gc
import os
import sys

from docsync.cli.exits import FAILED, INTERRUPTED

TYPE_CHECKING = False  # importing typing takes as long as all else here
if TYPE_CHECKING:
    from collections.abc import Callable

_REPORT = "this is a fault of docsync; please report it (DOCSYNC_DEBUG=1 shows where it happened)"


def main() -> None:
    """Run docsync on the arguments of the process."""
    gc.disable()  # what a run holds is no garbage before its end, and walking through it takes longer than the run
    sys.exit(run(sys.argv[1:]))


def run(given: list[str] | tuple[str, ...]) -> int:
    """Run docsync and give its exit code; nothing that goes wrong ends in a traceback."""
    return _guarded(_anyhow, list(given))


def run_here(arguments: list[str]) -> int:
    """Run docsync in this process, whatever was kept and whoever stands by, and give its exit code."""
    return _guarded(_invoked, arguments)


def _guarded(way: Callable[[list[str]], int], arguments: list[str]) -> int:
    try:
        # Imported here so that an interrupt while modules load is caught as well.
        from docsync.cli.streams import prepare  # noqa: PLC0415

        prepare()
        return way(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last resort
        return _crashed(error)


def _anyhow(arguments: list[str]) -> int:
    """Run docsync in the cheapest way there is."""
    code = _again(arguments)
    if code is not None:
        return code
    from docsync.cli.handing_over import handed_over, is_handed, leave_behind  # noqa: PLC0415

    if not is_handed(arguments):
        return _invoked(arguments)
    code = handed_over(arguments)
    if code is None:
        code = _invoked(arguments)
        leave_behind(arguments)
    return code


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
    if isinstance(error, FileNotFoundError) and not _has_folder():
        print("docsync: the current folder is gone; change to one that is there", file=sys.stderr)  # noqa: T201  # as below
        return FAILED
    said = ascii(str(error))[1:-1]  # whatever it quotes of a document must not steer the terminal
    print(f"docsync: {type(error).__name__}: {said}; {_REPORT}", file=sys.stderr)  # noqa: T201  # there is no logger
    return FAILED


def _has_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True
