"""Which executors of other programs can read documents: for now, a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Final, cast

from docsync.engine.request import JobError

_DASK: Final = "dask"
_SECONDS: Final = 10


@contextmanager
def executor_of(name: str) -> Iterator[Executor]:
    """Give the executor that `dask:ADDRESS` names, an address such as tcp://host:8786; raises JobError where there is none."""
    scheme, _, address = name.partition(":")
    if scheme != _DASK or not address:
        raise JobError(f"--executor {name}: expected dask:ADDRESS, such as dask:tcp://127.0.0.1:8786")
    try:
        from distributed import Client  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as error:
        raise JobError(
            f"--executor {name}: the package distributed is not installed; the extra docsync-md[dask] brings it"
        ) from error
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # as below
    except (OSError, ValueError) as error:
        raise JobError(f"--executor {name}: no Dask scheduler answers there: {str(error).splitlines()[0]}") from error
    with client:
        yield cast("Executor", client.get_executor())  # type: ignore[no-untyped-call]  # distributed is not typed
