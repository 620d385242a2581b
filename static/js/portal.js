/* What every page may use, wired through data- attributes so that pages need no script of their own.
   Everything here only helps: each page works without it. Listeners sit on the document, so parts swapped in later work too. */
(function () {
  'use strict';

  const words = readWords();
  const $ = (selector, root) => (root || document).querySelector(selector);
  const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  function readWords() {
    const block = document.getElementById('words');
    return block ? JSON.parse(block.textContent) : {};
  }

  /* ---- ticking rows: <form data-batch id=f>, <input data-tick form=f>, <input data-tick-all form=f> ---- */
  function ticks(form) {
    return $$('[data-tick]').filter((box) => box.form === form);
  }

  function recount(form) {
    const boxes = ticks(form);
    const on = boxes.filter((box) => box.checked);
    boxes.forEach((box) => { const row = box.closest('tr, li'); if (row) row.classList.toggle('ticked', box.checked); });
    $$('[data-tick-all]').filter((box) => box.form === form).forEach((box) => {
      box.checked = boxes.length > 0 && on.length === boxes.length;
      box.indeterminate = on.length > 0 && on.length < boxes.length;
    });
    const every = $('[data-tick-every]', form);
    const n = every && every.checked ? every.dataset.tickEvery : on.length;
    $$('[data-batch-count]', form).forEach((place) => { place.textContent = words.selected.replace('{n}', n); });
    const bar = form.matches('.batch') ? form : $('.batch', form);
    if (bar) { bar.classList.add('counted'); bar.classList.toggle('has-rows', Number(n) > 0); }
    /* nothing ticked: nothing to press */
    if (boxes.length && !form.dataset.sending) sendersOf(form).forEach((one) => { one.disabled = !Number(n); });
  }

  function sendersOf(form) {
    return $$('button, input[type=submit]').filter((one) => one.form === form && one.type === 'submit');
  }

  document.addEventListener('change', (event) => {
    const box = event.target;
    if (!box.form) return;
    if (box.matches('[data-tick-all]')) ticks(box.form).forEach((one) => { one.checked = box.checked; });
    if (box.matches('[data-tick], [data-tick-all], [data-tick-every]')) recount(box.form);
    /* a box without a name only unfolds the filters */
    if (box.form.matches('[data-auto]') && box.name && box.matches('select, [type=date], [type=checkbox], [type=radio]')) box.form.submit();
    if (box.matches('[data-reveals]')) reveal(box.form);
  });

  /* ---- parts that belong to one choice: <input data-reveals> and <div data-when="name=value"> ---- */
  function reveal(form) {
    $$('[data-when]', form).forEach((part) => {
      const [name, value] = part.dataset.when.split('=');
      part.hidden = !value.split('|').some((one) => isChosen(form, name, one));
    });
  }

  function isChosen(form, name, value) {
    return Array.from(form.elements).some((field) => field.name === name && field.value === value &&
      (field.type === 'radio' || field.type === 'checkbox' ? field.checked : true));
  }

  /* ---- confirmation: data-confirm on a button or form states object and consequence ---- */
  function ask(sentence, then) {
    if (typeof HTMLDialogElement === 'undefined') {
      if (window.confirm(sentence)) then();
      return;
    }
    const dialog = document.createElement('dialog');
    dialog.className = 'ask';
    const title = element('h2', words.confirm);
    title.id = 'ask-title';
    dialog.setAttribute('aria-labelledby', 'ask-title');
    const actions = element('div', '', 'ask-actions');
    const no = button(words.cancel, 'btn btn-plain');
    const yes = button(words.go_on, 'btn btn-primary');
    actions.append(no, yes);
    dialog.append(title, element('p', sentence), actions);
    dialog.addEventListener('close', () => dialog.remove());
    no.addEventListener('click', () => dialog.close());
    yes.addEventListener('click', () => { dialog.close(); then(); });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }

  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, className) {
    const made = element('button', text, className);
    made.type = 'button';
    return made;
  }

  /* The pressed button is remembered by hand: SubmitEvent.submitter is younger than our oldest browsers. */
  let pressed = null;
  let agreed = null;

  document.addEventListener('click', (event) => {
    const control = event.target.closest('button, input[type=submit], a');
    if (!control) return;
    if (control.form && control.type === 'submit') pressed = control;
    if (control.matches('a[data-confirm]') && agreed !== control) {
      event.preventDefault();
      ask(control.dataset.confirm, () => { agreed = control; control.click(); agreed = null; });
    }
    if (control.matches('[data-print]')) window.print();
    if (control.matches('[data-copy], [data-copy-text]')) copy(control);
    if (control.matches('[data-tick-rest]')) tickRest(control);
  });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const by = pressed && pressed.form === form ? pressed : null;
    if (form.dataset.sending) { event.preventDefault(); return; }
    const sentence = (by && by.dataset.confirm) || form.dataset.confirm;
    if (sentence && form.dataset.agreed !== 'yes') {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(fillCount(sentence, form), () => { form.dataset.agreed = 'yes'; resubmit(form, by); });
      return;
    }
    delete form.dataset.agreed;
    if (form.method === 'post') hold(form, by);
  }, true);

  function fillCount(sentence, form) {
    const every = $('[data-tick-every]', form);
    const n = every && every.checked ? every.dataset.tickEvery : ticks(form).filter((box) => box.checked).length;
    return sentence.replace('{n}', n);
  }

  function resubmit(form, by) {
    if (by) { by.click(); return; }
    if (form.requestSubmit) { form.requestSubmit(); return; }
    const hidden = button('', '');
    hidden.type = 'submit';
    hidden.hidden = true;
    form.append(hidden);
    hidden.click();
  }

  /* A second click is dropped; the pressed button's own name and value still travel with the first. */
  function hold(form, by) {
    form.dataset.sending = 'yes';
    window.setTimeout(() => {
      sendersOf(form).forEach((one) => { one.disabled = true; });
      if (by) by.setAttribute('aria-busy', 'true');
    }, 0);
    if (form.matches('[data-download]')) window.setTimeout(() => release(form), 4000);
  }

  function release(form) {
    delete form.dataset.sending;
    sendersOf(form).forEach((one) => {
      one.disabled = false;
      one.removeAttribute('aria-busy');
    });
  }

  window.addEventListener('pageshow', (event) => {
    if (event.persisted) $$('form[data-sending]').forEach(release);
    /* ---- tabs and steps wider than the screen begin where one is ---- */
  function middle(here) {
    const row = here.closest('.views');
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
  }

  $$('.views [aria-current]').forEach(middle);
  $$('form[data-batch]').forEach(recount);
  });

  /* "the rest conform": ticks every group that nobody has answered yet */
  function tickRest(control) {
    const value = control.dataset.tickRest;
    const scope = control.form || document;
    const groups = {};
    $$('input[type=radio]', scope).forEach((one) => { (groups[one.name] = groups[one.name] || []).push(one); });
    Object.keys(groups).forEach((name) => {
      if (groups[name].some((one) => one.checked || 'keep' in one.dataset)) return;
      const wanted = groups[name].filter((one) => one.value === value && !one.disabled)[0];
      if (wanted) { wanted.checked = true; wanted.dispatchEvent(new Event('change', { bubbles: true })); }
    });
  }

  /* ---- copying: the async clipboard is missing on plain http, so select and copy is the second way, selecting the third ---- */
  function copy(control) {
    const source = control.dataset.copy ? $(control.dataset.copy) : null;
    const text = source ? (source.value === undefined ? source.textContent : source.value) : control.dataset.copyText;
    const done = () => flash(control, words.copied);
    const byHand = () => { if (copySelected(source, text)) done(); else flash(control, words.copy_by_hand); };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }

  function copySelected(source, text) {
    let area = source && source.select ? source : null;
    const made = !area;
    if (made) {
      area = document.createElement('textarea');
      area.value = text;
      area.className = 'visually-hidden';
      document.body.append(area);
    }
    area.focus();
    area.select();
    let ok = false;
    try { ok = document.execCommand('copy'); } catch (error) { ok = false; }
    if (made) area.remove();
    return ok;
  }

  function flash(control, sentence) {
    const kept = control.dataset.label || control.innerHTML;
    control.dataset.label = kept;
    control.textContent = sentence;
    control.setAttribute('aria-live', 'polite');
    window.setTimeout(() => { control.innerHTML = kept; }, 2500);
  }

  /* ---- menus that open over the page ---- */
  document.addEventListener('click', (event) => {
    $$('[data-drop][open]').forEach((drop) => { if (!drop.contains(event.target)) drop.open = false; });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    $$('[data-drop][open]').forEach((drop) => { drop.open = false; $('summary', drop).focus(); });
    const nav = $('#nav-open');
    if (nav) nav.checked = false;
  });
  const rail = $('#nav-rail');
  if (rail) rail.addEventListener('change', () => {
    document.cookie = 'rail=' + (rail.checked ? '1' : '0') + ';path=/;max-age=31536000;samesite=lax';
  });

  /* ---- unsaved work: <form data-guard>; a form that saves itself needs none ---- */
  document.addEventListener('input', (event) => {
    if (event.target.form && event.target.form.matches('[data-guard]')) event.target.form.dataset.dirty = 'yes';
  });
  window.addEventListener('beforeunload', (event) => {
    if ($$('form[data-guard][data-dirty]').some((form) => !form.dataset.sending)) { event.preventDefault(); event.returnValue = ''; }
  });

  /* ---- idle time: warn three minutes before the server ends the session ---- */
  const minutes = Number(document.body.dataset.idleMinutes);
  let seenAt = Date.now();
  let strip = null;

  function idleCheck() {
    const left = minutes - (Date.now() - seenAt) / 60000;
    if (left > 3) return;
    if (!strip) {
      strip = element('div', '', 'note note-warn idle');
      strip.setAttribute('role', 'alert');
      strip.append(element('div', ''), button(words.stay, 'btn btn-plain btn-sm end'));
      strip.lastChild.addEventListener('click', stay);
      document.body.append(strip);
    }
    const fate = $('form[data-autosave]') ? words.idle_kept : $('form[data-dirty]') ? words.idle_unkept : '';
    strip.firstChild.textContent = (left > 0 ? words.idle.replace('{n}', Math.max(1, Math.ceil(left))) : words.expired) + (fate ? ' · ' + fate : '');
    strip.lastChild.textContent = left > 0 ? words.stay : words.sign_in;
  }

  function stay() {
    if (Date.now() - seenAt >= minutes * 60000) { window.location.reload(); return; }
    fetch(window.location.href, { method: 'HEAD', credentials: 'same-origin', redirect: 'manual' }).then((answer) => {
      if (!answer.ok) { window.location.reload(); return; }
      seenAt = Date.now();
      strip.remove();
      strip = null;
    }, () => { strip.firstChild.textContent = words.offline; });
  }

  document.addEventListener('portal:seen', () => { seenAt = Date.now(); });
  if (minutes > 0 && document.body.dataset.user) window.setInterval(idleCheck, 20000);

  $$('form[data-batch]').forEach(recount);
  $$('[data-reveals]').map((field) => field.form).filter((form, at, all) => form && all.indexOf(form) === at).forEach(reveal);
})();
