/* <form data-autosave="key" data-autosave-url="..."> keeps what is typed on this computer at once and on the server within 3 s.
   The state line [data-autosave-state] says only what is true: a change counts as saved when the server has answered for it.
   The local copy goes away only then. It outlives an expired session and a closed browser. */
(function () {
  'use strict';

  const DELAY = 2500;
  const RETRY = 15000;
  const KEPT_DAYS = 30;
  const PREFIX = 'autosave:' + (document.body.dataset.user || '') + ':';
  const SKIP = ['password', 'file', 'submit', 'button', 'reset', 'image', 'hidden'];
  const block = document.getElementById('words');
  const words = block ? JSON.parse(block.textContent) : {};

  function clock(at) {
    const time = at ? new Date(at) : new Date();
    return String(time.getHours()).padStart(2, '0') + ':' + String(time.getMinutes()).padStart(2, '0');
  }

  /* ---- the copy on this computer ---- */
  function read(key) {
    try { return JSON.parse(window.localStorage.getItem(PREFIX + key)) || null; } catch (error) { return null; }
  }

  function write(key, copy) {
    try { window.localStorage.setItem(PREFIX + key, JSON.stringify(copy)); return true; } catch (error) { return false; }
  }

  function forget(key) {
    try { window.localStorage.removeItem(PREFIX + key); } catch (error) { /* nothing was kept */ }
  }

  function keys() {
    try { return Object.keys(window.localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)); } catch (error) { return []; }
  }

  /* ---- fields ---- */
  function saves(field) {
    return field.name && !field.disabled && SKIP.indexOf(field.type) < 0 && !('autosaveSkip' in field.dataset);
  }

  function fieldsNamed(form, name) {
    return Array.from(form.elements).filter((field) => field.name === name && saves(field));
  }

  function valuesOf(form, name) {
    const values = [];
    fieldsNamed(form, name).forEach((field) => {
      if (field.type === 'checkbox' || field.type === 'radio') { if (field.checked) values.push(field.value); }
      else if (field.multiple) Array.from(field.selectedOptions).forEach((option) => values.push(option.value));
      else values.push(field.value);
    });
    return values;
  }

  function setValues(form, name, values) {
    const rest = values.slice();
    fieldsNamed(form, name).forEach((field) => {
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.indexOf(field.value) >= 0;
      else if (field.multiple) Array.from(field.options).forEach((option) => { option.selected = values.indexOf(option.value) >= 0; });
      else if (rest.length) field.value = rest.shift();
    });
  }

  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  /* ---- one form ---- */
  function attach(form) {
    if (form.dataset.autosaveOn) return;
    form.dataset.autosaveOn = 'yes';
    const key = form.dataset.autosave;
    const line = form.querySelector('[data-autosave-state]') || document.querySelector('[data-autosave-state="' + key + '"]');
    let pending = {};
    let timer = null;
    let busy = false;
    let kept = true;
    let refused = false;

    function tell(tone, sentence) {
      if (!line) return;
      line.dataset.tone = tone;
      line.textContent = sentence;
    }

    function keep() {
      if (!Object.keys(pending).length) { forget(key); return; }
      kept = write(key, { at: Date.now(), fields: pending });
    }

    function changed(event) {
      const field = event.target;
      if (field.form !== form || !saves(field)) return;
      pending[field.name] = valuesOf(form, field.name);
      refused = false;
      keep();
      tell('', words.waiting);
      later(DELAY);
    }

    function later(wait) {
      if (timer === null) timer = window.setTimeout(send, wait);
    }

    function body(sent) {
      const data = new FormData();
      Array.from(form.elements).forEach((field) => { if (field.type === 'hidden' && field.name) data.append(field.name, field.value); });
      Object.keys(sent).forEach((name) => {
        if (sent[name].length) sent[name].forEach((value) => data.append(name, value));
        else data.append(name, '');
        data.append('changed', name);
      });
      data.append('autosave', '1');
      return data;
    }

    function send() {
      timer = null;
      if (busy || !Object.keys(pending).length || form.dataset.sending) return;
      const sent = Object.assign({}, pending);
      const token = form.querySelector('[name=csrfmiddlewaretoken]');
      const headers = { 'X-Requested-With': 'XMLHttpRequest' };
      if (token) headers['X-CSRFToken'] = token.value;
      busy = true;
      tell('', words.saving);
      fetch(form.dataset.autosaveUrl, { method: 'POST', body: body(sent), headers: headers, credentials: 'same-origin', redirect: 'manual' })
        .then((answer) => answered(answer, sent), failed)
        .then(() => { busy = false; if (Object.keys(pending).length && timer === null && !refused) later(RETRY); });
    }

    function failed() {
      tell('warn', kept ? words.offline : words.offline_unkept);
    }

    function answered(answer, sent) {
      if (answer.type === 'opaqueredirect' || answer.status === 401) { tell('overdue', words.signed_out); return null; }
      if (answer.status >= 500) { failed(); return null; }
      return answer.text().then((text) => {
        const told = parse(text);
        if (answer.ok) saved(sent, told);
        else refuse(told);
      });
    }

    /* what was refused is not sent again until it is changed */
    function refuse(told) {
      refused = true;
      tell('overdue', words.not_taken.replace('{s}', told.error || words.reload));
    }

    function parse(text) {
      try { return JSON.parse(text) || {}; } catch (error) { return {}; }
    }

    /* what was changed again while the request was on its way stays pending */
    function saved(sent, told) {
      Object.keys(sent).forEach((name) => { if (same(pending[name], sent[name])) delete pending[name]; });
      keep();
      document.dispatchEvent(new CustomEvent('portal:seen'));
      form.dispatchEvent(new CustomEvent('autosave:saved', { bubbles: true, detail: told }));
      if (Object.keys(pending).length) { later(DELAY); return; }
      tell('ok', words.saved.replace('{t}', told.saved_at || clock()));
    }

    function restore() {
      const copy = read(key);
      if (!copy) return;
      Object.keys(copy.fields || {}).forEach((name) => {
        if (!fieldsNamed(form, name).length || same(valuesOf(form, name), copy.fields[name])) return;
        setValues(form, name, copy.fields[name]);
        pending[name] = copy.fields[name];
        fieldsNamed(form, name).slice(0, 1).forEach((field) => field.dispatchEvent(new Event('change', { bubbles: true })));
      });
      keep();
      if (!Object.keys(pending).length) return;
      tell('warn', words.restored.replace('{t}', clock(copy.at)));
      window.clearTimeout(timer);
      timer = null;
      later(DELAY);
    }

    restore();
    form.addEventListener('input', changed);
    form.addEventListener('change', changed);
    form.addEventListener('submit', () => {
      window.clearTimeout(timer);
      if (Object.keys(pending).length) write(key, { at: Date.now(), fields: pending, submitted: Date.now() });
    });
    window.addEventListener('online', () => { window.clearTimeout(timer); timer = null; send(); });
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { window.clearTimeout(timer); send(); } });
  }

  /* A full submit leaves the page, so its outcome is read on the next one: another page of the signed-in user means it was taken;
     a sign-in or an error page means it was not, and the text stays. */
  function settle() {
    const here = Array.from(document.querySelectorAll('form[data-autosave]')).map((form) => form.dataset.autosave);
    const stopped = document.querySelector('[data-stopped]') !== null;
    keys().forEach((key) => {
      const copy = read(key);
      if (!copy || Date.now() - copy.at > KEPT_DAYS * 86400000) { forget(key); return; }
      if (!copy.submitted) return;
      if (stopped || here.indexOf(key) >= 0) { delete copy.submitted; write(key, copy); return; }
      forget(key);
    });
    document.querySelectorAll('[data-autosave-clear]').forEach((mark) => forget(mark.dataset.autosaveClear));
  }

  /* on the sign-in page nobody is known yet: everything marked as submitted was not taken */
  function unsettle() {
    try {
      Object.keys(window.localStorage).filter((name) => name.startsWith('autosave:')).forEach((name) => {
        const copy = JSON.parse(window.localStorage.getItem(name));
        if (!copy.submitted) return;
        delete copy.submitted;
        window.localStorage.setItem(name, JSON.stringify(copy));
      });
    } catch (error) { /* storage is closed: there is nothing to keep */ }
  }

  function attachAll() {
    document.querySelectorAll('form[data-autosave]').forEach(attach);
  }

  if (document.body.dataset.user) {
    settle();
    attachAll();
    document.addEventListener('htmx:load', attachAll);
  } else {
    unsettle();
  }
})();
