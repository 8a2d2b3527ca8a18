// Runs once when the room's fields load; element, trigger and watch belong to them. The browser
// keeps what is chosen and sends all of it with each change, so that no change can be lost. It
// goes through a hidden line of text: an event that waits for another is sent with the data it
// had at first, but with what a component holds by then.
const room = document.querySelector('#explore-room');
const TYPING = 250; // milliseconds without a key before a search is sent
const NUMBERS = new Set(['page', 'year']);
let choice = {};
let timer = 0;
let wanted = ''; // where the focus was when what it stood on is drawn anew

// Fields that are drawn anew keep what was typed in them: they are told what is chosen.
function fill() {
  for (const field of element.querySelectorAll('[name]')) field.value = choice[field.name];
}

function read() {
  const fields = element.querySelector('.choosing');
  if (!fields) return;
  if (fields.dataset.choice) choice = JSON.parse(fields.dataset.choice);
  fill();
}
watch('value', read);
read();

// What says how many rows are left is drawn anew; where it stands stays, and is told to listeners.
const told = document.querySelector('#explore-found');
told.setAttribute('role', 'status');
told.setAttribute('aria-live', 'polite');

function show(change) {
  clearTimeout(timer);
  choice = { ...choice, page: 0, ...change };
  const at = document.activeElement;
  wanted = (at && room.contains(at) && at.dataset.key) || '';
  const drawn = element.querySelector('.choosing')?.dataset.kind;
  const line = document.querySelector('#explore-choice :is(textarea, input)');
  line.value = JSON.stringify({ ...choice, drawn });
  line.dispatchEvent(new Event('input', { bubbles: true }));
}

function sorted(column) {
  return { sort: column, descending: choice.sort === column && !choice.descending };
}

const DOES = {
  kind: (value) => ({ kind: value, search: '', country: '', point: '', sort: '', descending: false }),
  clear: () => ({ search: '', country: '', theme: '', when: 'all', point: '' }),
  sort: (value) => sorted(value),
  page: (value) => ({ page: value }),
  year: (value) => ({ year: value, page: choice.page }),
  country: (value) => ({ country: choice.country === value ? '' : value, point: '' }),
  point: (value, target) => ({ point: choice.point === value ? '' : value, grain: target.dataset.grain }),
};

room.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target.closest('[data-do]') : null;
  if (!target) return;
  event.preventDefault();
  const { do: what, value = '', kind } = target.dataset;
  if (what === 'ask') { trigger('ask', { kind, id: value }); return; }
  const change = DOES[what](NUMBERS.has(what) ? Number(value) : value, target);
  show(change);
  if (what === 'clear' || what === 'country') fill();
  if (what === 'page') room.querySelector('#explore-table')?.scrollIntoView({ block: 'start' });
});

// What is drawn as a link of an SVG is a button: the space bar presses it.
room.addEventListener('keydown', (event) => {
  const target = event.target instanceof Element ? event.target.closest('a[role=button]') : null;
  if (!target || event.key !== ' ') return;
  event.preventDefault();
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
});

room.addEventListener('input', (event) => {
  const field = event.target;
  if (!(field instanceof Element) || !field.closest('.choosing')) return;
  if (field.name === 'today' && !field.value) return; // half typed
  const change = { [field.name]: field.value };
  if (field.name !== 'when' && field.name !== 'today') change.point = '';
  clearTimeout(timer);
  if (field.name === 'search') timer = setTimeout(() => show(change), TYPING);
  else show(change);
});

// What is drawn anew takes the focus away with it; it comes back to the same control.
new MutationObserver(() => {
  if (!wanted || document.activeElement !== document.body) return;
  room.querySelector('[data-key="' + CSS.escape(wanted) + '"]')?.focus({ preventScroll: true });
}).observe(room, { subtree: true, childList: true });
room.addEventListener('focusin', (event) => { if (event.target.dataset?.key !== wanted) wanted = ''; });
