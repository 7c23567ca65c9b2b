"""Former name of `pipeline.extractor`."""

from pipeline.extractor import Extractor, extract

__all__ = ["Extractor", "extract"]
