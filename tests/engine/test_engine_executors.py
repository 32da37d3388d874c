from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from distributed import LocalCluster

from docsync import engine
from docsync.cli.main import run
from docsync.config.loading import default_config
from docsync.engine import JobError, Request, pool
from docsync.engine.pool import read_all, read_with
from docsync.engine.reading import read_file
from docsync.engine.request import Crew
from lighthouse import BOARD, LAMP
from trees import plant

pytestmark = pytest.mark.filterwarnings("default")  # whatever another program's threads warn of is not ours to fail on


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(  # type: ignore[no-untyped-call]  # distributed is not typed
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as started:
        yield started


@pytest.fixture
def sizes(tmp_path: Path) -> dict[str, int]:
    files = {f"{at}.md": (LAMP if at % 2 else BOARD) + "word\n" * at for at in range(60)}
    plant(tmp_path, files | {"latin.md": b"\xe9"})
    return {path: len(text) for path, text in files.items()} | {"latin.md": 1, "absent.md": 0}


def test_a_cluster_of_two_reads_what_one_process_does(cluster: LocalCluster, tmp_path: Path, sizes: dict[str, int]) -> None:
    alone = {path: read_file(str(tmp_path), path, default_config()) for path in sizes}
    crew = Crew(executor=f"dask:{cluster.scheduler_address}")
    assert read_all(str(tmp_path), default_config(), sizes, crew) == alone
    assert list(read_all(str(tmp_path), default_config(), sizes, crew)) == list(sizes)


def test_a_check_on_a_cluster_says_what_one_here_says(cluster: LocalCluster, tmp_path: Path, sizes: dict[str, int]) -> None:
    del sizes
    crew = Crew(executor=f"dask:{cluster.scheduler_address}")
    there = engine.check(Request(str(tmp_path), (), cache=False, crew=crew))
    assert there == engine.check(Request(str(tmp_path), (), cache=False))
    assert there.diagnostics


@pytest.mark.parametrize("under_way", [0, 1, 256])
def test_any_executor_will_do(tmp_path: Path, sizes: dict[str, int], under_way: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_MOST_SENT", under_way)
    monkeypatch.setattr(pool, "_SENT_AT_ONCE", 7)
    with ThreadPoolExecutor(2) as executor:
        found = read_with(executor, str(tmp_path), default_config(), sizes)
    assert found == {path: read for path in found if (read := read_file(str(tmp_path), path, default_config()))}
    assert found.keys() == sizes.keys() - {"absent.md"}


def test_workers_of_another_version_are_told(tmp_path: Path, sizes: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "read_sent", lambda *_: ("0.0.1", None))
    with ThreadPoolExecutor(1) as executor, pytest.raises(JobError, match=r"a worker .* runs docsync 0\.0\.1, this is"):
        read_with(executor, str(tmp_path), default_config(), sizes)


@pytest.mark.usefixtures("sizes")
def test_an_executor_out_of_reach_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("docsync.engine.executors._SECONDS", 1)
    for name, said in {
        "dask": "expected dask:ADDRESS",
        "ray:here": "expected dask:ADDRESS",
        "dask:tcp://127.0.0.1:1": "no Dask scheduler answers there",
        "dask:nowhere at all": "no Dask scheduler answers there",
    }.items():
        assert run(["check", "--root", str(tmp_path), "--no-cache", "--executor", name]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert "Traceback" not in told


def test_the_number_of_processes_changes_nothing(
    tmp_path: Path, sizes: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    del sizes
    said = set()
    for jobs in ("1", "2", "5"):
        run(["check", "--root", str(tmp_path), "--no-cache", "--output-format", "json", "--jobs", jobs])
        said.add(capsys.readouterr().out)
    assert len(said) == 1
    assert json.loads(said.pop())["diagnostics"]
