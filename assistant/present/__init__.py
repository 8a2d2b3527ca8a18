"""How an answer looks: pure functions from answers and documents to inert HTML and Markdown.

Everything that came out of a document, a question or a model goes through
``present.escape`` before it meets a tag. This package knows no service, server or framework,
decides nothing about what is true, and never asks for anything.
"""
