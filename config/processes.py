"""The desk's own processes on one machine: started together, watched, and ended together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

GRACE_SECONDS = 10  # a task cut off after it runs again: rows are the queue


class ProcessEnded(Exception):
    """A process of the desk ended by itself; the message names it and shows the end of its log."""


@dataclass
class ProcessGroup:
    """Processes that live and die together; a context manager."""

    folder: Path  # of the log files
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *module: str) -> None:
        """Start `python -m MODULE…`; it gets SIGTERM should this process vanish."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = ["setpriv", "--pdeathsig", "SIGTERM", sys.executable, "-m", *module]
        with (self.folder / f"{name}.log").open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and we end the others in order.
            self.processes[name] = subprocess.Popen(  # noqa: S603 -- our own processes
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def check(self) -> None:
        """Raise ProcessEnded if one of them has ended."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                lines = (self.folder / f"{name}.log").read_text(errors="replace").splitlines()[-8:]
                raise ProcessEnded(f"The {name} process ended with code {process.returncode}:\n" + "\n".join(lines))

    def watch(self) -> None:
        """Return never; raise ProcessEnded when one of them ends."""
        while True:
            self.check()
            time.sleep(0.5)

    def __enter__(self) -> "ProcessGroup":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self.processes.values():
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what is left of its session: children of its own
                _wait_for_end(process.pid)
            process.wait()


def _wait_for_end(group: int) -> None:
    """Return when nothing of a killed group is left; raises ProcessLookupError then. Two seconds at most: init may reap late."""
    for _ in range(100):
        os.killpg(group, 0)
        time.sleep(0.02)
