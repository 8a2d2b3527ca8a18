// Runs once when the sources panel loads; element, trigger and watch belong to the panel.
// A mark in an answer (a.cite, #s-{answer}-{n}) opens its source: the server renders the card,
// this scrolls the passage into view and moves the focus there, and back again.
const ADDRESS = /^#s-([A-Za-z0-9_-]+)-(\d+)$/;
let opener = null;
let wanted = null;  // the source pressed last, until it is shown
let sent = '';  // the one the server was asked for last
let since = -Infinity;  // when
const LOST_MS = 5000;  // what has not come by then does not keep others waiting

const cardOf = (source) => element.querySelector('.card[id="' + source.id + '"]');

// One at a time: the source pressed last must not be overtaken by one pressed before.
function open() {
  if (cardOf(wanted)) { wanted = null; centre(); reveal(); return; }
  sent = wanted.id;
  since = performance.now();
  trigger('cite', { answer: wanted.answer, n: wanted.n });
}

function centre() {
  const box = element.querySelector('.article');
  const mark = element.querySelector('mark');
  if (box && mark) box.scrollTop = Math.max(0, mark.offsetTop - box.clientHeight / 3);
  const card = element.querySelector('.card');
  for (const link of document.querySelectorAll('#conversation a.cite')) {
    link.classList.toggle('open', !!card && link.getAttribute('href') === '#' + card.id);
  }
}

function reveal() {
  const title = element.querySelector('#card-title');
  if (!title) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  title.focus({ preventScroll: true });
  element.querySelector('.card').scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
}

watch('value', () => {
  centre();
  since = -Infinity;
  if (wanted && (cardOf(wanted) || wanted.id !== sent)) open();
});

// A larger view of the article: a copy of what the card shows, scrolled to the passage.
function read() {
  const reader = element.querySelector('#reader');
  const shown = element.querySelector('.card .article');
  if (!reader || !shown) return;
  const copy = shown.cloneNode(true);
  copy.removeAttribute('aria-labelledby');
  copy.setAttribute('aria-labelledby', 'reader-title');
  for (const named of copy.querySelectorAll('[id]')) named.removeAttribute('id');
  reader.querySelector('.page').replaceChildren(copy);
  reader.showModal();
  copy.focus({ preventScroll: true });
  const mark = copy.querySelector('mark');
  if (mark) copy.scrollTop = Math.max(0, mark.offsetTop - copy.clientHeight / 3);
}

// A page on an address without https has no clipboard; a selection can still be copied.
function copied(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const box = document.createElement('textarea');
  box.value = words;
  document.body.append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  return done ? Promise.resolve() : Promise.reject(new Error('not copied'));
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const cite = target.closest('a.cite');
  const address = cite && ADDRESS.exec(cite.getAttribute('href') || '');
  if (address) {
    event.preventDefault();
    opener = cite;
    wanted = { id: address[0].slice(1), answer: address[1], n: Number(address[2]) };
    if (performance.now() - since > LOST_MS) open();
    return;
  }
  if (target.closest('.back a')) {
    event.preventDefault();
    const back = opener && opener.isConnected && opener.closest('#conversation') ? opener : document.querySelector('#question textarea');
    back?.focus();
    back?.scrollIntoView({ block: 'center' });
    return;
  }
  if (target.closest('#read')) { read(); return; }
  if (target.closest('#reader .close')) { element.querySelector('#reader').close(); return; }
  const copy = target.closest('button.copy');
  if (copy) {
    const said = copy.parentElement.querySelector('.copied');
    const tell = (words) => { if (said) said.textContent = words; };
    copied((copy.classList.contains('share') ? location.origin : '') + copy.dataset.copy).then(() => tell(copy.dataset.done), () => tell(copy.dataset.failed));
  }
});
