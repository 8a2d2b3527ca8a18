"""What a person takes along: answers, events and practices as files of other programs.

One file a format, each a pure function from answers or rows to text or bytes: equal input
gives equal bytes. Words of documents, questions and models stay words in every format; what
hides or reorders text is spelled out (``present.escape.visible``). This package reads no home
and asks nobody; ``assistant/verify_exports.py`` reads its files back without using it.
"""
