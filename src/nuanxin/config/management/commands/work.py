"""``nuanxin work``: the background jobs of every room."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuanxin.config import schedule, work


class Command(BaseCommand):
    help = "Run the background jobs of every room until SIGTERM. One worker has the work; others stand by."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="run each job one time and end; 1 when one failed"
        )
        parser.add_argument("--only", metavar="JOB", help="only this job")
        parser.add_argument("--list", action="store_true", help="name the jobs and their pace")

    def handle(self, *, once: bool, only: str | None, list: bool, **_: Any) -> None:
        jobs = schedule.periodic_jobs()
        if only is not None:
            jobs = [job for job in jobs if job.name == only]
            if not jobs:
                raise CommandError(f"no job is called {only}; nuanxin work --list names them", returncode=2)
        if list:
            for job in jobs:
                self.stdout.write(f"{job.name:<32} every {job.every:g} s")
            return
        raise SystemExit(work.main(jobs, once=once))
