"""An extractive answer to a phrased one, sentence by sentence, or to itself with the reason.

The extractive answer is there before a word is asked for. A sentence counts once it is plain prose
and the gate supports it; all that count are judged once more together. Rows of a list, values in
bold and counts are the program's own and stay as they are: a model may only write the prose beside
them. Refuses to know networks: words come from ``complete``, verdicts from ``judge``.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant import Answer
from assistant.gate import Closeness, Judged
from assistant.llm.closing import whole_sentences
from assistant.llm.failures import Unavailable
from assistant.llm.frame import Frame, frame_of
from assistant.llm.marked import Complete
from assistant.llm.plain import plain, unmarked
from assistant.llm.prompt import MOST_LEADING, MOST_SENTENCES, Fit, write_prompt
from assistant.settings import Unsupported

Judge = Callable[[str, Answer, Closeness | None], Judged]
"""The gate, see assistant.gate."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the model, as it would be shown, and why it is not supported, if so."""

    text: str
    supported: bool
    reason: str | None = None  # a code of the gate or of plain, "repeated" or "together"
    detail: str = ""  # for a person


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How far the model's wording has come; the last one of an iteration is ``final``."""

    answer: Answer
    """The extractive answer until the last, which carries the one that counts: of method "llm", or
    the extractive one untouched. Its ``text`` holds supported sentences only."""
    shown: str
    """Markdown for people: as ``answer.text`` will be, and unsupported sentences struck through
    with their reason where the settings ask for that. Untrusted text: escape it as any answer."""
    said: tuple[Said, ...] = ()
    final: bool = False
    reason: str | None = None
    """Why the extractive answer stays: a code of ``failures.Unavailable``, "unsupported" when no
    sentence was, "nothing-to-phrase" for a refusal. None while it is open or when it was phrased.
    """
    told: str = ""  # the same for a person, one line
    left_out: int = 0  # citations that the prompt had no room for
    strike: bool = field(default=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """What commands and the API tell beside the answer. Dropped words are not repeated."""
        dropped = [said for said in self.said if not said.supported]
        return {
            "reason": self.reason,
            "told": self.told,
            "sentences": len(self.said),
            "unsupported": [
                {"reason": said.reason, "sentence": said.text if self.strike else None}
                for said in dropped
            ],
            "left_out": self.left_out,
        }


def phrase(
    answer: Answer,
    complete: Complete,
    judge: Judge,
    fit: Fit,
    *,
    unsupported: Unsupported = "drop",
    closeness: Closeness | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Phrasing]:
    """A Phrasing whenever a sentence was judged, and a final one at the end. Raises nothing.

    Refusals are never phrased: that the articles do not hold an answer is code's to say.
    """
    if not answer.answered or not answer.citations:
        told = "a refusal is said by the program itself"
        yield _kept(answer, (), "nothing-to-phrase", told, 0, unsupported)
        return
    started = clock()
    frame = frame_of(answer)
    prompt = write_prompt(answer, fit)
    most = MOST_LEADING if answer.items else MOST_SENTENCES
    said: list[Said] = []
    words = complete(prompt.messages)
    try:
        for sentence in whole_sentences(words, answer.language):
            one = _judged(sentence, answer, judge, closeness)
            if one.supported and one.text in {earlier.text for earlier in said}:
                one = replace(one, supported=False, reason="repeated", detail="said before")
            said.append(one)
            yield Phrasing(
                answer, _shown(frame, said, unsupported), tuple(said), left_out=prompt.left_out
            )
            if len(said) >= most:
                break
    except Unavailable as failure:
        yield _kept(answer, said, failure.reason, str(failure), prompt.left_out, unsupported)
        return
    finally:
        if isinstance(words, Generator):
            words.close()
    said = _judged_together(said, answer, judge, closeness)
    if not any(sentence.supported for sentence in said):
        told = "no sentence of the model was supported by the quotes it cites"
        yield _kept(answer, said, "unsupported", told, prompt.left_out, unsupported)
        return
    yield Phrasing(
        _phrased(answer, frame, said, clock() - started),
        _shown(frame, said, unsupported),
        tuple(said),
        final=True,
        left_out=prompt.left_out,
        strike=unsupported == "strike",
    )


def _judged(sentence: str, answer: Answer, judge: Judge, closeness: Closeness | None) -> Said:
    """One sentence, cleaned and judged by itself; it stands when all the gate finds in it does."""
    text, refused = plain(sentence, {c.n: c.quote for c in answer.citations})
    if refused:
        return Said(text, False, refused, f"refused as {refused}, expected plain prose")
    verdicts = judge(text, answer, closeness).sentences
    if not verdicts:
        return Said(text, False, "unsupported-content", "found nothing said, expected a sentence")
    for verdict in verdicts:
        if not verdict.supported:
            return Said(text, False, verdict.reason or "unsupported-content", verdict.detail)
    return Said(text, True)


def _judged_together(
    said: Sequence[Said], answer: Answer, judge: Judge, closeness: Closeness | None
) -> list[Said]:
    """The same once all are known: what is refused in company is refused."""
    stand = [sentence.text for sentence in said if sentence.supported]
    against = [
        verdict
        for verdict in judge(" ".join(stand), answer, closeness).sentences
        if not verdict.supported
    ]
    if not against:
        return list(said)
    found = {
        sentence: verdict
        for verdict in against
        for sentence in stand
        if verdict.sentence.strip() in sentence or sentence in verdict.sentence
    }
    # What cannot be laid at one sentence's door is laid at all of theirs.
    if len({id(verdict) for verdict in found.values()}) < len(against):
        found = dict.fromkeys(stand, against[0])
    return [
        replace(
            sentence,
            supported=False,
            reason=found[sentence.text].reason or "together",
            detail=found[sentence.text].detail,
        )
        if sentence.supported and sentence.text in found
        else sentence
        for sentence in said
    ]


def _phrased(answer: Answer, frame: Frame, said: Sequence[Said], seconds: float) -> Answer:
    text = frame.around(" ".join(sentence.text for sentence in said if sentence.supported))
    named = hashlib.sha256(f"{answer.answer_id}\0{text}".encode()).hexdigest()[:16]
    total = answer.seconds.get("total", 0.0)
    return replace(
        answer,
        text=text,
        method="llm",
        answer_id=named,
        seconds={**answer.seconds, "total": round(total + seconds, 4), "llm": round(seconds, 4)},
    )


def _kept(
    answer: Answer,
    said: Iterable[Said],
    reason: str,
    told: str,
    left_out: int,
    unsupported: Unsupported,
) -> Phrasing:
    return Phrasing(
        answer,
        answer.text,
        tuple(said),
        final=True,
        reason=reason,
        told=told,
        left_out=left_out,
        strike=unsupported == "strike",
    )


def _shown(frame: Frame, said: Sequence[Said], unsupported: Unsupported) -> str:
    parts = []
    for sentence in said:
        if sentence.supported:
            parts.append(sentence.text)
        elif unsupported == "strike":
            # Its markers are made plain: what is struck must not look cited.
            parts.append(f"~~{unmarked(sentence.text)}~~ ({sentence.reason})")
    return frame.around(" ".join(parts))
