/* One branch on site: every press becomes a tap in the queue of visit.js; the row shows it at once and says that it waits.
   Without this script each clause is a plain form. */
(function () {
  'use strict';

  const queue = window.visitQueue;
  const root = document.querySelector('[data-stop]');
  if (!queue || !root || !('may' in root.dataset)) return;
  const words = queue.words;
  const stop = root.dataset.stop;
  const STATES = { conforms: 'yes', problem: 'no', not_applicable: 'na', no_answer: 'open' };
  const JUDGED = ['yes', 'no', 'na'];
  const SIDE = 1600;
  const MOST = 500 * 1024;
  const rows = () => Array.from(root.querySelectorAll('[data-clause]'));
  const rowOf = (key) => document.getElementById('c-' + key);

  /* ---- a press on 符合, or on taking a verdict back ---- */
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-tap]');
    if (!button) return;
    event.preventDefault();
    judge(button.value, button.dataset.tap, []);
  });

  function judge(clause, verdict, more) {
    const fields = [['clause', clause], ['verdict', verdict]].concat(more);
    return queue.add({ stop: stop, url: root.dataset.taps, kind: verdict, clause: clause, label: label(clause, verdict), fields: fields })
      .then((item) => { mark(item); queue.send(); return item; });
  }

  function label(clause, verdict) {
    const row = rowOf(clause);
    const code = clause && row ? row.dataset.code : words.beside;
    return code + ' ' + words[isAward(row, verdict) ? 'award' : verdict];
  }

  /* an award is entered by the same form and is no problem */
  function isAward(row, verdict) {
    return verdict === 'problem' && row !== null && 'award' in row.dataset;
  }

  /* ---- the forms of a problem and of 不适用 ---- */
  document.addEventListener('submit', (event) => {
    const form = event.target.closest('[data-tap-form], [data-rest] form');
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    release(form);
    if (!form.dataset.tapForm) { rest(form); return; }
    const bad = missing(form);
    say(form, bad);
    if (bad) return;
    if (form.dataset.tapForm === 'problem') logProblem(form);
    else judge(form.elements.clause.value, 'not_applicable', [['remark', form.elements.remark.value.trim()]]).then(() => shut(form));
  });

  /* portal.js holds a form that was sent; here it stays on the page */
  function release(form) {
    delete form.dataset.sending;
    window.setTimeout(() => Array.from(form.elements).forEach((field) => {
      if (field.type === 'submit') { field.disabled = false; field.removeAttribute('aria-busy'); }
    }), 0);
  }

  function missing(form) {
    if (form.dataset.tapForm === 'not_applicable') return form.elements.remark.value.trim() ? '' : words.say_why;
    return form.elements.text.value.trim() || measured(form).some((pair) => pair[1].trim()) ? '' : words.say_what;
  }

  function say(form, sentence) {
    const place = form.querySelector('[data-tap-error]');
    place.textContent = sentence;
    place.classList.toggle('d-block', sentence !== '');
  }

  /* the inputs of the clause's own measures: all that carry its key and a colon */
  function measured(form) {
    const prefix = form.elements.clause.value + ':';
    return Array.from(form.elements).filter((field) => field.name.indexOf(prefix) === 0 &&
      ((field.type !== 'radio' && field.type !== 'checkbox') || field.checked)).map((field) => [field.name, field.value]);
  }

  function logProblem(form) {
    if (form.dataset.busy) return;
    form.dataset.busy = 'yes';
    const clause = form.elements.clause.value;
    const more = ['text', 'severity', 'due', 'responsible'].map((name) => [name, form.elements[name].value.trim()]).concat(measured(form));
    const files = Array.from(form.elements.photos.files);
    const replaced = form.dataset.replaces;
    shrinkAll(files).then((photos) => judge(clause, 'problem', more).then((item) => {
      const held = photos.map((photo) => () => queue.add({
        stop: stop, url: root.dataset.photos, kind: 'photo', clause: clause, label: label(clause, 'photo'), of: item.key,
        name: photo.name, bytes: photo.bytes, fields: [['of', item.key]]
      }));
      return held.reduce((before, next) => before.then(next), Promise.resolve());
    })).then(() => (replaced ? dropKey(replaced) : null))
      .then(() => { delete form.dataset.busy; delete form.dataset.replaces; clear(form); shut(form); queue.send(); },
        () => { delete form.dataset.busy; });
  }

  function dropKey(key) {
    const old = queue.of(stop).filter((one) => one.key === key)[0];
    return old ? queue.forget(old) : null;
  }

  function clear(form) {
    form.reset();
    Array.from(form.elements).forEach((field) => { if (field.name === 'phrase') field.checked = false; });
    form.elements.text.value = '';
    photoWords(form);
  }

  function shut(form) {
    const row = form.closest('[data-clause]');
    const fold = document.getElementById('shut-' + row.dataset.clause);
    if (fold) fold.checked = true;
    const more = form.closest('details');
    if (more) more.open = false;
  }

  /* ---- chips write into the text, so that it can be read and changed ---- */
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (field.name === 'phrase') phrase(field);
    if (field.name === 'photos') photoWords(field.form);
    if (field.matches('.opener-no, .opener-na')) field.closest('[data-clause]').querySelector('.taps').scrollIntoView();
  });

  function phrase(chip) {
    const area = chip.form.elements.text;
    const parts = area.value.split('；').map((part) => part.trim()).filter(Boolean);
    const at = parts.indexOf(chip.value);
    if (chip.checked && at < 0) parts.push(chip.value);
    if (!chip.checked && at >= 0) parts.splice(at, 1);
    area.value = parts.join('；');
  }

  function photoWords(form) {
    const place = form.querySelector('[data-photo-words]');
    if (!place.dataset.blank) place.dataset.blank = place.textContent;
    const n = form.elements.photos.files.length;
    place.textContent = n ? queue.fill(words.photos_chosen, { n: n }) : place.dataset.blank;
  }

  /* ---- photos: at most 1600 px and 500 KB; drawing afresh drops place and device from the file ---- */
  function shrinkAll(files) {
    return files.reduce((before, file) => before.then((done) => shrink(file).then((photo) => done.concat(photo ? [photo] : []))), Promise.resolve([]));
  }

  function shrink(file) {
    return new Promise((done) => {
      const url = URL.createObjectURL(file);
      const image = new Image();
      image.onload = () => {
        const scale = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
        const canvas = document.createElement('canvas');
        canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
        canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
        const pen = canvas.getContext('2d');
        pen.fillStyle = '#FFF';
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(url);
        squeeze(canvas, 0.82, (blob) => read(blob).then((bytes) => done({ name: file.name.replace(/\.[^.]*$/, '') + '.jpg', bytes: bytes })));
      };
      image.onerror = () => { URL.revokeObjectURL(url); window.alert(words.photo_bad); done(null); };
      image.src = url;
    });
  }

  function squeeze(canvas, quality, then) {
    canvas.toBlob((blob) => { if (blob.size <= MOST || quality < 0.4) then(blob); else squeeze(canvas, quality - 0.14, then); }, 'image/jpeg', quality);
  }

  function read(blob) {
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsArrayBuffer(blob);
    });
  }

  /* ---- the rest conform ---- */
  function toRest() {
    return rows().filter((row) => row.dataset.state === 'open' && 'counts' in row.dataset && !row.dataset.doubt);
  }

  function rest(form) {
    const keys = toRest().map((row) => row.dataset.clause);
    if (!keys.length) return;
    const fields = [['clause', ''], ['verdict', 'rest']].concat(keys.map((key) => ['clauses', key]));
    queue.add({ stop: stop, url: root.dataset.taps, kind: 'rest', clause: '', label: words.rest, clauses: keys, fields: fields })
      .then((item) => { mark(item); queue.send(); });
  }

  /* ---- what the rows say ---- */
  function mark(item) {
    if (item.kind === 'photo') return;
    if (item.kind === 'rest') { item.clauses.forEach((key) => wait(rowOf(key), 'yes', words.conforms)); recount(); return; }
    const row = rowOf(item.clause);
    const said = item.kind === 'problem' ? value(item, 'text') || words[isAward(row, item.kind) ? 'award' : 'problem'] : words[item.kind];
    wait(row, item.clause ? STATES[item.kind] : '', said, item.kind === 'problem' && !isAward(row, item.kind));
    recount();
  }

  function value(item, name) {
    const pair = item.fields.filter((one) => one[0] === name)[0];
    return pair ? pair[1] : '';
  }

  function wait(row, state, said, adds) {
    if (!row) return;
    if (!('was' in row.dataset)) row.dataset.was = row.dataset.state || '';
    if (state) row.dataset.state = state;
    row.classList.add('is-waiting');
    const place = row.querySelector('[data-state-place]');
    const note = document.createElement('p');
    note.className = 'stop-wait';
    note.textContent = said + ' · ' + words.waits;
    if (!adds) place.querySelectorAll('.stop-wait, .stop-said').forEach((old) => { old.hidden = true; });
    if (adds && state) row.classList.add('has-problem');
    place.append(note);
  }

  function restore(row) {
    if (!row) return;
    if ('was' in row.dataset) { row.dataset.state = row.dataset.was; delete row.dataset.was; }
    row.classList.remove('is-waiting');
    row.querySelectorAll('.stop-wait').forEach((old) => old.remove());
    row.querySelectorAll('.stop-said').forEach((old) => { old.hidden = false; });
    problemMark(row);
  }

  /* with a logged problem only another problem can follow */
  function problemMark(row) {
    row.classList.toggle('has-problem', row.dataset.clause !== '' && row.querySelector('.stop-findings') !== null);
  }

  function pending(clause) {
    return queue.of(stop).filter((one) => one.kind !== 'photo' && (one.clause === clause && one.kind !== 'rest' || (one.clauses || []).indexOf(clause) >= 0));
  }

  /* the server's word replaces ours, unless a later tap on the clause still waits */
  function show(told) {
    const row = rowOf(told.clause);
    if (!row || (row.dataset.clause && pending(told.clause).length)) return;
    restore(row);
    row.dataset.state = told.state;
    row.querySelector('[data-state-place]').innerHTML = told.html;
    problemMark(row);
  }

  queue.hear((item, told) => {
    if (item.stop !== stop) return;
    if (told.amend) { amend(item); return; }
    if (told.discarded) {
      (item.clauses || [item.clause]).forEach((key) => { restore(rowOf(key)); pending(key).forEach(mark); });
      recount();
      return;
    }
    (told.rows || []).forEach(show);
    if (!item.clause && told.number) beside(told);
    recount();
  });

  function beside(told) {
    const row = rowOf('');
    row.querySelectorAll('.stop-wait').forEach((note, at) => { if (at === 0) { note.className = 'stop-kept'; note.textContent = told.number + ' ' + note.textContent.split(' · ')[0]; } });
    if (!row.querySelector('.stop-wait')) row.classList.remove('is-waiting');
  }

  /* a refused problem goes back into its form */
  function amend(item) {
    const row = rowOf(item.clause);
    const form = row.querySelector('[data-tap-form=problem]');
    const open = document.getElementById('no-' + item.clause);
    if (open) open.checked = true;
    if (form.closest('details')) form.closest('details').open = true;
    Array.from(form.elements).forEach((field) => {
      const said = item.fields.filter((pair) => pair[0] === field.name).map((pair) => pair[1]);
      if (!said.length || field.type === 'hidden' || field.type === 'file') return;
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = said.indexOf(field.value) >= 0;
      else field.value = said[0];
    });
    form.dataset.replaces = item.key;
    say(form, item.refused);
    row.scrollIntoView();
  }

  function recount() {
    const counted = rows().filter((row) => 'counts' in row.dataset);
    const judged = rows().filter((row) => JUDGED.indexOf(row.dataset.state) >= 0).length;
    document.querySelectorAll('[data-progress]').forEach((place) => { place.textContent = judged + '/' + counted.length; });
    const n = toRest().length;
    document.querySelectorAll('[data-rest-count]').forEach((place) => { place.textContent = n; });
    document.querySelectorAll('[data-tap-rest]').forEach((button) => { button.disabled = n === 0; });
    const left = rows().filter((row) => row.dataset.state === 'open' && row.dataset.doubt).map((row) => row.dataset.clause);
    document.querySelectorAll('[data-left]').forEach((line) => { line.hidden = left.indexOf(line.dataset.left) < 0; });
    document.querySelectorAll('[data-rest-left]').forEach((place) => { place.hidden = !left.length; });
    document.querySelectorAll('[data-rest], [data-to-rest]').forEach((place) => { place.hidden = !n && !left.length; });
    /* the server knows what follows: asked for as soon as it has every tap */
    const open = counted.some((row) => row.dataset.state === 'open');
    document.querySelectorAll('[data-next]').forEach((link) => { link.hidden = !open; });
    document.querySelectorAll('[data-done]').forEach((link) => { link.hidden = open || queue.of(stop).length > 0; });
  }

  /* ---- 下一项, and which clauses are shown ---- */
  document.addEventListener('click', (event) => {
    const next = event.target.closest('[data-next]');
    const view = event.target.closest('[data-show]');
    if (next) { event.preventDefault(); goOn(); }
    if (view) { event.preventDefault(); narrow(view); }
  });

  function goOn() {
    const top = 120;
    const open = rows().filter((row) => row.dataset.state === 'open' && 'counts' in row.dataset && !row.hidden);
    const below = open.filter((row) => row.getBoundingClientRect().top > top + 8);
    const target = below[0] || open[0] || document.getElementById('rest');
    target.scrollIntoView();
  }

  function narrow(view) {
    document.querySelectorAll('[data-show]').forEach((one) => { if (one === view) one.setAttribute('aria-current', 'page'); else one.removeAttribute('aria-current'); });
    rows().forEach((row) => {
      row.hidden = (view.dataset.show === 'open' && row.dataset.state !== 'open') || (view.dataset.show === 'must' && !('must' in row.dataset));
    });
    window.scrollTo(0, 0);
  }

  queue.ready.then(() => { queue.of(stop).forEach(mark); recount(); });
})();
