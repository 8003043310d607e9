"""The Celery application: JSON only, no results, acknowledged early, one queue per site.

Probe tasks acknowledge when they start: the next slot is their retry. Nothing in a message is
secret, and a task that cannot succeed goes to the dead letters at once.
"""

from __future__ import annotations

from celery import Celery
from kombu import Queue

from wardops.core.settings import Settings

# Above the longest hard time limit, or a slow task would be delivered twice.
VISIBILITY_TIMEOUT_S = 900


def queue_names(settings: Settings) -> dict[str, str]:
    """Every queue there is, by purpose."""
    return {
        "probe": f"probe.{settings.site}",
        "alert": "alert",
        "maintenance": "maintenance",
    }


def create_celery(settings: Settings) -> Celery:
    """An application that can send and, with tasks bound to it, run."""
    app = Celery("wardops", broker=settings.redis_url.reveal(), set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=False,
        task_create_missing_queues=False,
        task_queues=[Queue(name) for name in queue_names(settings).values()],
        task_default_queue="maintenance",
        task_publish_retry=False,
        task_time_limit=600,
        task_soft_time_limit=540,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        worker_max_tasks_per_child=50_000,
        worker_max_memory_per_child=150_000,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_pool_limit=2,
        broker_transport_options={
            "visibility_timeout": VISIBILITY_TIMEOUT_S,
            "unacked_restore_interval": 2,
            "unacked_restore_limit": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": settings.connect_timeout_s,
            "socket_keepalive": True,
            "health_check_interval": 10,
        },
        timezone="UTC",
        enable_utc=True,
    )
    return app
