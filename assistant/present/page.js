// Runs once when the sources panel loads; element, trigger and watch belong to the panel.
// A mark in an answer (a.cite, #s-{answer}-{n}) opens its source: the server renders the card,
// this scrolls the passage into view and moves the focus there, and back again.
const ADDRESS = /^#s-([A-Za-z0-9_-]+)-(\d+)$/;
let opener = null;
let wanted = false;

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
  if (wanted) { wanted = false; reveal(); }
});

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const cite = target.closest('a.cite');
  const address = cite && ADDRESS.exec(cite.getAttribute('href') || '');
  if (address) {
    event.preventDefault();
    opener = cite;
    if (element.querySelector('.card[id="' + address[0].slice(1) + '"]')) { centre(); reveal(); return; }
    wanted = true;
    trigger('cite', { answer: address[1], n: Number(address[2]) });
    return;
  }
  if (target.closest('a.skip')) {
    event.preventDefault();
    document.querySelector('#question textarea')?.focus();
    return;
  }
  if (target.closest('.back a')) {
    event.preventDefault();
    const back = opener && opener.isConnected && opener.closest('#conversation') ? opener : document.querySelector('#question textarea');
    back?.focus();
    back?.scrollIntoView({ block: 'center' });
    return;
  }
  const copy = target.closest('button.copy');
  if (copy) {
    const said = element.querySelector('.copied');
    const done = (words) => { if (said) said.textContent = words; };
    if (navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(() => done('Copied.'), () => done('The browser did not allow it.'));
    else done('The browser allows copying on a secure address only.');
  }
});

const room = document.querySelector('#ask-room');

// A new question goes to the top of the conversation and stays there while its answer grows,
// so that the answer is read from its start; a reader who scrolls is left alone.
let questions = 0;
let following = false;
function follow() {
  const asked = room.querySelectorAll('.asked');
  if (asked.length > questions) following = true;
  questions = asked.length;
  if (!following || !questions) return;
  asked[questions - 1].scrollIntoView({ block: 'start' });
  if (room.querySelectorAll('.answer .footnote').length === questions) following = false;
}
for (const gesture of ['wheel', 'touchmove']) {
  room.addEventListener(gesture, () => { following = false; }, { passive: true });
}

// The chat names each message by its raw markup; a screen reader should hear who speaks.
function nameSpeakers() {
  for (const message of room.querySelectorAll('[data-testid=user], [data-testid=bot]')) {
    const name = message.dataset.testid === 'user' ? 'You asked' : 'Townbook';
    if (message.getAttribute('aria-label') !== name) {
      message.setAttribute('role', 'group');
      message.setAttribute('aria-label', name);
    }
  }
}
new MutationObserver(() => { nameSpeakers(); follow(); }).observe(room, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] });
