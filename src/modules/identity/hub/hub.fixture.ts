// How a person walks through the hub in tests: a browser without a screen follows the pages that it is shown, at the
// demonstration's providers and back.
import type { LightMyRequestResponse } from 'fastify';
import type { TestClient } from '#test/support/app.ts';

/** What the person does on their way. */
export interface Walk {
  /** The agent's work address. */
  readonly email?: string;
  /** Words that stand on the button of the citizen to be, at the citizens' provider. */
  readonly citizen?: string;
  readonly level?: 'eidas1' | 'eidas2' | 'eidas3';
}

/** Where a walk ended: on a page, or at the door of another site. */
export interface WalkEnd {
  readonly answer: LightMyRequestResponse;
  /** The address at which it ended. */
  readonly url: string;
}

const MOST_STEPS = 25;

interface PageForm {
  readonly action: string;
  readonly method: string;
  readonly fields: Record<string, string>;
  readonly text: string;
  readonly buttons: readonly { name: string; value: string; text: string }[];
}

function asText(text: string): string {
  return text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<');
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : asText(found);
}

/** The forms in the page's main part. */
export function formsOf(body: string): PageForm[] {
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body;
  return [...main.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => {
    const fields: Record<string, string> = {};
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const name = attribute(input, 'name');
      const type = attribute(input, 'type');
      if (name === undefined || ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(input)))
        continue;
      fields[name] = attribute(input, 'value') ?? '';
    }
    const buttons = [...form.matchAll(/<button[^>]*>[\s\S]*?<\/button>/g)].map(([button]) => ({
      name: attribute(button, 'name') ?? '',
      value: attribute(button, 'value') ?? '',
      text: button.replace(/<[^>]+>/g, ' '),
    }));
    return {
      action: attribute(form, 'action') ?? '',
      method: attribute(form, 'method') ?? 'get',
      fields,
      text: form,
      buttons,
    };
  });
}

/** Sends a form of a page, with the button whose text or value holds `pressed` (else its only one). */
export function sendForm(
  browser: TestClient,
  form: PageForm,
  more: Record<string, string> = {},
  pressed = '',
): Promise<LightMyRequestResponse> {
  const button = form.buttons.find(
    ({ text, value }) => pressed === '' || text.includes(pressed) || value === pressed,
  );
  const fields = { ...form.fields, ...(button?.name ? { [button.name]: button.value } : {}), ...more };
  const payload = new URLSearchParams(fields).toString();
  if (form.method.toLowerCase() === 'get') return browser.get(`${form.action}?${payload}`);
  return browser.send('POST', form.action, {
    payload,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

/** Walks from `start` until a page that asks nothing more, or another site; throws where no page is meant for it. */
export async function walk(
  browser: TestClient,
  start: string,
  { email, citizen, level }: Walk,
): Promise<WalkEnd> {
  let url = start;
  let answer = await browser.get(url);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { location } = answer.headers;
    if (location !== undefined) {
      url = new URL(String(location), 'http://localhost').href;
      if (!url.startsWith('http://localhost/')) return { answer, url };
      answer = await browser.get(url.slice('http://localhost'.length));
      continue;
    }
    const next = await nextForm(browser, answer.body, { email, citizen, level });
    if (next === null) return { answer, url };
    answer = next;
  }
  throw new Error(`The walk from ${start} does not end: it stands at ${url}.`);
}

async function nextForm(
  browser: TestClient,
  body: string,
  { email, citizen, level }: { [K in keyof Walk]: Walk[K] | undefined },
): Promise<LightMyRequestResponse | null> {
  for (const form of formsOf(body)) {
    const { action } = form;
    if (action.endsWith('/email')) return sendForm(browser, form, { email: email ?? '' });
    if (/\/interaction\/[^/]+\/(?:provider|accept)$/.test(action)) return sendForm(browser, form);
    if (action.startsWith('/demonstration/ministry')) return sendForm(browser, form);
    if (action.startsWith('/demonstration/citizen')) {
      if (citizen !== undefined && !form.text.includes(citizen)) continue;
      return sendForm(browser, form, level ? { acr: level, level } : {}, citizen ?? '');
    }
  }
  return null;
}
