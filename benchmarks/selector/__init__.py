"""How the sentence selector (index/encoders/selector) was trained, and on what.

Questions of our own over the articles that the benchmarks use, one JSON object a line: the
question, the names of supporting documents, short answers, and evidence as places (document,
first character, character after the last) in the stored text, which is not kept here. Without
answers, the articles hold none.

- ``questions.jsonl``: trained on.
- ``untrained.jsonl``: written too late to train on. That its questions without an answer have none
  was checked against their own article only.
- ``check.jsonl``: never to be trained on; docs/quality.md reports on it. With types, lists and
  comparisons included.
"""
