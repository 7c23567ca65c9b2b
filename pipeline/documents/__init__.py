"""Readers: paths, folders, globs and stdin to `Document`, one input at a time; a bad input is an error for it alone."""

from pipeline.documents.inputs import Inputs, find_inputs
from pipeline.documents.language import detect_language
from pipeline.documents.read import DocumentSource, Item, read_document

__all__ = ["DocumentSource", "Inputs", "Item", "detect_language", "find_inputs", "read_document"]
