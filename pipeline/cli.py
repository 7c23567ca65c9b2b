"""The command line: each command parses its arguments, calls one function and prints.

Nothing heavy is imported before a command needs it, so that `--help` is instant.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.errors import DefpressError, UsageError, on_one_line

if TYPE_CHECKING:
    from pipeline.runs.run import Progress, Summary

app = typer.Typer(
    name="defpress",
    help="French defence press to tables: who says, sells, strikes and signs what, with the sentence behind every row.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ShowFormat(StrEnum):
    """Formats of `defpress show`."""

    TEXT = "text"
    JSON = "json"


Lexicons = Annotated[
    list[str] | None,
    typer.Option("--lexicon", metavar="FILE", help="Your own weapons, organisations, places, aliases: .csv or .toml."),
]


@app.command()
def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for stdin.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Run folder.  [default: outputs/<name of the input>]")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="csv, json, html, xlsx, parquet, sqlite, graphml, gexf, spacy; repeat it or part them by commas."
            "  [default: csv,json,html]",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes; the result is the same for any.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the run that the folder holds.")] = False,
    lexicon: Lexicons = None,
    published: Annotated[
        str, typer.Option(metavar="DATE", help="Publication date of texts that carry none: 2024-05-31 or 31/05/2024.")
    ] = "",
    excel_fr: Annotated[
        bool, typer.Option("--excel-fr", help="Write CSV for a French Excel: byte order mark, ';', decimal comma.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Read articles and write one run folder of tables; what its review.csv corrects is corrected.

    Example: defpress extract corpus/ --out outputs/mai --format csv,xlsx --jobs 2
    """
    from pipeline.runs.run import Options, run

    options = Options(
        paths=tuple(paths),
        out=out,
        formats=_formats(formats),
        jobs=jobs,
        resume=resume,
        overwrite=overwrite,
        lexicons=tuple(lexicon or ()),
        published=_published(published),
        excel_fr=excel_fr,
    )
    single_threaded()
    hint = "what was read is kept. Go on with the same command and --resume"
    report_run(lambda progress: run(options, progress=progress), quiet=quiet, hint=hint)


@app.command()
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="One article, or - for stdin.")],
    format_: Annotated[ShowFormat, typer.Option("--format", help="For people or for machines.")] = ShowFormat.TEXT,
    lexicon: Lexicons = None,
    published: Annotated[str, typer.Option(metavar="DATE", help="Publication date of the article.")] = "",
) -> None:
    """Show one article with its mentions marked, then its claims and relations.

    Example: echo "La Russie livre des S-400 à l'Iran." | defpress show -
    """
    from pipeline.show import show_file

    single_threaded()
    text = show_file(
        file,
        as_json=format_ is ShowFormat.JSON,
        colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        lexicons=tuple(lexicon or ()),
        published=_published(published),
    )
    _to_stdout(text)


@app.command()
def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    row_id: Annotated[str, typer.Argument(metavar="ROW_ID", help="An id: m_…, c_…, r_…, t_…, COUNTRY:RUS.")] = "",
    missing: Annotated[
        str, typer.Option("--missing", metavar="PHRASE", help="Say why a phrase of the run's articles gave nothing.")
    ] = "",
    lexicon: Lexicons = None,
) -> None:
    """Say why a row is there: rule, cues, dependency path, sentence.

    Example: defpress explain outputs/la-russie-va-aider-l-iran COUNTRY:IRN

    Example: defpress explain outputs/la-russie-va-aider-l-iran --missing "technologies anti-brouillage"
    """
    if bool(row_id) == bool(missing):
        raise UsageError("explain", "give either a ROW_ID or --missing PHRASE", "", "See: defpress explain --help")
    single_threaded()
    lexicons = tuple(lexicon or ())
    if missing:
        from pipeline.explain_missing import explain_missing

        _to_stdout(explain_missing(run, missing, lexicons=lexicons))
    else:
        from pipeline.explain import explain_row

        _to_stdout(explain_row(run, row_id, lexicons=lexicons))


@app.command()
def diff(
    first: Annotated[Path, typer.Argument(metavar="RUN1", help="The run before.")],
    second: Annotated[Path, typer.Argument(metavar="RUN2", help="The run after.")],
) -> None:
    """List the mentions, claims and relations that appeared (+), vanished (-) or changed (~) between two runs.

    Example: defpress diff outputs/mai outputs/mai-nouveau-lexique
    """
    from pipeline.compare import compare_runs

    _to_stdout(compare_runs(first, second))


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold files or folders of them.")],
    json_: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss and every false alarm.")] = False,
    lexicon: Lexicons = None,
) -> None:
    """Measure precision, recall and F1 against annotated articles (format: corpus/gold/README.md).

    Example: defpress evaluate corpus/gold
    """
    from pipeline.evaluation import evaluate_paths

    single_threaded()
    _to_stdout(evaluate_paths(gold, as_json=json_, with_errors=errors, lexicons=tuple(lexicon or ())))


@app.command("check-data")
def check_data(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="Your own lexicons; without any, the packaged ones."),
    ] = None,
) -> None:
    """Check lexicons and put every example sentence through the extractor; all problems are listed at once.

    Example: defpress check-data my-weapons.csv
    """
    from pipeline.lexicon.checks import check

    single_threaded()
    found = check(files or [])
    for problem in found.problems:
        typer.echo(on_one_line(problem))
    typer.echo(found.summary, err=True)
    raise typer.Exit(1 if found.problems else 0)


def main(app: typer.Typer = app) -> None:
    """Run a command line, `defpress` by default; a user's mistake is one line on stderr, never a trace."""
    try:
        app()
    except DefpressError as error:
        to_stderr(f"defpress: {error}")
        sys.exit(error.exit_status)
    except BrokenPipeError:
        # The reader (`head`) has had enough; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _formats(written: list[str] | None) -> tuple[str, ...]:
    from pipeline.exports import DEFAULT_FORMATS, exporter

    names = [name.strip().lower() for text in written or [] for name in text.split(",") if name.strip()]
    if not names:
        return DEFAULT_FORMATS
    for name in sorted({*names} - {*DEFAULT_FORMATS}):
        exporter(name)  # before an hour of work, not after it
    return tuple(dict.fromkeys(names))


def _published(written: str) -> str:
    from pipeline.documents.dates import iso_date

    date = iso_date(written)
    if written and not date:
        raise UsageError("--published", f"'{written}' is not a date", "Expected one like 2024-05-31 or 31/05/2024")
    return date


def single_threaded() -> None:
    """One thread for linear algebra: more only makes short texts slower, and workers fight for the cores."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _to_stdout(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))
    sys.stdout.flush()


def report_run(work: Callable[[Progress], Summary], *, quiet: bool, hint: str) -> NoReturn:
    """Do a run with its progress and summary on the terminal, then leave the program.

    Args:
        work: the run, told where to report its progress.
        quiet: say nothing but failures.
        hint: what an interrupted run leaves, and how to go on.
    """
    from pipeline.runs.report import Reporter

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    reporter = Reporter(quiet=quiet)
    try:
        with reporter:
            summary = work(reporter.progress)
    except KeyboardInterrupt:
        to_stderr(f"defpress: interrupted; {hint}")
        raise typer.Exit(130) from None
    reporter.summary(summary)
    raise typer.Exit(1 if summary.failures else 0)


def to_stderr(text: str) -> None:
    """Print a message; what the terminal's encoding does not have is written as an escape."""
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, errors="backslashreplace").decode(encoding), file=sys.stderr)
