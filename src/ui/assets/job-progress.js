// Moves the progress bar of a job's page, and shows its end. Without this module the page loads itself again.

const POLL_MS = 1000;
const SLOWEST_POLL_MS = 15_000;

const job = document.querySelector('[data-job]');
const bar = job?.querySelector('progress');
const words = job?.querySelector('[data-progress-words]');
let wait = POLL_MS;

/** Shows how far the job is; true when the page's words no longer fit its state. */
function show(run) {
  if (bar && run.total !== null) {
    bar.max = run.total || 1;
    bar.value = run.done;
  }
  if (words && run.steps !== null) words.textContent = run.steps;
  return run.state !== job.dataset.jobState;
}

async function poll() {
  try {
    const answer = await fetch(job.dataset.job, { headers: { accept: 'application/json' } });
    // Signed out, or forgotten: the page itself says so.
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    wait = POLL_MS;
    if (show(await answer.json())) return location.reload();
  } catch {
    wait = Math.min(wait * 2, SLOWEST_POLL_MS);
  }
  setTimeout(poll, wait);
}

if (job) setTimeout(poll, wait);
