"""What the server says of an event is heard, also between two streams and all of it at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.browsing import WAIT

# Holds back the word that ends a stream, as a slow line or a busy machine does.
LATE = """
window.late = false;
window.joined = 0;
const reach = window.fetch;
const END = 'data: {"msg":"close_stream"';
window.fetch = async (...asked) => {
  const reply = await reach(...asked);
  const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
  if (address.includes('/queue/join')) setTimeout(() => { window.joined += 1; }, 100);
  if (!address.includes('/queue/data')) return reply;
  const letters = new TextDecoder();
  const body = reply.body.pipeThrough(new TransformStream({
    async transform(chunk, out) {
      const at = window.late ? letters.decode(chunk).indexOf(END) : -1;
      if (at >= 0) {
        out.enqueue(new TextEncoder().encode(letters.decode(chunk).slice(0, at)));
        await new Promise((go) => { window.end = go; });
        out.enqueue(new TextEncoder().encode(letters.decode(chunk).slice(at)));
      } else out.enqueue(chunk);
    },
  }));
  return new Response(body, { status: reply.status, headers: reply.headers });
};
"""


def test_a_question_asked_while_a_stream_ends_is_answered(visit: Any, service: Any) -> None:
    here = visit(service, script=LATE)
    page = here.page
    page.locator("#facets details.facets").wait_for(timeout=WAIT)
    here.ask("When did it begin?")
    page.locator("#next button").first.wait_for(timeout=WAIT)
    page.evaluate("window.late = true")
    page.locator("#conversation a.cite").nth(1).click()
    page.wait_for_function("window.end !== undefined", timeout=WAIT)
    joined = page.evaluate("window.joined")
    here.put("What came of it?")
    page.wait_for_function("joined => window.joined > joined", arg=joined, timeout=WAIT)
    page.evaluate("window.late = false; window.end()")
    page.locator("#conversation .footnote").nth(1).wait_for(timeout=WAIT)
    assert [asked for asked, _ in service.asked] == ["When did it begin?", "What came of it?"]
    assert here.complaints == []


# Hands on what a stream says only once all of it is there, as a browser that was busy reads it.
AT_ONCE = """
window.slow = false;
const reach = window.fetch;
window.fetch = async (...asked) => {
  const reply = await reach(...asked);
  const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
  if (!window.slow || !address.includes('/queue/data')) return reply;
  const whole = await reply.arrayBuffer();
  return new Response(whole, { status: reply.status, headers: reply.headers });
};
"""


@pytest.mark.parametrize(
    ("question", "shows"),
    [("When did it begin?", "#next button"), ("fault", "text=Something went wrong here")],
    ids=["answered", "failed"],
)
def test_an_answer_that_comes_all_at_once_leaves_the_way_free_for_the_next_question(
    visit: Any, service: Any, question: str, shows: str
) -> None:
    here = visit(service, script=AT_ONCE)
    page = here.page
    page.locator("#facets details.facets").wait_for(timeout=WAIT)
    page.evaluate("window.slow = true")
    here.put(question)
    page.locator(shows).first.wait_for(timeout=WAIT)
    page.locator("#send").wait_for(timeout=WAIT)
    page.locator("#stop").wait_for(state="hidden", timeout=WAIT)
    here.put("What came of it?")
    page.locator("#now .asked", has_text="What came of it?").wait_for(timeout=WAIT)
    page.locator("#next button").first.wait_for(timeout=WAIT)
    page.locator("#send").wait_for(timeout=WAIT)
