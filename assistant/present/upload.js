// Runs once when the place to hand in articles loads; element belongs to it. Each file is sent by
// itself to the server's own route, one after another; what became of it is told in a list. Files
// handed in while others are being sent come after them. Names and answers are written as text only.
const MOST_AT_ONCE = 200;
const waiting = [];
let sending = false;

const drop = () => element.querySelector('.drop');

function fill(sentence, values) {
  return Object.entries(values).reduce((said, [name, value]) => said.split('{' + name + '}').join(value), sentence);
}

function row(name) {
  const item = document.createElement('li');
  const called = document.createElement('bdi');
  const state = document.createElement('span');
  called.textContent = name;
  item.append(called, ' ', state);
  element.querySelector('#upload-files-list').append(item);
  return (outcome) => {
    item.dataset.outcome = outcome;
    state.textContent = drop().dataset[outcome === 'not_allowed' ? 'notAllowed' : outcome] || drop().dataset.failed;
  };
}

// What can be said without sending it: a file over the limit would only be cut off by the server.
function trouble(file) {
  const { most, endings } = drop().dataset;
  const ending = (/\.[^.]+$/.exec(file.name) || [''])[0].toLowerCase();
  if (!endings.split(' ').includes(ending)) return 'kind';
  if (file.size > Number(most)) return 'large';
  return file.size ? '' : 'empty';
}

async function put(file, replace) {
  const address = 'api/v1/articles/' + encodeURIComponent(file.name) + (replace ? '?replace=true' : '');
  try {
    const reply = await fetch(address, { method: 'PUT', body: file, credentials: 'same-origin' });
    const said = await reply.json();
    return reply.ok ? said.outcome : said.code || 'failed';
  } catch {
    return 'failed';
  }
}

function replaceIt(name) {
  const question = fill(drop().dataset.ask, { name });
  return new Promise((answer) => {
    document.dispatchEvent(new CustomEvent('library:ask', { detail: { question, yes: drop().dataset.yes, answer } }));
  });
}

async function send(files) {
  if (!files.length) return;
  waiting.push(files);
  if (sending) return;
  sending = true;
  element.querySelector('#upload-files-list').replaceChildren();
  element.querySelector('#upload-summary').textContent = drop().dataset.sending;
  const counts = { taken: 0, refused: 0 };
  while (waiting.length) await sendAll(waiting.shift(), counts);
  element.querySelector('#upload-summary').textContent = fill(drop().dataset.done, counts);
  if (counts.taken) document.dispatchEvent(new CustomEvent('library:act', { detail: { do: 'uploaded', name: '', page: 0 } }));
  sending = false;
}

async function sendAll(files, counts) {
  for (const file of files.slice(0, MOST_AT_ONCE)) {
    const tell = row(file.name);
    tell('sending');
    let outcome = trouble(file) || await put(file, false);
    if (outcome === 'taken' && await replaceIt(file.name)) outcome = await put(file, true);
    tell(outcome);
    if (outcome === 'added' || outcome === 'replaced') counts.taken += 1;
    else if (outcome !== 'same') counts.refused += 1;
  }
  for (const file of files.slice(MOST_AT_ONCE)) { row(file.name)('failed'); counts.refused += 1; }
}

element.addEventListener('change', (event) => {
  if (event.target.id !== 'upload-files') return;
  const files = [...event.target.files];
  event.target.value = '';
  send(files);
});

// A file that misses the place must not take the browser away from the page.
const room = document.querySelector('#library-room');
for (const kind of ['dragover', 'drop']) {
  room.addEventListener(kind, (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    const here = drop() && event.target instanceof Element && drop().contains(event.target);
    event.dataTransfer.dropEffect = here ? 'copy' : 'none';
    if (drop()) drop().classList.toggle('over', here && kind === 'dragover');
    if (here && kind === 'drop') send([...event.dataTransfer.files]);
  });
}
room.addEventListener('dragleave', (event) => {
  if (drop() && !drop().contains(event.relatedTarget)) drop().classList.remove('over');
});
