"""`python -m pipeline.cluster`: Parquet files of articles to Parquet tables, on many processes or machines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import Lexicons, main, report_run, single_threaded
from pipeline.errors import DependencyError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def cluster(
    paths: Annotated[list[str], typer.Argument(metavar="ARTICLES...", help="Parquet files, or folders of them.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Run folder: one folder a table, one file a partition.")],
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes of a cluster on this machine.")] = 2,
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="Use a Dask cluster that runs already.")] = "",
    rows: Annotated[int, typer.Option(min=1, metavar="N", help="Articles a partition.")] = 1000,
    lexicon: Lexicons = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Read articles from Parquet files on a cluster. Started again, it goes on where it was interrupted.

    Example: python -m pipeline.cluster articles/ --out outputs/presse --workers 2
    """
    single_threaded()
    try:
        from pipeline.cluster.run import Options, run
    except ModuleNotFoundError as error:
        advice = 'Install it with: pip install "defpress[dask]"'
        raise DependencyError("cluster", f"the package '{error.name}' is not installed", "", advice) from error
    options = Options(tuple(paths), out, workers, scheduler, tuple(lexicon or ()), rows)
    hint = "complete partitions are kept. Go on with the same command"
    report_run(lambda progress: run(options, progress=progress), quiet=quiet, hint=hint)


if __name__ == "__main__":
    main(app)
