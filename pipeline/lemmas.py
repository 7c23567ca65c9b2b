"""Lemmas by the tables of fr_core_news_md, word by word as its lemmatiser gives them."""

from __future__ import annotations

import json
from functools import cache, lru_cache

from pipeline.derived import Arrays, derived, position, sorted_by_key
from pipeline.model import model_path

# Parts of speech that the lemmatiser reads by form; the others keep the form or are looked up
_BY_FORM = frozenset("NOUN VERB ADJ ADP ADV AUX CCONJ DET PRON PUNCT SCONJ".split())


class Tables:
    """The tables of the lemmatiser, searched by hash: lemmas, lemmas of irregular forms, rules, lemmas by form."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.rules: dict[str, list[tuple[str, str]]] = json.loads(arrays["rules"].tobytes())

    def is_lemma(self, form: str, pos: str) -> bool:
        return position(self._arrays["index"], _hash(pos, form)) >= 0

    def irregular(self, form: str, pos: str) -> str:
        """Lemma of an irregular form, "" for others."""
        return self._lemma("irregular", _hash(pos, form))

    def lookup(self, form: str) -> str:
        """Lemma of a form whatever its part of speech, "" without one."""
        from spacy.strings import get_string_id

        return self._lemma("lookup", get_string_id(form))

    def _lemma(self, table: str, key: int) -> str:
        at = position(self._arrays[table], key)
        if at < 0:
            return ""
        number = self._arrays[f"{table}_lemmas"][at]
        start, stop = self._arrays["starts"][number : number + 2]
        return self._arrays["letters"][start:stop].tobytes().decode()


@lru_cache(maxsize=50_000)
def lemma_of(form: str, pos: str) -> str:
    """Lemma of a form as one part of speech (Universal Dependencies).

    Examples:
        >>> lemma_of("livraisons", "NOUN"), lemma_of("Sukhoï", "PROPN")
        ('livraison', 'Sukhoï')
    """
    tables = load_tables()
    if pos in ("", "EOL", "SPACE"):
        return form.lower()
    if pos in _BY_FORM:
        form = form.lower()
        if tables.is_lemma(form, pos):
            return form
        lemma = tables.irregular(form, pos) or _by_rule(form, pos, tables)
        if lemma:
            return lemma
    return tables.lookup(form) or form


def _by_rule(form: str, pos: str, tables: Tables) -> str:
    """The first known lemma that a rule gives; failing that, the first one; "" without any."""
    unknown = ""
    for ending, replaced in tables.rules.get(pos, ()):
        if form.endswith(ending):
            lemma = form.removesuffix(ending) + replaced
            if lemma and (not lemma.isalpha() or tables.is_lemma(lemma, pos)):
                return lemma
            unknown = unknown or lemma
    return unknown


@cache
def load_tables() -> Tables:
    """The tables of the installed model, read once a process."""
    return Tables(derived("lemmas", [model_path() / "lemmatizer" / "lookups" / "lookups.bin"], _build))


def _build() -> Arrays:
    import numpy
    import srsly  # type: ignore[import-untyped]
    from spacy.strings import get_string_id

    raw = srsly.read_msgpack(model_path() / "lemmatizer" / "lookups" / "lookups.bin")
    names = {get_string_id(pos.lower()): pos for pos in _BY_FORM}
    index, irregular, rules = (
        {names[key]: table for key, table in raw[name].items() if key in names}
        for name in ("lemma_index", "lemma_exc", "lemma_rules")
    )
    # the key of `_hash`, written out: half of the time of a build would go into its calls
    by_form = {
        get_string_id(f"{pos}\t{form}"): found[0]
        for pos in irregular
        for form, found in irregular[pos].items()
        if found
    }
    known = [get_string_id(f"{pos}\t{lemma}") for pos in index for lemma in index[pos]]
    lookup = {key: found[0] for key, found in raw["lemma_lookup"].items()}
    lemmas = list(dict.fromkeys([*by_form.values(), *lookup.values()]))
    letters = [lemma.encode() for lemma in lemmas]
    numbers = {lemma: number for number, lemma in enumerate(lemmas)}
    return {
        "index": numpy.sort(numpy.array(known, dtype="u8")),
        "rules": numpy.frombuffer(json.dumps(rules).encode(), dtype="u1"),
        "starts": numpy.cumsum([0, *map(len, letters)], dtype="u4"),
        "letters": numpy.frombuffer(b"".join(letters), dtype="u1"),
        **sorted_by_key("irregular", "irregular_lemmas", {key: numbers[lemma] for key, lemma in by_form.items()}),
        **sorted_by_key("lookup", "lookup_lemmas", {key: numbers[lemma] for key, lemma in lookup.items()}),
    }


def _hash(pos: str, form: str) -> int:
    from spacy.strings import get_string_id

    return get_string_id(f"{pos}\t{form}")
