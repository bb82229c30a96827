"""The report while it is being written."""

from courses.authoring.core.course import Reason, Report, ReportLine, Verdict


class Ledger:
    """Collects what became of everything, and knows which paths have been accounted for."""

    def __init__(self) -> None:
        self._lines: dict[tuple[object, ...], ReportLine] = {}
        self._settled: set[str] = set()

    def taken(self, reason: Reason, path: str, **values: str) -> None:
        """The file is part of the course now."""
        self._settled.add(path)
        self._write(ReportLine(Verdict.TAKEN, reason, path, values))

    def left(self, reason: Reason, path: str, **values: str) -> None:
        """The file is not taken."""
        self._settled.add(path)
        self._write(ReportLine(Verdict.SKIPPED, reason, path, values))

    def skipped(self, reason: Reason, path: str, **values: str) -> None:
        """Something in the file is not taken."""
        self._write(ReportLine(Verdict.SKIPPED, reason, path, values))

    def changed(self, reason: Reason, path: str, **values: str) -> None:
        """Something in the file is not as it was."""
        self._write(ReportLine(Verdict.CHANGED, reason, path, values))

    def has(self, path: str) -> bool:
        """True when it is said what became of the file."""
        return path in self._settled

    def report(self) -> Report:
        """All lines, each once, in the order they were first written."""
        return Report(tuple(self._lines.values()))

    def _write(self, line: ReportLine) -> None:
        key = (line.verdict, line.reason, line.path, *sorted(line.values.items()))
        self._lines.setdefault(key, line)
