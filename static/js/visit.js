/* The queue of taps that the server has not acknowledged yet. Plain IndexedDB, no service worker, no library.

   A tap is on disk before the screen says so; it leaves the disk only when the server has answered with its own key.
   A refusal stays with its sentence until a person deals with it. Pages talk to it through window.visitQueue. */
(function () {
  'use strict';

  const block = document.getElementById('visit-words');
  const user = document.body.dataset.user;
  if (!block || !user) return;
  const words = JSON.parse(block.textContent);
  const STORE = 'taps';
  const EVERY = 20000;
  const PATIENCE = 30000;
  const PHOTO_PATIENCE = 120000;
  const listeners = [];
  let items = [];
  let others = 0;
  let disk = null;
  let trouble = '';
  let isOffline = !navigator.onLine;
  let isSending = false;
  let again = false;
  let fileUrl = '';

  /* ---- the disk of the phone ---- */
  function openDisk() {
    return new Promise((done) => {
      let request;
      try { request = window.indexedDB.open('branchmark-visits', 1); } catch (error) { done(null); return; }
      if (!request) { done(null); return; }
      request.onupgradeneeded = () => { request.result.createObjectStore(STORE, { keyPath: 'id', autoIncrement: true }); };
      request.onsuccess = () => done(request.result);
      request.onerror = (event) => { event.preventDefault(); done(null); };
      request.onblocked = () => done(null);
    });
  }

  function onDisk(mode, act) {
    return new Promise((done, failed) => {
      const work = disk.transaction(STORE, mode);
      const request = act(work.objectStore(STORE));
      work.oncomplete = () => done(request.result);
      work.onerror = () => failed(work.error);
      work.onabort = () => failed(work.error);
    });
  }

  function keep(item) {
    if (!disk) { item.id = Date.now() + Math.random(); items.push(item); return Promise.resolve(); }
    return onDisk('readwrite', (store) => store.add(item)).then((id) => { item.id = id; items.push(item); });
  }

  function rewrite(item) {
    return disk ? onDisk('readwrite', (store) => store.put(item)).catch(() => {}) : Promise.resolve();
  }

  function drop(item) {
    items = items.filter((one) => one.id !== item.id);
    return disk ? onDisk('readwrite', (store) => store.delete(item.id)) : Promise.resolve();
  }

  function load() {
    if (!disk) return Promise.resolve();
    return onDisk('readonly', (store) => store.getAll()).then((all) => {
      const mine = all.filter((one) => one.user === user);
      others = all.length - mine.length;
      items = mine;
    });
  }

  /* crypto.randomUUID wants a secure context; an office network has none */
  function makeKey() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes).map((byte) => (byte + 256).toString(16).slice(1)).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  /* ---- sending, one after the other ---- */
  function waiting() {
    const refused = items.filter((one) => one.refused).map((one) => one.key);
    return items.filter((one) => !one.refused && refused.indexOf(one.of) < 0);
  }

  function send() {
    if (isSending) { again = true; return; }
    const next = waiting()[0];
    if (!next) { trouble = ''; tell(); return; }
    isSending = true;
    tell();
    post(next).then((goesOn) => {
      isSending = false;
      tell();
      if (goesOn || again) { again = false; send(); }
    });
  }

  function body(item) {
    const data = new FormData();
    data.append('key', item.key);
    data.append('device_at', item.made_at);
    item.fields.forEach((pair) => data.append(pair[0], pair[1]));
    if (item.bytes) data.append('photo', new Blob([item.bytes], { type: 'image/jpeg' }), item.name);
    return data;
  }

  /* Resolves true when the next one may go. */
  function post(item) {
    const token = document.querySelector('[name=csrfmiddlewaretoken]');
    const headers = { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' };
    if (token) headers['X-CSRFToken'] = token.value;
    const stop = typeof AbortController === 'undefined' ? null : new AbortController();
    const timer = window.setTimeout(() => { if (stop) stop.abort(); }, item.bytes ? PHOTO_PATIENCE : PATIENCE);
    const options = { method: 'POST', body: body(item), headers: headers, credentials: 'same-origin', redirect: 'manual' };
    if (stop) options.signal = stop.signal;
    return fetch(item.url, options)
      .then((answer) => answer.text().then((text) => settle(item, answer, parse(text))))
      .catch(() => { isOffline = true; trouble = ''; return false; })
      .then((goesOn) => { window.clearTimeout(timer); return goesOn; });
  }

  function parse(text) {
    try { return JSON.parse(text) || {}; } catch (error) { return {}; }
  }

  function settle(item, answer, told) {
    isOffline = false;
    if (answer.ok && told.taken === item.key && (!item.bytes || told.size === item.bytes.byteLength)) {
      trouble = '';
      document.dispatchEvent(new CustomEvent('portal:seen'));
      return drop(item).then(() => { listeners.forEach((hear) => hear(item, told)); return true; });
    }
    if (answer.status === 401 || answer.type === 'opaqueredirect') { trouble = words.signed_out; return false; }
    if (answer.status === 403 && !told.error) { trouble = words.stale; return false; }
    if (answer.status === 429 || answer.status >= 500 || answer.ok) { trouble = words.busy; return false; }
    item.refused = answer.status === 404 ? words.gone : told.error || words.refused_other;
    trouble = '';
    return rewrite(item).then(() => true);
  }

  /* ---- what the person sees ---- */
  function fill(sentence, values) {
    return Object.keys(values).reduce((text, name) => text.replace('{' + name + '}', values[name]), sentence);
  }

  function summary() {
    const photos = items.filter((one) => one.bytes).length;
    return photos ? fill(words.unsent_photos, { n: items.length, m: photos }) : fill(words.unsent, { n: items.length });
  }

  function tell() {
    const refused = items.filter((one) => one.refused).length;
    document.querySelectorAll('[data-sync]').forEach((place) => {
      if (items.length) delete place.dataset.nothing;
      place.dataset.tone = refused ? 'overdue' : items.length || isOffline ? 'warn' : place.dataset.nothing ? '' : 'ok';
      const state = items.length ? summary() : isOffline ? '' : place.dataset.nothing || words.all_sent;
      place.textContent = [isOffline ? words.offline : '', state].filter(Boolean).join(' · ');
    });
    document.querySelectorAll('[data-queue]').forEach((panel) => {
      panel.hidden = !items.length && !others && disk !== null;
      panel.querySelector('[data-queue-count]').textContent = items.length ? summary() : '';
      panel.querySelector('[data-queue-why]').textContent = why();
      panel.querySelector('.queue-actions').hidden = !items.length;
      list(panel.querySelector('[data-queue-items]'));
    });
    guardSignOut();
  }

  function why() {
    const lines = [];
    if (disk === null) lines.push(words.no_store);
    if (others) lines.push(fill(words.others, { n: others }));
    if (trouble) lines.push(trouble);
    else if (isSending && !isOffline) lines.push(words.sending);
    else if (waiting().length) lines.push(words.kept_here);
    return lines.join(' ');
  }

  function list(place) {
    const stuck = items.filter((one) => one.refused);
    place.textContent = '';
    stuck.forEach((item) => place.append(line(item)));
  }

  function line(item) {
    const row = document.createElement('li');
    const text = document.createElement('span');
    text.textContent = item.label + '：' + item.refused;
    row.append(text);
    if (item.kind === 'problem' && document.querySelector('[data-stop="' + item.stop + '"]')) {
      row.append(button(words.amend, () => listeners.forEach((hear) => hear(item, { amend: true }))));
    }
    row.append(discard(item));
    return row;
  }

  function button(label, act) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'btn btn-plain btn-sm';
    made.textContent = label;
    made.addEventListener('click', act);
    return made;
  }

  /* two presses: the second one is the confirmation */
  function discard(item) {
    const made = button(words.discard, () => {
      if (made.dataset.sure) { forget(item); return; }
      made.dataset.sure = 'yes';
      made.textContent = words.discard_sure;
    });
    return made;
  }

  function forget(item) {
    const gone = items.filter((one) => one.id === item.id || one.of === item.key);
    return Promise.all(gone.map(drop)).then(() => {
      listeners.forEach((hear) => hear(item, { discarded: true }));
      tell();
    });
  }

  function guardSignOut() {
    document.querySelectorAll('form[action="' + words.sign_out + '"]').forEach((form) => {
      if (items.length) form.dataset.confirm = fill(words.leave, { n: items.length });
      else delete form.dataset.confirm;
    });
  }

  /* ---- the rescue: everything unsent as a file ---- */
  function exportAll() {
    const rows = items.map((one) => {
      const row = Object.assign({}, one);
      if (row.bytes) { row.photo = base64(row.bytes); delete row.bytes; }
      return row;
    });
    const text = JSON.stringify({ saved_at: new Date().toISOString(), user: user, items: rows }, null, 1);
    if (fileUrl) URL.revokeObjectURL(fileUrl);
    fileUrl = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = fileUrl;
    link.download = words.file + '-' + new Date().toISOString().slice(0, 16).replace(/[:T]/g, '') + '.json';
    document.body.append(link);
    link.click();
    link.remove();
  }

  function base64(buffer) {
    const bytes = new Uint8Array(buffer);
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192));
    return window.btoa(text);
  }

  /* ---- for the page of a stop ---- */
  function add(item) {
    const whole = Object.assign({ user: user, made_at: new Date().toISOString(), key: makeKey() }, item);
    return keep(whole).then(() => { tell(); return whole; }, () => { trouble = words.full; tell(); throw new Error('full'); });
  }

  window.visitQueue = {
    ready: openDisk().then((opened) => { disk = opened; return load(); }).catch(() => { disk = null; }).then(() => { tell(); window.setTimeout(send, 0); }),
    add: add,
    send: send,
    forget: forget,
    hear: (listener) => listeners.push(listener),
    of: (stop) => items.filter((one) => one.stop === stop),
    words: words,
    fill: fill
  };

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-queue-send]')) send();
    if (event.target.closest('[data-queue-export]')) exportAll();
  });
  window.addEventListener('online', () => { isOffline = false; tell(); send(); });
  window.addEventListener('offline', () => { isOffline = true; tell(); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') send(); });
  window.setInterval(() => { if (waiting().length) send(); }, EVERY);
  window.addEventListener('beforeunload', (event) => {
    if (!disk && items.length) { event.preventDefault(); event.returnValue = ''; }
  });
})();
