"""`edu taxonomy`: bring reference data in, and say what there is."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from edu.db import unit_of_work
from edu.taxonomy import queries, service
from edu.taxonomy.core.archive import ArchiveRefused
from edu.taxonomy.core.recognise import FileKind, kind_of
from edu.taxonomy.core.sheets import SheetRefused
from edu.taxonomy.service import Report

SHOWN_PROBLEMS = 20


@click.group()
def taxonomy() -> None:
    """Reference data: skills, occupations, programmes, places."""


@taxonomy.command("import")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--language", default="en", help="Language of ESCO where an archive holds several.")
@with_appcontext
def import_files(paths: tuple[Path, ...], language: str) -> None:
    """Import PATHS: ESCO's zip archives, lists of provinces and communes (CSV), or folders.

    Without PATHS, what Nghề Số ships is installed. Importing the same again changes nothing.
    """
    by_kind = _sorted_out(_files(paths))
    _run("ours", service.install_curated)
    if esco := by_kind[FileKind.ESCO]:
        _run("ESCO", lambda: service.import_esco(esco, language=language, progress=_Progress()))
    if units := by_kind[FileKind.PROVINCES] + by_kind[FileKind.COMMUNES]:
        _run("units", lambda: service.import_units(units, progress=_Progress()))


@taxonomy.command()
@with_appcontext
def status() -> None:
    """Say what there is in each list, by source, and the last imports."""
    for line in queries.inventory():
        note = f", {line.retired:,} retired" if line.retired else ""
        click.echo(f"{line.list:22} {line.source:8} {line.active:>8,}{note}")
    for release in queries.releases():
        files = ", ".join(release.files)
        click.echo(f"release {release.number:<4} {release.created_at:%Y-%m-%d %H:%M}  {files}")


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files themselves; of a folder, the zips and CSV files right in it."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(each for each in path.iterdir() if each.suffix in {".zip", ".csv"})
        else:
            files.append(path)
    if paths and not files:
        raise click.ClickException("There is no .zip or .csv file there.")
    return files


def _sorted_out(files: Sequence[Path]) -> dict[FileKind, list[Path]]:
    by_kind: dict[FileKind, list[Path]] = {kind: [] for kind in FileKind}
    for path in files:
        kind = kind_of(path)
        if kind is None:
            raise click.ClickException(
                f"{path.name} is neither an archive of ESCO nor a list of provinces or communes "
                "(columns code, name, name_en, type and, for communes, province_code)."
            )
        by_kind[kind].append(path)
    for kind in (FileKind.PROVINCES, FileKind.COMMUNES):
        if len(by_kind[kind]) > 1:
            names = " and ".join(path.name for path in by_kind[kind])
            raise click.ClickException(f"Only one list of {kind} at a time, please: {names}.")
    return by_kind


def _run(what: str, work: Callable[[], Report]) -> None:
    try:
        with unit_of_work():
            report = work()
    except ArchiveRefused as refused:
        values = ", ".join(f"{name} {value}" for name, value in refused.values.items())
        raise click.ClickException(
            f"The archive was refused ({refused.code}: {values}). Nothing was changed."
        ) from None
    except SheetRefused as refused:
        lines = [
            f"  {each.file}, line {each.line}: {each.column} {each.rule} {each.value!r}"
            for each in refused.problems[:SHOWN_PROBLEMS]
        ]
        count = len(refused.problems)
        raise click.ClickException(
            "\n".join([f"The list has {count} mistakes. Nothing was changed.", *lines])
        ) from None
    _tell(what, report)


def _tell(what: str, report: Report) -> None:
    version = f"release {report.release}" if report.release else "nothing new"
    click.echo(f"{what}: {version}")
    for name, tally in report.tallies.items():
        numbers = ", ".join(f"{count:,} {how}" for how, count in tally.as_counts().items() if count)
        click.echo(f"  {name:22} {numbers or 'empty'}")
    for name, why, value in report.refusals:
        click.echo(f"  left out of {name}: {why} {value}")


class _Progress:
    """One line per list on a terminal, overwritten as it grows; silent elsewhere."""

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()

    def __call__(self, name: str, done: int) -> None:
        if self.is_shown:
            click.echo(f"\r  reading {name}: {done:,}   ", nl=False, err=True)
