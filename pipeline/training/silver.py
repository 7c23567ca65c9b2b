"""Silver names for press paragraphs: what the stock model and a second one agree on, corrected by the lexicons.

What the stock model gets wrong most often there: demonyms as places, designations of weapons as persons or
organisations, ministers as ministries, determiners and titles inside a name, ministries cut in two. What the two
models see differently is unknown, unless a lexicon or a rule decides it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from pipeline.training.corpora import Annotated, Name, longest

_DETERMINERS = frozenset("l' d' la le les du de des au aux à en un une leur".split())
_TITLES = frozenset(
    "m. mm. mme mlle dr me pr monsieur madame président présidente général générale colonel amiral capitaine ministre "
    "premier commandant sénateur secrétaire ambassadeur directeur cheikh".split()
)
# Capitalised and labelled by the stock model, yet no name by itself
_NO_NAME = frozenset(
    "État États Etat Défense Pays Nord Sud Est Ouest Centre Premier Transports Intérieur Information Objectif "
    "Critiques Escale Exercice Manœuvres Protestations Participation Groupe Enquêteur Corées Affaires VIP ICBM SLBM "
    "SRBM IRBM SNLE SNA Premiers Justice Internet Web Jour Journée Républicain Constitution Mach GPS Covid-19".split()
)
_DESIGNATION = re.compile(r"\b(?:[A-Z][A-Za-z]{0,11}-?\d{1,4}[A-Z]{0,3}|[A-ZÉ][a-zé]+-\d{1,3})\b(?!-)")
_MINISTRY = re.compile(
    r"\b[Mm]inistères? (?:[a-zà-ÿ]+(?:-[a-zà-ÿ]+)? )?(?:de la |de l'|des |du |d')[A-ZÉ][\wéè]+(?: (?:nationale|"
    r"étrangères|intérieures|stratégiques?|publique|et (?:de l'|de la |du |des |d')?[A-ZÉ][\wé]+))?"
)
_MINISTER = re.compile(
    r"(?:[Vv]ice-)?[Mm]inistre|[Pp]résidente?|Premi(?:er|ère)|[Dd]irec(?:teur|trice)|[Pp]orte-parole"
)
_LEXICONS = (("organisations.csv", "ORG"), ("places.csv", "LOC"), ("countries.csv", "LOC"))
_ADJECTIVES = ("adj_ms", "adj_fs", "adj_mp", "adj_fp", "adj_more")
MIN_SHARE = 0.75  # below this share of one label a name that comes up often is unknown


@dataclass(frozen=True, slots=True)
class Known:
    """Surfaces of the packaged lexicons: a label each, and a matcher for the unambiguous ones."""

    matcher: PhraseMatcher
    labels: dict[str, str]
    demonyms: frozenset[str]


def silver(nlp: Language, docs: Sequence[Doc], judged: Sequence[Sequence[Name]]) -> list[Annotated]:
    """Annotate paragraphs.

    Args:
        nlp: for its vocabulary and tokeniser.
        docs: the paragraphs with the stock model's entities.
        judged: the names that the second model finds in each of them.
    """
    known = _known(nlp)
    return _harmonised([_annotate(doc, names, known) for doc, names in zip(docs, judged, strict=True)])


def _known(nlp: Language) -> Known:
    """Read the lexicons; matches of a capitalised demonym get the label `NONE`."""
    found: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    demonyms: set[str] = set()
    weapons = sorted(f"weapons/{p.name}" for p in (files("pipeline") / "data" / "weapons").iterdir())
    for name, label in (*_LEXICONS, *((w, "MISC") for w in weapons if w.endswith(".csv"))):
        for row in _rows(name):
            for surface in _surfaces(row):
                labels.setdefault(surface, label)
                if not row.get("ambiguous") and len(surface) > 2:
                    found[label].add(surface)
            demonyms.update(form for key in _ADJECTIVES for form in (row.get(key) or "").split("; ") if form)
    found["NONE"] = {form[0].upper() + form[1:] for form in demonyms}
    matcher = PhraseMatcher(nlp.vocab)
    for label, surfaces in sorted(found.items()):
        matcher.add(label, [nlp.make_doc(surface) for surface in sorted(surfaces)])
    return Known(matcher, labels, frozenset(demonyms))


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = files("pipeline") / "data" / name
    if path.is_file():
        yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def _surfaces(row: dict[str, str]) -> list[str]:
    cells = (row.get(key) or "" for key in ("name", "variants", "aliases", "acronyms", "acronym"))
    return [s for cell in cells for s in cell.split("; ") if s[:1].isupper() or " " in s]


def _annotate(doc: Doc, judged: Sequence[Name], known: Known) -> Annotated:
    """Lexicon and rules first, then what both models call the same; the rest of their names is unknown."""
    stock = longest(name for span in doc.ents for name in _corrected(span, known.demonyms))
    both = [n for n in stock if any(n.label == o.label and _touched(n, [o]) for o in judged)]
    both = [n for n in both if n.label == "MISC" or not _DESIGNATION.search(doc.text, n.start, n.end)]
    hinted = [n for n in [*stock, *judged] if known.labels.get(_plain(doc.text[n.start : n.end])) == n.label]
    long = [n for n in both if n.label in ("ORG", "PER") or " " in doc.text[n.start : n.end]]
    sure = _certain(doc, [*long, *hinted], known.matcher)
    names = [*sure, *(n for n in longest([*both, *hinted]) if not _touched(n, sure))]
    unknown = {(n.start, n.end) for n in [*stock, *judged] if not _touched(n, names)}
    kept = sorted((n for n in names if n.label != "NONE"), key=lambda n: n.start)
    return Annotated(doc.text, tuple(kept), tuple(sorted(unknown)))


def _plain(surface: str) -> str:
    """Without the apostrophe of a romanised Korean consonant (« P'yongyang »)."""
    return re.sub(r"^(P|T|K|Ch)'(?=[a-z])", r"\1", surface)


def _certain(doc: Doc, agreed: Sequence[Name], matcher: PhraseMatcher) -> tuple[Name, ...]:
    """Names from lexicons and rules; one that is only a part of an agreed name (« ONU » in a longer one) is none."""
    listed = [Name(span.start_char, span.end_char, span.label_) for span in matcher(doc, as_spans=True)]
    listed = [n for n in listed if n.label != "NONE" or not _touched(n, agreed)]
    found = longest([*listed, *(Name(m.start(), m.end(), "ORG") for m in _MINISTRY.finditer(doc.text))])
    coded = [Name(m.start(), m.end(), "MISC") for m in _DESIGNATION.finditer(doc.text) if m[0] not in _NO_NAME]
    found = (*found, *(n for n in coded if not _touched(n, [*found, *agreed])))
    return longest(n for n in found if not any(o.start <= n.start and n.end <= o.end and o != n for o in agreed))


def _touched(name: Name, names: Iterable[Name]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in names)


def _corrected(span: Span, demonyms: frozenset[str]) -> list[Name]:
    """The stock entity without determiners, titles and stray ends; nothing for ministers and common nouns."""
    tokens = list(span)
    if _MINISTER.match(span.text) or tokens[0].lower_ in ("m.", "mme"):
        while tokens and (not tokens[0].text[0].isupper() or tokens[0].lower_ in _TITLES or tokens[0].text in _NO_NAME):
            tokens = tokens[1:]
        return [_name(tokens, "PER")] if len(tokens) > 1 or (tokens and span.label_ == "PER") else []
    strip = _DETERMINERS | _TITLES if span.label_ in ("PER", "LOC") else _DETERMINERS
    while tokens and (tokens[0].lower_ in strip or not tokens[0].text[0].isalnum()) and len(tokens) > 1:
        tokens = tokens[1:]
    while len(tokens) > 1 and _is_loose_end(tokens[-1], demonyms):
        tokens = tokens[:-1]
    surface = tokens[0].doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
    if surface in _NO_NAME or surface.islower() or not surface[-1].isalnum():
        return []
    return [_name(tokens, span.label_)]


def _is_loose_end(token: Token, demonyms: frozenset[str]) -> bool:
    """A determiner, a demonym or a mark at the end of a name; « un » in « Kim Jong-un » is none."""
    after_space = bool(token.nbor(-1).whitespace_)
    return after_space and (token.text in _DETERMINERS | demonyms or not token.text[-1].isalnum())


def _name(tokens: Sequence[Token], label: str) -> Name:
    first, last = tokens[0], tokens[-1]
    return Name(first.idx, last.idx + len(last), label)


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
