// Runs once when the column of facets loads; element, trigger and watch belong to it. What is
// ticked goes to the server as a whole, and comes back with the counts beside it.
const WIDE = matchMedia('(min-width: 901px)');
let opened = null;  // whether the reader left the column open
let unfolded = new Set();
let focused = null;
let choices = 0;  // made here so far; a column drawn for one says for which
let latest = {};  // the last of them
let asked = 0;  // the one the server was told of last
let since = -Infinity;  // when
const LOST_MS = 5000;  // what has not come back by then does not keep others waiting

function selected() {
  const filters = {};
  for (const input of element.querySelectorAll('input')) {
    const value = input.type === 'checkbox' ? (input.checked ? input.value : '') : input.value;
    if (value) (filters[input.name] ??= []).push(value);
  }
  return filters;
}

element.addEventListener('change', (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement)) return;
  focused = { name: input.name, value: input.type === 'checkbox' ? input.value : null };
  choose(selected());
});

element.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !event.target.closest('button.clear')) return;
  focused = { name: null };
  choose({});
});

// One at a time: the column of an earlier choice must not arrive after that of a later one.
function choose(filters) {
  remember();
  choices += 1;
  latest = filters;
  if (performance.now() - since > LOST_MS) ask();
}

function ask() {
  asked = choices;
  since = performance.now();
  trigger('choose', { filters: latest, choice: asked });
}

function remember() {
  const column = element.querySelector('details.facets');
  opened = column ? column.open : opened;
  unfolded = new Set([...element.querySelectorAll('fieldset[data-facet]')]
    .filter((group) => group.querySelector('details[open]')).map((group) => group.dataset.facet));
}

watch('value', () => {
  const column = element.querySelector('details.facets');
  if (!column) return;
  column.open = opened ?? WIDE.matches;
  const drawnFor = Number(column.dataset.choice ?? choices);
  if (drawnFor >= asked) since = -Infinity;
  // More was chosen since this column was asked for: that stays, and its own column comes next.
  const overtaken = drawnFor < choices;
  if (overtaken && drawnFor === asked) ask();
  // Elements may be kept and only their attributes changed: what was ticked would stay ticked.
  for (const input of element.querySelectorAll('input')) {
    const values = latest[input.name] ?? [];
    if (input.type === 'checkbox') {
      input.checked = overtaken ? values.includes(input.value) : input.hasAttribute('checked');
    } else {
      input.value = (overtaken ? values[0] : input.getAttribute('value')) ?? '';
    }
  }
  for (const group of element.querySelectorAll('fieldset[data-facet]')) {
    const more = group.querySelector('details');
    if (more && unfolded.has(group.dataset.facet)) more.open = true;
  }
  if (overtaken) return;
  // Whoever went on to something else meanwhile is left there.
  if (!focused || document.activeElement !== document.body) { focused = null; return; }
  const inputs = [...element.querySelectorAll('input')];
  const again = inputs.find((input) => input.name === focused.name && (focused.value === null || input.value === focused.value));
  (again ?? column.querySelector('summary'))?.focus({ preventScroll: true });
  focused = null;
});
