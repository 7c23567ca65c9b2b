"""Silver names for press paragraphs: the stock model's output, corrected by the packaged lexicons and a few rules.

What the stock model gets wrong most often there: demonyms as places, designations of weapons as persons or
organisations, ministers as ministries, determiners and titles inside a name, ministries cut in two. Capitalised
words that nobody labelled are unknown rather than no name: the stock model misses two organisations in three.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from pipeline.training.corpora import Annotated, Name, longest

_DETERMINERS = frozenset("l' d' la le les du de des au aux à en un une leur".split())
_TITLES = frozenset(
    "m. mm. mme mlle dr me pr monsieur madame président présidente général générale colonel amiral capitaine ministre "
    "premier commandant sénateur secrétaire ambassadeur directeur cheikh".split()
)
# Capitalised and labelled by the stock model, yet no name by itself
_NO_NAME = frozenset(
    "État États Etat Défense Pays Nord Sud Est Ouest Centre Premier Transports Intérieur Information Objectif Critiques "
    "Escale Exercice Manœuvres Protestations Participation Groupe Enquêteur Corées Affaires VIP ICBM SLBM SRBM IRBM "
    "Premiers Justice Internet Web Jour Journée Républicain Constitution Mach GPS Covid-19".split()
)
_DESIGNATION = re.compile(r"\b(?:[A-Z][A-Za-z]{0,11}-?\d{1,4}[A-Z]{0,3}|[A-ZÉ][a-zé]+-\d{1,3})\b(?!-)")
_MINISTRY = re.compile(
    r"\b[Mm]inistères? (?:[a-zà-ÿ]+(?:-[a-zà-ÿ]+)? )?(?:de la |de l'|des |du |d')[A-ZÉ][\wéè]+(?: (?:nationale|étrangères|"
    r"intérieures|stratégiques?|publique|et (?:de l'|de la |du |des |d')?[A-ZÉ][\wé]+))?"
)
_MINISTER = re.compile(r"(?:[Vv]ice-)?[Mm]inistre|[Pp]résidente?|[Pp]remiere? ministre|Premier|[Dd]irecteur|[Pp]orte-parole")
_LEXICONS = (("organisations.csv", "ORG"), ("places.csv", "LOC"), ("countries.csv", "LOC"))
MIN_SHARE = 0.75  # below this share of one label a name that comes up often is unknown


def silver(nlp: Language, paragraphs: Iterable[str]) -> list[Annotated]:
    """Annotate paragraphs; `nlp` holds the stock `ner` and nothing that changes its output."""
    matcher = PhraseMatcher(nlp.vocab)
    for label, surfaces in _known().items():
        matcher.add(label, list(nlp.tokenizer.pipe(surfaces)))
    return _harmonised([_annotate(doc, matcher) for doc in nlp.pipe(paragraphs, batch_size=64)])


def _known() -> dict[str, list[str]]:
    """Unambiguous surfaces of the packaged lexicons by label; label `NONE` for demonyms."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, label in _LEXICONS:
        for row in _rows(name):
            found[label] += [s for s in _surfaces(row) if row.get("ambiguous", "") == "" and len(s) > 2]
            adjectives = (row.get(key) or "" for key in ("adj_ms", "adj_fs", "adj_mp", "adj_fp", "adj_more"))
            found["NONE"] += [form[:1].upper() + form[1:] for cell in adjectives for form in cell.split("; ") if form]
    for path in sorted((p for p in (files("pipeline") / "data" / "weapons").iterdir()), key=str):
        if path.name.endswith(".csv"):
            rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
            found["MISC"] += [s for row in rows if not row.get("ambiguous") for s in _surfaces(row) if len(s) > 2]
    return {label: sorted(set(surfaces)) for label, surfaces in found.items() if surfaces}


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = files("pipeline") / "data" / name
    if path.is_file():
        yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def _surfaces(row: dict[str, str]) -> list[str]:
    cells = (row.get(key) or "" for key in ("name", "variants", "aliases", "acronyms", "acronym"))
    return [s for cell in cells for s in cell.split("; ") if s and not s.islower() and s[0].isupper()]


def _annotate(doc: Doc, matcher: PhraseMatcher) -> Annotated:
    sure = [Name(m.start(), m.end(), "ORG") for m in _MINISTRY.finditer(doc.text)]
    sure += [Name(m.start(), m.end(), "MISC") for m in _DESIGNATION.finditer(doc.text) if m[0] not in _NO_NAME]
    stock = [name for span in doc.ents for name in _corrected(span)]
    long_orgs = [n for n in stock if n.label == "ORG" and " " in doc.text[n.start : n.end]]
    matches = [doc[start:end] for _, start, end in matcher(doc)]
    known = [
        Name(span.start_char, span.end_char, doc.vocab.strings[key])
        for (key, _, _), span in zip(matcher(doc), matches, strict=True)
    ]
    known = [n for n in known if not any(o.start <= n.start and n.end <= o.end for o in long_orgs)]
    names = longest([*known, *sure])
    names = tuple([*names, *(n for n in longest(stock) if not _touched(n, names))])
    kept = tuple(sorted((n for n in names if n.label in ("PER", "LOC", "ORG", "MISC")), key=lambda n: n.start))
    return Annotated(doc.text, kept, tuple(_unlabelled(doc, names)))


def _touched(name: Name, names: Iterable[Name]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in names)


def _corrected(span: Span) -> list[Name]:
    """The stock entity without determiners, titles and stray ends; nothing for ministers and common nouns."""
    tokens = list(span)
    if _MINISTER.match(span.text) or tokens[0].lower_ in ("m.", "mme"):
        while tokens and (not tokens[0].text[0].isupper() or tokens[0].lower_ in _TITLES or tokens[0].text in _NO_NAME):
            tokens = tokens[1:]
        return [_name(tokens, "PER")] if len(tokens) > 1 or (tokens and span.label_ == "PER") else []
    strip = _DETERMINERS | _TITLES if span.label_ in ("PER", "LOC") else _DETERMINERS
    while tokens and (tokens[0].lower_ in strip or not tokens[0].text[0].isalnum()) and len(tokens) > 1:
        tokens = tokens[1:]
    while len(tokens) > 1 and (tokens[-1].lower_ in _DETERMINERS or not tokens[-1].text[-1].isalnum()):
        tokens = tokens[:-1]
    surface = tokens[0].doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
    if surface in _NO_NAME or surface.islower() or not surface[-1].isalnum():
        return []
    return [_name(tokens, span.label_)]


def _name(tokens: list[object], label: str) -> Name:
    first, last = tokens[0], tokens[-1]
    return Name(first.idx, last.idx + len(last), label)  # type: ignore[attr-defined,arg-type]


def _unlabelled(doc: Doc, names: Iterable[Name]) -> Iterator[tuple[int, int]]:
    """Capitalised words inside a sentence that carry no label."""
    for token in doc[1:]:
        before = doc[token.i - 1].text
        start, end = token.idx, token.idx + len(token)
        if not token.text[0].isupper() or token.text in _NO_NAME or token.lower_ in _TITLES or before[-1] in ".!?:«»\"…-–":
            continue
        if not any(start < n.end and n.start < end for n in names):
            yield start, end


def _harmonised(texts: list[Annotated]) -> list[Annotated]:
    """One label a surface: the usual one when it is clear, unknown otherwise."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for name in text.names:
            labels[text.text[name.start : name.end]][name.label] += 1
    return [_relabelled(text, labels) for text in texts]


def _relabelled(text: Annotated, labels: dict[str, Counter[str]]) -> Annotated:
    names, unknown = [], list(text.unknown)
    for name in text.names:
        counts = labels[text.text[name.start : name.end]]
        best, n = max(counts.items(), key=lambda item: (item[1], item[0]))
        if n >= MIN_SHARE * counts.total():
            names.append(Name(name.start, name.end, best))
        else:
            unknown.append((name.start, name.end))
    return Annotated(text.text, tuple(names), tuple(sorted(unknown)))
