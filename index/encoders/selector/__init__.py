"""Which of some sentences answers a question, or none: a small trained reader.

It reads the question together with up to a dozen sentences, as :mod:`index.encoders` cannot: an
encoder sees one text at a time. It is the default encoder's lower layers with a trained
adaptation of some 2 MB (weights.safetensors, fitted by ``benchmarks/selector/train.py``), so it is
there only where that encoder is, and is converted together with it. It refuses to find sentences
and to decide what an answer needs besides them.
"""
