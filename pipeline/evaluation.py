"""Gold against predicted: precision, recall and F1 a label, and what goes wrong most often.

Mentions match by overlap and label (and, under `exact`, by the same offsets). Predicted entities are aligned to gold
entities through their mentions, so that names need not agree; countries must agree by ISO code. Claims are those
attributed to somebody; they match by overlap of at least `CLAIM_OVERLAP` of their union, each gold claim once.
Relations match by type, subject and object over the article.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.gold import LABELS, GoldArticle, GoldClaim, GoldMention, GoldRelation, read_gold
from pipeline.records import Attribution, Claim, Document, Extraction, Kind, Mention, Modality, Polarity, Relation

CLAIM_OVERLAP = 0.3
_SYMMETRIC = {"COOPERATES_WITH", "AGREES_WITH", "MEETS_WITH"}
_ARTICLES = frozenset(["le", "la", "les", "l'", "un", "une", "des", "de", "du", "d'", "au", "aux"])

Key = tuple[str, str, str]


@dataclass(slots=True)
class Score:
    """Counts of one line of the table; `found` are gold items met, `right` predicted items that meet one."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right, 0 without any."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that are found, 0 without any."""
        return self.found / (self.found + self.missed) if self.found else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, *, right: int = 0, wrong: int = 0, found: int = 0, missed: int = 0) -> None:
        """Count items."""
        self.right, self.wrong = self.right + right, self.wrong + wrong
        self.found, self.missed = self.found + found, self.missed + missed


@dataclass(frozen=True, slots=True)
class Fault:
    """One miss or false alarm: its class, and the text it stands in."""

    article: str
    kind: str
    text: str


@dataclass(slots=True)
class Evaluation:
    """Scores a label, accuracies of what matched, and every fault."""

    articles: int = 0
    scores: defaultdict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    agreements: defaultdict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    constructions: defaultdict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    faults: list[Fault] = field(default_factory=list)

    def add(self, gold: GoldArticle, found: Extraction) -> None:
        """Compare one article."""
        self.articles += 1
        _mentions(self, gold, found)
        _claims(self, gold, found)
        _relations(self, gold, found)

    def as_dict(self) -> dict[str, object]:
        """Give the whole table for machines, numbers rounded to three decimals."""
        return {
            "articles": self.articles,
            "scores": {name: _figures(score) for name, score in self.scores.items()},
            "accuracies": {
                name: {"accuracy": round(sum(hits) / len(hits), 3), "n": len(hits)}
                for name, hits in self.agreements.items()
            },
            "constructions": {name: _figures(score) for name, score in sorted(self.constructions.items())},
            "faults": dict(Counter(fault.kind for fault in self.faults).most_common()),
        }


def evaluate_paths(
    paths: Iterable[Path], *, as_json: bool = False, with_errors: bool = False, lexicons: Sequence[str] = ()
) -> str:
    """Read gold articles, extract their texts, and give the report of `defpress evaluate`.

    Raises:
        InputError: if a gold file is missing or breaks the format.
    """
    articles = list(read_gold(paths))
    from pipeline.extractor import Extractor

    extractor = Extractor(lexicons=lexicons)
    evaluation = Evaluation()
    for article in articles:
        document = Document(article.id, article.text, published=article.published)
        evaluation.add(article, extractor.extract(document))
    if as_json:
        return json.dumps(evaluation.as_dict(), ensure_ascii=False, indent=2) + "\n"
    return format_report(evaluation, with_errors=with_errors)


def format_report(evaluation: Evaluation, *, with_errors: bool = False) -> str:
    """Give the scores as a table of at most 80 columns, then the commonest faults."""
    lines = [f"{'':28}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>10}"]
    lines += [_line(name, score) for name, score in evaluation.scores.items()]
    if evaluation.constructions:
        lines += ["", "relations by construction", *(_line(*row) for row in sorted(evaluation.constructions.items()))]
    lines += ["", f"{'of what matched, right':28}{'accuracy':>10}{'n':>10}"]
    lines += [f"{name:28}{sum(hits) / len(hits):>10.3f}{len(hits):>10}" for name, hits in evaluation.agreements.items()]
    lines += ["", "commonest faults"]
    lines += [f"{count:6}  {kind}" for kind, count in Counter(f.kind for f in evaluation.faults).most_common(15)]
    if with_errors:
        lines += ["", *(f"{f.article} | {f.kind} | {f.text}" for f in evaluation.faults)]
    return "\n".join([*lines, "", f"{evaluation.articles} articles", ""])


def _figures(score: Score) -> dict[str, float | int]:
    figures: dict[str, float | int] = {name: round(getattr(score, name), 3) for name in ("precision", "recall", "f1")}
    return {**figures, "n": score.found + score.missed}


def _line(name: str, score: Score) -> str:
    return f"{name:28}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}{score.found + score.missed:>10}"


def _mentions(evaluation: Evaluation, gold: GoldArticle, found: Extraction) -> None:
    named = [mention for mention in found.mentions if mention.kind not in (Kind.PRONOUN, Kind.GROUP)]
    for label in LABELS:
        wanted = [mention for mention in gold.mentions if mention.label == label]
        given = [mention for mention in named if mention.label == label]
        score, exact = evaluation.scores[label], evaluation.scores[f"{label} (exact)"]
        for mention in given:
            hit = any(_overlap(mention, other) for other in wanted)
            score.add(right=hit, wrong=not hit)
            same = any((mention.start, mention.end) == (other.start, other.end) for other in wanted)
            exact.add(right=same, wrong=not same)
            if not hit:
                others = {other.label for other in gold.mentions if _overlap(mention, other)}
                what = f", gold has {min(others)}" if others else f" ({mention.kind})"
                evaluation.faults.append(Fault(gold.id, f"false {label}{what}", _around(gold.text, mention)))
        for want in wanted:
            hits = [mention for mention in given if _overlap(mention, want)]
            score.add(found=bool(hits), missed=not hits)
            same = any((mention.start, mention.end) == (want.start, want.end) for mention in hits)
            exact.add(found=same, missed=not same)
            if not hits:
                evaluation.faults.append(Fault(gold.id, f"missed {label}", _around(gold.text, want)))
            elif label == "COUNTRY":
                evaluation.agreements["country code"].append(any(m.entity_id == f"COUNTRY:{want.entity}" for m in hits))


def _claims(evaluation: Evaluation, gold: GoldArticle, found: Extraction) -> None:
    wanted = [claim for claim in gold.claims if claim.attribution is not Attribution.AUTHOR]
    given = [claim for claim in found.claims if claim.attribution is not Attribution.AUTHOR]
    pairs, missed, spurious = _pair_up(wanted, given)
    evaluation.scores["attributed claims"].add(
        right=len(pairs), found=len(pairs), wrong=len(spurious), missed=len(missed)
    )
    for want, claim in pairs:
        _compare_claim(evaluation, want, claim)
    for want in missed:
        evaluation.faults.append(Fault(gold.id, f"missed claim ({want.attribution})", gold.text[want.start : want.end]))
    for claim in spurious:
        evaluation.faults.append(Fault(gold.id, f"false claim ({claim.rule.partition(':')[0]})", claim.text))


def _compare_claim(evaluation: Evaluation, want: GoldClaim, claim: Claim) -> None:
    agreements = evaluation.agreements
    agreements["claim source"].append(_same_source(want.source, claim.source))
    agreements["claim modality"].append(want.modality == claim.modality)
    agreements["claim polarity"].append(want.polarity == claim.polarity)
    _flag(evaluation.scores["hedged claims"], want.modality, claim.modality, Modality.ASSERTED)
    _flag(evaluation.scores["negated claims"], want.polarity, claim.polarity, Polarity.POSITIVE)
    if want.modality != claim.modality:
        kind = f"claim modality {want.modality} read as {claim.modality}"
        evaluation.faults.append(Fault(claim.doc_id, kind, claim.text))


def _flag(score: Score, want: str, given: str, plain: str) -> None:
    both = want != plain and given != plain
    score.add(right=both, found=both, wrong=want == plain != given, missed=given == plain != want)


def _same_source(want: str, given: str) -> bool:
    want, given = want.lower(), given.lower()
    shared = {*want.split()} & {*given.split()} - _ARTICLES
    return bool(given) and (want in given or given in want or bool(shared))


def _pair_up(
    wanted: Sequence[GoldClaim], given: Sequence[Claim]
) -> tuple[list[tuple[GoldClaim, Claim]], list[GoldClaim], list[Claim]]:
    pairs, missed, free = [], [], list(given)
    for want in wanted:
        best = max(free, key=lambda claim: _resemblance(want, claim), default=None)
        if best is not None and _resemblance(want, best) >= CLAIM_OVERLAP:
            pairs.append((want, best))
            free.remove(best)
        else:
            missed.append(want)
    return pairs, missed, free


def _resemblance(first: GoldClaim, second: Claim) -> float:
    shared = _overlap(first, second)
    return shared / ((first.end - first.start) + (second.end - second.start) - shared or 1)


def _relations(evaluation: Evaluation, gold: GoldArticle, found: Extraction) -> None:
    to_gold = _alignment(gold, found)
    wanted = {_key(r.type, r.subject, r.object): r for r in gold.relations}
    given = {_key(r.type, to_gold(r.subject_id), to_gold(r.object_id)): r for r in found.relations}
    both = wanted.keys() & given.keys()
    figures = {"wrong": len(given) - len(both), "missed": len(wanted) - len(both)}
    scores = [evaluation.scores["relations"]]
    scores += [evaluation.constructions[name] for name in gold.constructions]
    for score in scores:
        score.add(right=len(both), found=len(both), **figures)
    pairs, given_pairs = ({frozenset(key[1:]) for key in side} for side in (wanted, given))
    shared = len(pairs & given_pairs)
    evaluation.scores["related pairs"].add(
        right=shared, found=shared, wrong=len(given_pairs) - shared, missed=len(pairs) - shared
    )
    for key in sorted(both):
        _compare_relation(evaluation, wanted[key], given[key], to_gold)
    _relation_faults(evaluation, gold, wanted, given)


def _compare_relation(
    evaluation: Evaluation, want: GoldRelation, relation: Relation, to_gold: Callable[[str], str]
) -> None:
    agreements = evaluation.agreements
    if want.counterpart:
        agreements["relation counterpart"].append(to_gold(relation.counterpart_id) == want.counterpart)
    agreements["relation modality"].append(want.modality == relation.modality)
    agreements["relation polarity"].append(want.polarity == relation.polarity)


def _relation_faults(
    evaluation: Evaluation, gold: GoldArticle, wanted: dict[Key, GoldRelation], given: dict[Key, Relation]
) -> None:
    for key in sorted(given.keys() - wanted.keys()):
        kind = f"false {key[0]}{_nearest(key, wanted)}"
        evaluation.faults.append(Fault(gold.id, kind, f"{key[1]} -> {key[2]}: {given[key].evidence}"))
    for key in sorted(wanted.keys() - given.keys()):
        start, end = wanted[key].evidence
        kind = f"missed {key[0]}{_nearest(key, given)}"
        evidence = " ".join(gold.text[start:end].split())
        evaluation.faults.append(Fault(gold.id, kind, f"{key[1]} -> {key[2]}: {evidence}"))


def _nearest(key: Key, others: Iterable[Key]) -> str:
    """What the other side has about the same entities, for the name of the fault."""
    for other in sorted(others):
        if {*other[1:]} == {*key[1:]}:
            return ", other side has it turned round" if other[0] == key[0] else f", other side has {other[0]}"
    return ""


def _alignment(gold: GoldArticle, found: Extraction) -> Callable[[str], str]:
    touched: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in found.mentions:
        for want in gold.mentions:
            if _overlap(mention, want):
                touched[mention.entity_id][want.entity] += 1

    def to_gold(entity_id: str) -> str:
        if entity_id.startswith("COUNTRY:"):
            return entity_id.removeprefix("COUNTRY:")
        return touched[entity_id].most_common(1)[0][0] if entity_id in touched else f"?{entity_id}"

    return to_gold


def _key(type_: str, subject: str, object_: str) -> Key:
    if type_ in _SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return str(type_), subject, object_


def _overlap(first: GoldClaim | GoldMention | Mention, second: GoldClaim | GoldMention | Mention | Claim) -> int:
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _around(text: str, mention: GoldMention | Mention) -> str:
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
    return " ".join(f"{before}[{text[mention.start : mention.end]}]{after}".split())
