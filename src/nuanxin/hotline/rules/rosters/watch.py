"""Looks on while a month is solved: says how far it is, and stops it when asked to. Pure: who listens is the caller's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Thread

from ortools.sat.python import cp_model

from nuanxin.hotline.rules.rosters.answer import Progress

BEAT = 0.5  # seconds between two looks at a search that runs


Tell = Callable[[Progress], bool]  # true: stop now, and keep the best so far


class Watch:
    """Carries the progress of one search. Without a listener nothing is told and nothing stops."""

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell
        self.progress = Progress()
        self.stopped = False

    def at(self, **change: object) -> bool:
        """Say where the search is now; whether it has to stop."""
        self.progress = replace(self.progress, **change)  # type: ignore[arg-type]
        if self._tell is not None and not self.stopped:
            self.stopped = self._tell(self.progress)
        return self.stopped

    def solve(self, model: cp_model.CpModel, solver: cp_model.CpSolver) -> cp_model.CpSolverStatus:
        """Run the solver. It works on a thread of its own, so that the listener is called on the caller's."""
        if self._tell is None:
            return solver.solve(model)
        found: list[cp_model.CpSolverStatus] = []
        worker = Thread(target=lambda: found.append(solver.solve(model)), daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(BEAT)
            if worker.is_alive() and self.at():
                solver.stop_search()
        return found[0] if found else cp_model.UNKNOWN
