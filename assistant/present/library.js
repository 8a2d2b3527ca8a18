// Runs once when the Library's desk loads; element and trigger belong to the desk. Buttons and
// forms anywhere in the room carry data-do: this asks back where they say so, hands them to the
// server as one 'act', and keeps the focus where a person can go on from.
const room = document.querySelector('#library-room');

// One after another: a press must not answer two questions.
let asked = Promise.resolve();
function ask(...about) {
  asked = asked.then(() => new Promise((done) => put(...about, done)));
}

function put(question, means, yes, answer, done) {
  const dialog = element.querySelector('dialog.confirm');
  const closed = () => { answer(dialog.returnValue === 'yes'); done(); };
  dialog.querySelector('#confirm-ask').textContent = question;
  dialog.querySelector('#confirm-means').textContent = means || '';
  dialog.querySelector('.sure').textContent = yes;
  dialog.returnValue = 'no';
  dialog.addEventListener('close', closed, { once: true });
  dialog.showModal();
  dialog.querySelector('[value=no]').focus(); // what a hasty Enter does is nothing
}

// What is done takes its own button away, so the focus goes to what stays.
function settle(what) {
  const stays = {
    remove: '#sources-title', page: '#quarantine-title', retry: '#outcome', allow: '#outcome',
    check: '#sound-title', purge: '#purging-title',
  }[what];
  const place = stays && document.querySelector(stays);
  if (!place) return;
  if (!place.hasAttribute('tabindex')) place.setAttribute('tabindex', '-1');
  place.focus({ preventScroll: stays !== '#outcome' });
}

function act(data) {
  trigger('act', data);
  settle(data.do);
}

// The second half of a double click does nothing: it would only be told that the first is done.
const ONCE = new Set(['add', 'retry', 'check']);
room.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  const does = button && (button.dataset.do || button.closest('form[data-do]')?.dataset.do);
  if (event.detail > 1 && ONCE.has(does)) { event.preventDefault(); return; }
  if (!button?.dataset.do) return;
  const data = { do: button.dataset.do, name: button.dataset.name || '', page: Number(button.dataset.page || 0) };
  if (!button.dataset.ask) { act(data); return; }
  ask(button.dataset.ask, button.dataset.means, button.dataset.yes, (sure) => { if (sure) act(data); });
});

room.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-do]');
  if (!form) return;
  event.preventDefault();
  act({ do: form.dataset.do, name: form.querySelector('input').value, page: 0 });
});

// From the place where files are handed in: it asks back in the same dialog, and says when it is done.
document.addEventListener('library:ask', (event) => {
  const { question, yes, answer } = event.detail;
  ask(question, '', yes, answer);
});
document.addEventListener('library:act', (event) => trigger('act', event.detail));
