// Brings a live list up to date in its place. Without this module the page loads itself again.

const LONGEST_PAUSE_MS = 60_000;

const list = document.querySelector('[data-live-list]');
const usual = Number(list?.dataset.liveList) * 1000 || 5000;
let pause = usual;

async function turn() {
  try {
    // A list that nobody sees costs nothing.
    if (document.visibilityState === 'visible') {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      // Signed out: the page itself says so.
      if (answer.status === 401 || answer.status === 403) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-live-list]');
      // Not under the reader's keyboard.
      if (fresh && !list.contains(document.activeElement)) list.replaceChildren(...fresh.childNodes);
    }
    pause = usual;
  } catch {
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  setTimeout(turn, pause);
}

if (list) setTimeout(turn, pause);
