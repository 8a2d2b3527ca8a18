// Runs once when the column of facets loads; element, trigger and watch belong to it. What is
// ticked goes to the server as a whole, and comes back with the counts beside it.
const WIDE = matchMedia('(min-width: 901px)');
let opened = null;  // whether the reader left the column open
let unfolded = new Set();
let focused = null;

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
  remember();
  trigger('choose', { filters: selected() });
});

element.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !event.target.closest('button.clear')) return;
  focused = { name: null };
  remember();
  trigger('choose', { filters: {} });
});

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
  // Elements may be kept and only their attributes changed: what was ticked would stay ticked.
  for (const input of element.querySelectorAll('input')) {
    if (input.type === 'checkbox') input.checked = input.hasAttribute('checked');
    else input.value = input.getAttribute('value') ?? '';
  }
  for (const group of element.querySelectorAll('fieldset[data-facet]')) {
    const more = group.querySelector('details');
    if (more && unfolded.has(group.dataset.facet)) more.open = true;
  }
  // Whoever went on to something else meanwhile is left there.
  if (!focused || document.activeElement !== document.body) { focused = null; return; }
  const inputs = [...element.querySelectorAll('input')];
  const again = inputs.find((input) => input.name === focused.name && (focused.value === null || input.value === focused.value));
  (again ?? column.querySelector('summary'))?.focus({ preventScroll: true });
  focused = null;
});
