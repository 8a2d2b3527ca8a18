// Runs once when the conversation loads; element, trigger and watch belong to its first part.
// Buttons in the conversation carry what they ask for as data; the server decides what it means.
const KEY = 'townbook.conversation';
const room = document.querySelector('#ask-room');
let begun = false;

// A question asked before the conversation has been begun waits: its answer would be overwritten.
const LOST_MS = 5000;
let ready = false;
let early = null;
function begin() {
  ready = true;
  const again = early;
  early = null;
  if (again) again();
}

// The first value comes with the reader's language; what was said before a reload goes back then.
watch('value', () => {
  if (!ready && element.querySelector('[data-begun]')) begin();
  if (begun) return;
  begun = true;
  setTimeout(() => { if (!ready) begin(); }, LOST_MS);
  let kept = null;
  try { kept = sessionStorage.getItem(KEY); } catch { /* a browser that keeps nothing */ }
  trigger('begin', { kept, search: location.search });
});

function ask(told) {
  if (!ready) { early = () => ask(told); return; }
  trigger('ask', told);
  document.querySelector('#question textarea')?.focus({ preventScroll: true });
}

// From another room: it made the question, and wants it asked of the whole library.
document.addEventListener('ask:handed', (event) => ask({ act: 'handed', question: event.detail.question }));

function press(button) {
  const told = { ...button.dataset };
  if (told.act === 'take') { trigger('take', told); return; }
  if (told.act === 'judge') {
    const form = button.closest('.judge');
    if (form) {
      told.reason = form.querySelector('select').value;
      told.comment = form.querySelector('textarea').value;
      form.open = false;
    }
    trigger('judge', told);
    return;
  }
  if (told.act === 'edit') { trigger('edit', told); return; }
  if (told.act !== 'undo') { ask(told); return; }
  trigger('undo', told);
  document.querySelector('#question textarea')?.focus({ preventScroll: true });
}

// Two presses in a row are one: a double click, or an Enter that bounced. Another question is not.
const PAUSE_MS = 400;
let pressed = 0;
let last = '';
function twice(event) {
  const target = event.target instanceof Element ? event.target : null;
  const sends = event.type === 'click'
    ? target?.closest('#send, #conversation [data-act]')
    : event.key === 'Enter' && !event.shiftKey && target?.closest('#question');
  if (!sends) return;
  if (!ready && !(sends instanceof Element && sends.dataset.act)) {
    early = () => document.querySelector('#send')?.click();
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const typed = document.querySelector('#question textarea')?.value.trim() ?? '';
  const control = sends instanceof Element && sends.dataset.act ? JSON.stringify({ ...sends.dataset }) : typed;
  const soon = (control === last || control === '') && event.timeStamp - pressed < PAUSE_MS;
  pressed = event.timeStamp;
  last = control;
  if (!soon) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
for (const gesture of ['click', 'keydown']) document.addEventListener(gesture, twice, true);

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target && target.closest('#conversation [data-act]');
  if (button) { press(button); return; }
  const skip = target && target.closest('a.skip');
  if (skip) {
    event.preventDefault();
    document.querySelector('#question textarea')?.focus();
  }
});

// A new question goes to the top of the conversation and stays there while its answer grows,
// so that the answer is read from its start; a reader who scrolls is left alone.
let question = '';
let following = false;
function follow() {
  const asked = [...room.querySelectorAll('.asked')];
  const shown = asked.length + ':' + (asked.length ? asked[asked.length - 1].textContent : '');
  if (shown !== question) following = true;
  question = shown;
  if (!following || !asked.length) return;
  asked[asked.length - 1].scrollIntoView({ block: 'start' });
  if (room.querySelectorAll('.answer .footnote').length === asked.length) following = false;
}
for (const gesture of ['wheel', 'touchmove']) {
  room.addEventListener(gesture, () => { following = false; }, { passive: true });
}
new MutationObserver(follow).observe(document.querySelector('#conversation'), { subtree: true, childList: true });
