// Makes the forms for passkeys work: asks the device, puts its answer into the form, sends it. Without it they stay hidden.
// It decides nothing: the server checks every answer.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '/assets/simplewebauthn-browser.js';

/** Asks the device what the form's options say. @returns its answer as JSON. */
async function ask(form) {
  const optionsJSON = JSON.parse(form.dataset.options);
  const start = form.dataset.passkey === 'add' ? startRegistration : startAuthentication;
  return JSON.stringify(await start({ optionsJSON }));
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!browserSupportsWebAuthn()) continue;
  const failure = form.querySelector('[data-passkey-failed]');
  form.hidden = false;
  for (const substitute of document.querySelectorAll('[data-passkey-missing]')) substitute.hidden = true;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    failure.hidden = true;
    try {
      form.elements.namedItem('response').value = await ask(form);
    } catch {
      // The person gave up, or the device has no such passkey: they may try again or take another way.
      failure.hidden = false;
      return;
    }
    form.submit();
  });
}
