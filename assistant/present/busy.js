// Runs once when the line loads that says all places are taken; element belongs to it.
// The server answers 503 to a question it has no place for. The framework would show an English
// message of its own; it is handed an empty list of complaints instead, which ends the event and
// leaves the question in its box.
const ask = window.fetch;
const JOIN = /\/gradio_api\/queue\/join(\?|$)/;
const SHOWN_MS = 20000;
let put = 0;

function tell(words) {
  const line = element.querySelector('.busy');
  if (line) line.textContent = words ? line.dataset.sentence : '';
}

window.fetch = async (...asked) => {
  const reply = await ask.apply(window, asked);
  const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
  if (!JOIN.test(address) || reply.status !== 503) return reply;
  const mine = ++put;
  tell(true);
  setTimeout(() => { if (mine === put) tell(false); }, SHOWN_MS);
  return new Response('{"detail": []}', { status: 422, headers: { 'content-type': 'application/json' } });
};

// Whoever writes on or presses something has read it.
for (const gesture of ['input', 'click']) document.addEventListener(gesture, () => tell(false), true);
document.addEventListener('keydown', (event) => { if (event.key === 'Enter') tell(false); }, true);
