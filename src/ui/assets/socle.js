// What every page's script does: moves the focus to what must be read first, and loads a component's module only
// where the page has that component. Every page works without it.

// The gallery's examples stand still.
const first = document.querySelector(':is([data-error-summary], [data-notification]):not([data-example] *)');
if (first) first.focus();

// A link of the summary leads into its field, its question in sight, and not only to where it stands.
document.querySelector('[data-error-summary]')?.addEventListener('click', (event) => {
  const address = event.target.closest?.('a')?.getAttribute('href');
  const field = address?.startsWith('#') ? document.getElementById(address.slice(1)) : null;
  if (!field) return;
  event.preventDefault();
  const legend = field.closest('fieldset')?.querySelector('legend');
  (legend ?? field.labels?.[0] ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
});

// The navigation scrolls sideways on phones: the current part comes into sight.
const current = document.querySelector('.socle-navigation [aria-current]');
const list = current?.closest('ul');
if (list && list.scrollWidth > list.clientWidth) list.scrollLeft = current.offsetLeft - list.clientWidth / 3;

if (document.querySelector('[data-tabs]')) import('/assets/tabs.js');
if (document.querySelector('[data-password-input]')) import('/assets/password-input.js');
if (document.querySelector('[data-character-count]')) import('/assets/character-count.js');
