"""`ward up` as a user meets it: refusals, kills, restarts and the end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from redis import Redis

from running_ward import SERVICES, Ward, running_ward, start_ward
from wardops.embedded import Places, read_instance

pytestmark = pytest.mark.integration
WaitUntil = Callable[..., None]


def test_all_parts_run_and_a_second_one_is_refused_by_the_process_that_holds_it(
    ward: Ward,
) -> None:
    assert all(psutil.pid_exists(ward.pid(name)) for name in SERVICES)
    second = start_ward(ward.data)
    assert second.process.wait(30) == 1
    assert f"process {ward.process.pid}" in second.output
    assert ward.healthy()


def test_a_taken_port_is_named_and_nothing_is_left_running(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = start_ward(tmp_path / "data", port=port)
        assert refused.process.wait(30) == 1
    assert f"port {port}" in refused.output
    assert "--port" in refused.output
    assert not list((tmp_path / "data" / "run").glob("*.pid"))


def test_no_secret_stands_on_a_command_line(ward: Ward) -> None:
    instance = read_instance(Places(ward.data))
    assert instance is not None
    passwords = [url.split(":")[2].split("@")[0] for url in (instance.database_url,)]
    lines = [" ".join(process.cmdline()) for process in ward.processes()]
    assert not [line for line in lines for password in passwords if password in line]


@pytest.mark.parametrize("part", ["scheduler", "valkey", "postgres"])
def test_a_killed_part_is_told_and_started_again(ward: Ward, part: str, wait_until: object) -> None:
    assert callable(wait_until)
    killed = ward.pid(part)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: ward.pid(part) != killed, within_s=30, what=f"{part} again")
    assert f"{part} ended with SIGKILL" in ward.output
    wait_until(ward.healthy, within_s=60, what="healthy again")


def test_when_the_port_of_valkey_is_taken_all_learn_the_new_one(
    ward: Ward, wait_until: WaitUntil
) -> None:
    before = redis_url(ward)
    killed, port = ward.pid("valkey"), int(before.rsplit(":", 1)[1].split("/")[0])
    taken: list[socket.socket] = []

    def take() -> bool:
        with suppress(OSError):  # the kernel is still closing the dead server's
            taken.append(socket.create_server(("127.0.0.1", port)))
        return bool(taken)

    os.kill(ward.process.pid, signal.SIGSTOP)  # nobody starts it again before we have its port
    try:
        os.kill(killed, signal.SIGKILL)
        wait_until(take)
    finally:
        os.kill(ward.process.pid, signal.SIGCONT)
    with taken[0]:
        wait_until(lambda: redis_url(ward) != before, within_s=30, what="a new address")
        with Redis.from_url(redis_url(ward)) as redis:
            wait_until(lambda: redis.exists("ward:scheduler:leader"), within_s=60)
            wait_until(lambda: len(redis.keys("ward:heartbeat:*")) > 2, within_s=60)
        wait_until(ward.healthy, within_s=60, what="healthy again")


def redis_url(ward: Ward) -> str:
    instance = read_instance(Places(ward.data))
    assert instance is not None
    return instance.redis_url


def test_a_stop_ends_every_process_and_succeeds(tmp_path: Path) -> None:
    with running_ward(tmp_path / "with space") as ward:
        processes = ward.processes()
        assert ward.stop() == 0
    assert not [process for process in processes if process.is_running()]
    assert not list((tmp_path / "with space" / "run").glob("*.pid"))


def test_a_data_directory_that_was_deleted_is_begun_anew(tmp_path: Path) -> None:
    """As root, the cluster lies where its own user reaches it, and so outlives the directory."""
    data = tmp_path / "data"
    with running_ward(data):
        pass
    shutil.rmtree(data)
    with running_ward(data) as again:
        assert again.healthy()


def test_after_a_kill_of_the_supervisor_nothing_lives_on_and_the_next_start_works(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    with running_ward(data) as ward:
        processes = ward.processes()
        ward.process.kill()
        ward.process.wait()
        with running_ward(data) as again:
            assert again.healthy()
            assert not [process for process in processes if process.is_running()]
