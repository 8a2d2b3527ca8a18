"""With a language model: it may rephrase what was found, and never add to it.

The extractive answer exists before a model is asked and stays where the model fails. What the
model writes is untrusted text: each sentence is cleaned, then judged by the gate against the
quotes it cites, and only what they support becomes part of an answer. The model gets the quotes
and the question; it has no tools and is told no secret.

::

    endpoint.py      which model, where, and whether text leaves this machine
    wire.py          what an HTTP request may carry, and how much may come back
    client.py        a streamed completion: retries, deadlines, circuit breaker
    faults.py        what an exception of it means
    failures.py      the one error that callers see, and what to do
    listening.py     waiting for words no longer than is allowed, whatever the other side does
    breaker.py       leaves an endpoint alone that keeps failing
    marked.py        text of others as marked data, for every request
    prompt.py        an answer's quotes, within a budget of tokens
    frame.py         what stays of an answer when its prose is written anew
    closing.py       a stream of words to whole sentences with their markers
    plain.py         what may not stand in a sentence: links, markup, markers of others
    phrasing.py      an extractive answer to a phrased one, or to itself with the reason
    rewriting.py     a follow-up to a question that stands alone
    translating.py   quotes in the question's language, marked as the model's
    agreeing.py      whether one text adds numbers, days, places or names to another
    checking.py      whether the endpoint answers, for doctor
    voice.py         all of it for one endpoint
"""
