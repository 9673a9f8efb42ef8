// Says how many characters are left under a text with a limit: at once to the eye, after a pause to a screen reader.

const PAUSE_MS = 1000;

function bringToLife(group) {
  const field = group.querySelector('textarea');
  const message = group.querySelector('[data-count-message]');
  const limit = Number(group.dataset.characterCount);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const spoken = document.createElement('div');
  spoken.className = 'govuk-visually-hidden';
  spoken.setAttribute('role', 'status');
  message.after(spoken);
  let pause;

  function count() {
    // A line end is sent as two characters.
    const length = field.value.replace(/\r?\n/g, '\r\n').length;
    const left = limit - length;
    const sentence = left < 0 ? group.dataset.over : group.dataset.left;
    message.textContent = sentence.replace('{count}', numbers.format(Math.abs(left)));
    message.classList.toggle('govuk-error-message', left < 0);
    message.classList.toggle('govuk-hint', left >= 0);
    field.classList.toggle(
      'govuk-textarea--error',
      left < 0 || field.getAttribute('aria-invalid') === 'true',
    );
    clearTimeout(pause);
    pause = setTimeout(() => {
      spoken.textContent = message.textContent;
    }, PAUSE_MS);
  }

  field.addEventListener('input', count);
  if (field.value) count();
}

for (const group of document.querySelectorAll('[data-character-count]')) bringToLife(group);
