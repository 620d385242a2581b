/* Planning a visit: searching long lists of people and branches. Without script the lists are simply long. */
(function () {
  'use strict';

  document.querySelectorAll('[data-pick-search]').forEach((box) => {
    const scope = document.querySelector(box.dataset.pickSearch);
    box.hidden = false;
    box.addEventListener('input', () => narrow(scope, box.value.trim().toLowerCase()));
    box.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
  });

  function narrow(scope, wanted) {
    scope.classList.toggle('is-searching', wanted !== '');
    scope.querySelectorAll('[data-pick]').forEach((row) => {
      const ticked = row.querySelector('input:checked') !== null;
      row.hidden = wanted !== '' && !ticked && row.dataset.pick.toLowerCase().indexOf(wanted) < 0;
    });
    scope.querySelectorAll('.pick-group').forEach((group) => {
      const left = Array.from(group.querySelectorAll('[data-pick]')).some((row) => !row.hidden);
      group.hidden = !left;
      if (wanted !== '' && left) group.open = true;
    });
  }

  /* the leader is on the team */
  document.addEventListener('change', (event) => {
    const row = event.target.closest('[data-pick]');
    if (!row) return;
    const member = row.querySelector('[name=team]');
    if (event.target.name === 'leader' && member) member.checked = true;
    if (event.target.name === 'team' && !event.target.checked) {
      const lead = row.querySelector('[name=leader]');
      if (lead) lead.checked = false;
    }
    count();
  });

  function count() {
    document.querySelectorAll('[data-pick-count]').forEach((place) => {
      const n = document.querySelectorAll('[name=' + place.dataset.pickCount + ']:checked').length;
      place.textContent = n ? String(n) : '';
    });
  }

  count();
})();
