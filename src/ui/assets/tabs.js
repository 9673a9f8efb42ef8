// Turns a list of links and the parts of the page that they lead to into tabs, as the ARIA authoring practices draw them.

function bringToLife(tabs) {
  const list = tabs.querySelector('.govuk-tabs__list');
  const links = [...list.querySelectorAll('.govuk-tabs__tab')];
  const panels = links.map((link) => document.getElementById(link.hash.slice(1)));

  function show(chosen, takeFocus) {
    links.forEach((link, at) => {
      link.setAttribute('aria-selected', String(at === chosen));
      link.tabIndex = at === chosen ? 0 : -1;
      panels[at].hidden = at !== chosen;
    });
    if (takeFocus) links[chosen].focus();
  }

  function showAddress() {
    const inside = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const chosen = inside ? panels.findIndex((panel) => panel.contains(inside)) : -1;
    if (chosen < 0) return false;
    show(chosen);
    return true;
  }

  tabs.classList.add('socle-tabs--live');
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', tabs.querySelector('.govuk-tabs__title').textContent);
  links.forEach((link, at) => {
    link.id = `tab-${panels[at].id}`;
    link.setAttribute('role', 'tab');
    link.setAttribute('aria-controls', panels[at].id);
    link.parentElement.setAttribute('role', 'presentation');
    panels[at].setAttribute('role', 'tabpanel');
    panels[at].setAttribute('aria-labelledby', link.id);
    panels[at].tabIndex = 0;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      history.replaceState(null, '', link.hash);
      show(at, true);
    });
    link.addEventListener('keydown', (event) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const chosen = (to + links.length) % links.length;
      history.replaceState(null, '', links[chosen].hash);
      show(chosen, true);
    });
  });
  if (!showAddress()) show(0);
  addEventListener('hashchange', showAddress);
}

for (const tabs of document.querySelectorAll('[data-tabs]')) bringToLife(tabs);
