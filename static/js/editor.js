/* The editor of a standard: a preview that follows the typing, and clauses moved from the keyboard.
   Without this file the buttons do the same with a page each. */
(() => {
  'use strict';
  const WAIT = 500;

  /* ---- <form data-preview="#part" data-preview-send="check">: the part as the server would show it ---- */
  function follow(form) {
    let asked = 0;
    let timer = 0;

    async function refresh() {
      const turn = ++asked;
      try {
        const page = await answer(form);
        if (turn === asked) swap(form.dataset.preview, page);
      } catch (error) { /* The buttons still work; the next keystroke asks again. */ }
    }

    form.addEventListener('input', () => {
      asked += 1;
      window.clearTimeout(timer);
      timer = window.setTimeout(refresh, WAIT);
    });
  }

  async function answer(form) {
    const data = new FormData(form);
    data.set(form.dataset.previewSend, '1');
    const reads = form.method === 'get';
    const address = window.location.pathname;
    const reply = reads
      ? await fetch(`${address}?${new URLSearchParams(data)}`, { credentials: 'same-origin' })
      : await fetch(address, { method: 'POST', body: data, credentials: 'same-origin' });
    if (!reply.ok && reply.status !== 422) throw new Error(String(reply.status));
    return new DOMParser().parseFromString(await reply.text(), 'text/html');
  }

  function swap(part, page) {
    const old = document.querySelector(part);
    const fresh = page.querySelector(part);
    if (!old || !fresh) return;
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (held) again(fresh, held);
  }

  function again(fresh, held) {
    const same = [...fresh.querySelectorAll('input, select, button')].find(
      (each) => each.name === held.name && (held.type === 'text' || each.value === held.value),
    );
    if (!same) return;
    same.focus();
    if (held.type === 'text') same.setSelectionRange(held.selectionStart, held.selectionEnd);
  }

  document.querySelectorAll('form[data-preview]').forEach(follow);

  /* ---- Alt + arrow in a clause or a chapter presses its button; the arrow alone goes to the next one ---- */
  const STEPS = { ArrowUp: 'up', ArrowDown: 'down' };
  const rows = () => [...document.querySelectorAll('[data-moves]')];

  document.addEventListener('keydown', (event) => {
    const to = STEPS[event.key];
    const row = to && event.target.closest('[data-moves]');
    if (!row || event.target.matches('input, textarea, select')) return;
    event.preventDefault();
    if (event.altKey) {
      const press = row.querySelector(`button[name="to"][value="${to}"]`);
      if (press && !press.disabled) press.click();
      return;
    }
    const all = rows();
    const next = all[all.indexOf(row) + (to === 'up' ? -1 : 1)];
    if (next) next.focus();
  });

  /* After a move the page comes back with the row in its address. */
  const moved = window.location.hash && document.getElementById(window.location.hash.slice(1));
  if (moved && moved.matches('[data-moves]')) moved.focus();
})();
