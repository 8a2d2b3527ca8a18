"""Sentences planted with one error each, and their unmodified twins, made from articles by rule.

Nothing here is stored: articles are read, sentences are cut, reworded and damaged in memory.
"""
