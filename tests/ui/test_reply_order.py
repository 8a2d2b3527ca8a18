"""What the page shows is right whichever of two replies it hears first."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.ui.browsing import WAIT

# Hands the first reply on after the second, as the framework does when making the first takes long.
CROSSED = """
window.crossing = false;
window.held = false;
const reach = window.fetch;
window.fetch = async (...asked) => {
  const reply = await reach(...asked);
  const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
  if (!address.includes('/queue/data')) return reply;
  const letters = new TextDecoder();
  let rest = '';
  let kept = '';
  const body = reply.body.pipeThrough(new TransformStream({
    transform(chunk, out) {
      const messages = (rest + letters.decode(chunk, { stream: true })).split('\\n\\n');
      rest = messages.pop();
      for (const message of messages) {
        const whole = `${message}\\n\\n`;
        if (window.crossing && message.includes('"msg":"process_completed"')) {
          window.crossing = false;
          window.held = true;
          kept = whole;
          continue;
        }
        out.enqueue(new TextEncoder().encode(whole));
        if (kept && message.includes('"msg":"process_completed"')) {
          out.enqueue(new TextEncoder().encode(kept));
          kept = '';
        }
      }
    },
    flush(out) { out.enqueue(new TextEncoder().encode(kept + rest)); },
  }));
  return new Response(body, { status: reply.status, headers: reply.headers });
};
"""


def test_a_refresh_can_be_cancelled_though_the_room_was_told_of_later(
    visit: Any, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed, told = threading.Event(), threading.Event()
    digest, start = service.digest, service.jobs.start

    def slow_digest(since: str) -> Any:
        assert pressed.wait(WAIT / 1000)
        return digest(since)

    def late_start(**how: Any) -> Any:
        pressed.set()
        assert told.wait(WAIT / 1000)
        return start(**how)

    monkeypatch.setattr(service, "digest", slow_digest)
    monkeypatch.setattr(service.jobs, "start", late_start)
    here = visit(service, script=CROSSED)
    page = here.page
    page.locator("#facets details.facets").wait_for(timeout=WAIT)
    page.evaluate("window.crossing = true")
    page.get_by_role("tab", name="Library").click()
    page.locator("#refresh").click()
    page.wait_for_function("window.held", timeout=WAIT)
    told.set()
    page.locator("#library-past > * *").first.wait_for(timeout=WAIT)  # the room stands there
    page.locator("#cancel").wait_for(timeout=WAIT)
    page.locator("#outcome progress").wait_for(timeout=WAIT)
    service.jobs.end("done")
    page.locator("#outcome .report").wait_for(timeout=WAIT)
    page.locator("#cancel").wait_for(state="hidden", timeout=WAIT)
    assert here.complaints == []
