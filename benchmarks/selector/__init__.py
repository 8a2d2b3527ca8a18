"""How the query adapter and the sentence selector (index/encoders) were trained, and on what.

Questions of our own over the articles that the benchmarks use, one JSON object a line: the
question, the names of supporting documents, short answers, and evidence as places (document,
first character, character after the last) in the stored text, which is not kept here. Without
answers, the articles hold none.

- ``questions.jsonl``: trained on. That the questions without an answer have none was checked
  against their own article only.
- ``later.jsonl``: trained on by the selector alone, in its last stage: the adapter, which has not
  seen them, finds their candidates as it finds those of a stranger's question.
- ``whole.jsonl``: over all articles, asked after the selector was trained. The ranking was fitted
  on them and on the two above. A stage of the selector over them is told of in docs/quality.md; its
  weights in the package are those before it.
- ``concepts.jsonl``: lists of what several articles have, in plain words. The half marked "fit" is
  among what belonging to a list was fitted on; the half marked "held" was not looked at.
- ``near.jsonl``: a third of them near misses that no article answers. Nothing was fitted on them;
  the half marked "held" was not looked at.
- ``plain.jsonl``: over all articles, asked plainly, header fields and headings among the answers.
  Nothing in the package was fitted on them.
- ``vague.jsonl``: over all articles, too, and harder: asked by people who do not know an article's
  terms. Trained on by nothing; a selector's opinion can be measured on them.
- ``lists.jsonl``: lists within one article; the weights of listings were fitted on them.
- ``translated.jsonl``: 800 of the English ones asked in another language, mostly another than the
  article's. Not trained on yet.
- ``check.jsonl``: never to be trained on; docs/quality.md reports on it. With types, lists and
  comparisons included.
"""
