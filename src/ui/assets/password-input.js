// Lets people see the secret that they type, and hides it again before it is sent.

function bringToLife(wrapper) {
  const input = wrapper.querySelector('input');
  const button = wrapper.querySelector('button');
  const status = wrapper.querySelector('[role=status]');
  const words = wrapper.dataset;

  function show(visible) {
    input.type = visible ? 'text' : 'password';
    button.textContent = visible ? words.hide : words.show;
    button.setAttribute('aria-label', visible ? words.hideLabel : words.showLabel);
    status.textContent = visible ? words.shown : words.hidden;
  }

  button.hidden = false;
  button.addEventListener('click', () => show(input.type === 'password'));
  // A browser remembers what was typed in a text field: not a secret.
  input.form?.addEventListener('submit', () => show(false));
}

for (const wrapper of document.querySelectorAll('[data-password-input]')) bringToLife(wrapper);
