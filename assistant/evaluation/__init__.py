"""How good the answers and the ranking are, measured on a set of questions.

Uses BEIR's words: *queries* are the questions, *qrels* the documents that support each, *run*
what a search returned, scored by nDCG@10 and recall@k. Answers are scored beside that, from
the outside: on their text, items and quotes only. Knows nothing of how either came about.
"""
