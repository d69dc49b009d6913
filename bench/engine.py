"""How fast the engine reads, against spaCy's blank tokenizer and sentencizer on the same texts in the same run."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bench.rows import Row
from incidents.extraction import Document, read

ROOT = Path(__file__).resolve().parent.parent
PASSES = 15


def _documents() -> list[Document]:
    lines = (ROOT / "demo" / "corpus" / "articles.jsonl").read_text().splitlines()
    articles = [json.loads(line) for line in lines]
    return [
        Document(
            str(a["id"]), a.get("title") or "", a["text"], date.fromisoformat(a["published"][:10]) if a.get("published") else None
        )
        for a in articles
    ]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure() -> Iterator[Row]:
    """Yield speed, start-up and memory of the engine, one process, gazetteer included."""
    import spacy

    documents = _documents()
    texts = [f"{document.title}\n{document.text}" for document in documents]
    yield from _fresh_process()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    tokens = sum(len(nlp(text)) for text in texts)
    read(documents[0])
    ours, theirs = [9.0] * len(texts), [9.0] * len(texts)
    for _ in range(PASSES):  # in turns, the best of each text counting, so that whatever else the machine does hits neither
        for number, document in enumerate(documents):
            ours[number] = min(ours[number], _seconds(partial(read, document)))
        for number, text in enumerate(texts):
            theirs[number] = min(theirs[number], _seconds(partial(nlp, text)))
    yield Row("engine: tokens a second", tokens / sum(ours), "tokens/s", better="higher")
    yield Row("engine: speed as a share of spaCy blank + sentencizer", sum(theirs) / sum(ours), "ratio", 0.3, 0.6, "higher")


def _fresh_process() -> Iterator[Row]:
    """Measure a process that reads one sentence: what a command costs before it does anything."""
    code = (
        "import resource; from incidents.extraction import Document, read; "
        "read(Document('1', '', 'Two men were shot dead in Mosul.')); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    seconds, memory = [], 0
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
        seconds.append(time.perf_counter() - start)
        memory = int(done.stdout)
    yield Row("engine: start-up to the first record", min(seconds), "s", 1.5)
    yield Row("engine: memory after the first record", memory / 1024, "MB", 400)
