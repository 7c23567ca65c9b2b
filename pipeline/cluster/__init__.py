"""Beyond one machine: articles as DataFrames for any engine, and a thin reader and writer of Parquet for Dask.

`python -m pipeline.cluster ARTICLES.parquet --out DIR` is the command. Needs `pip install "defpress[dask]"`.
"""

from pipeline.cluster.articles import process

__all__ = ["process"]
