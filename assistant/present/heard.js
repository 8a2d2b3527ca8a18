// Runs once when the page loads; trigger belongs to a part that nobody sees. What the server says
// of an event comes by a stream that the framework ends when nothing is under way. An event that
// is accepted just then is told of by no stream: its reply would come with the next event, if ever.
// assistant/page_streams.py gives the browser a moment to hear of the end; a slow one needs longer.
// So an event that asks for nothing is sent after it, which has the framework listen again.
const JOIN = /\/queue\/join(\?|$)/;
const STREAM = /\/queue\/data\?/;
const GRACE_MS = 100; // in which the framework opens a stream by itself
const reach = window.fetch;
const due = new Set(); // events accepted and not told to be over
let streams = 0;

function check() {
  if (streams || !due.size) return;
  due.clear();
  trigger('wake');
}
const soon = () => setTimeout(check, GRACE_MS);

function over(message) {
  if (!message.includes('process_completed')) return;
  const told = JSON.parse(message.slice(message.indexOf('{')));
  if (told.msg === 'process_completed') due.delete(told.event_id);
}

// The same stream, read along.
function along(reply) {
  const reader = reply.body.getReader();
  const letters = new TextDecoder();
  let rest = '';
  let open = true;
  streams += 1;
  const end = () => {
    if (!open) return;
    open = false;
    streams -= 1;
    soon();
  };
  const body = new ReadableStream({
    async pull(out) {
      try {
        const { done, value } = await reader.read();
        if (done) { end(); out.close(); return; }
        const messages = (rest + letters.decode(value, { stream: true })).split('\n\n');
        rest = messages.pop();
        messages.forEach(over);
        out.enqueue(value);
      } catch (error) {
        end();
        out.error(error);
      }
    },
    cancel(why) { end(); return reader.cancel(why); },
  });
  return new Response(body, { status: reply.status, headers: reply.headers });
}

window.fetch = async (...asked) => {
  const reply = await reach.apply(window, asked);
  const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
  if (!reply.ok || !reply.body) return reply;
  if (STREAM.test(address)) return along(reply);
  if (JOIN.test(address)) {
    reply.clone().json().then(({ event_id: id }) => { if (id) { due.add(id); soon(); } }, () => {});
  }
  return reply;
};
