"""Finding 4: a worker child is small and stays so, however long it probes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median

import pytest
from redis import Redis

from wardops import inventory
from wardops.core.database import Database
from wardops.core.settings import Settings
from wardops.inventory import DeviceValues
from wardops.worker.app import create_celery

MOST_MB = 150
DEVICES, ROUNDS = 1000, 100

# A process of its own, as in the field: nothing of the test run is in its memory. The inventory
# changes now and then, since plans and packets are kept by version.
CHILD = """
import json, sys
from wardops import inventory, scheduling
from wardops.core.clock import now
from wardops.core.settings import load_settings
from wardops.worker.child import Child
from wardops.worker.schedule import PROBE_TASK
from wardops.worker.tasks import JOBS, _guarded

child = Child.start(load_settings(), worker="memory", queues=("probe.main",))
probe = _guarded(PROBE_TASK, JOBS[PROBE_TASK], lambda: child)
seen, begin = [], int(now().timestamp() * 1000)
for number in range(int(sys.argv[1])):
    if number % 10 == 0:
        with child.database.transaction() as session:
            session.execute("UPDATE devices SET notes = %s WHERE id %% 100 = 0", (str(number),))
        with child.database.reading() as session:
            version = inventory.plan_version(session)
            targets = inventory.targets_to_probe(
                session, link_cadence_ms=3000, device_cadence_ms=3000)
        (shard,) = scheduling.cut(targets, version=version, shard_size=5000)
        child.plans.publish(version, [shard])
    slot = begin + number * 3000
    probe(site="main", cadence_ms=3000, index=0, version=version, slot=slot)
    seen.append(child.pulse.process.memory_info().rss / 2**20)
with child.database.reading() as session:
    done = session.tuples("SELECT slots_done, silent FROM shard_runs")
child.close()
print(json.dumps({"mb": seen, "done": done}))
"""


@pytest.mark.finding(4)
@pytest.mark.timeout(300)
def test_a_child_is_as_big_after_100_000_probes_as_in_its_first_third(
    settings: Settings, redis: Redis, db: Database
) -> None:
    assert redis
    with db.transaction() as session:
        inventory.insert_devices(
            session,
            [
                DeviceValues(name=f"device-{n}", ip=f"127.79.{n // 250}.{n % 250 + 1}", type="atm")
                for n in range(DEVICES)
            ],
        )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("WARD_")},
        "WARD_DATABASE_URL": settings.database_url.reveal(),
        "WARD_REDIS_URL": settings.redis_url.reveal(),
        "WARD_DATA_DIR": str(settings.data_dir),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(ROUNDS)],
        env=environment,
        cwd=settings.data_dir,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["done"] == [[ROUNDS, 0]]
    third = ROUNDS // 3
    first, last = median(told["mb"][:third]), median(told["mb"][-third:])
    assert max(told["mb"]) < MOST_MB, told["mb"]
    assert last - first < 2, told["mb"]


@pytest.mark.finding(4)
def test_a_child_that_grows_beyond_its_bound_is_replaced(settings: Settings) -> None:
    assert create_celery(settings).conf.worker_max_memory_per_child == MOST_MB * 1000
