// A browser without a screen over real connections: it keeps cookies as browsers do, follows redirects one by one, fills
// in the forms of a sign-in, and stops where a test tells it to.
import { request } from 'undici';
import { formsOf } from '#modules/identity/hub/hub.fixture.ts';

/** An answer, whole. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Where it leads, as a whole address; null when it leads nowhere. */
  readonly location: URL | null;
}

/** What a request says beside its address. */
export interface Sending {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'OPTIONS';
  readonly form?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the person does on their way, and where the walk is to stop. */
export interface Steps {
  /** The agent's work address. */
  readonly email?: string;
  /** Words on the button of the citizen to be. */
  readonly citizen?: string;
  readonly level?: 'eidas1' | 'eidas2' | 'eidas3';
  /** Stops before this address is asked for. */
  readonly until?: (url: URL) => boolean;
  /** Stops at a page, before its form is sent. */
  readonly untilPage?: (answer: Answer) => boolean;
}

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

const MOST_STEPS = 40;
const REACHABLE = new Set(['localhost', '127.0.0.1']);

/** Sends one request that knows no cookie. */
export async function ask(url: string | URL, sending: Sending = {}): Promise<Answer> {
  const { form, body, headers = {} } = sending;
  const content = form ? new URLSearchParams(form as Record<string, string>).toString() : body;
  const answer = await request(url, {
    method: sending.method ?? (content === undefined ? 'GET' : 'POST'),
    headers: {
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(content !== undefined && { body: content }),
  });
  const { location } = answer.headers;
  return {
    url: String(url),
    status: answer.statusCode,
    headers: answer.headers,
    body: await answer.body.text(),
    location: typeof location === 'string' ? new URL(location, url) : null,
  };
}

/** A browser of one person. */
export class Browser {
  #cookies: Cookie[] = [];

  /** The cookies that go along to `url`, by name. */
  cookiesFor(url: string | URL): Map<string, string> {
    const { hostname, pathname } = new URL(url);
    // Cookies know no ports (RFC 6265, 8.5): all of loopback shares them.
    const fitting = this.#cookies
      .filter(({ host, path }) => host === hostname && isUnder(pathname, path))
      .sort((x, y) => x.path.length - y.path.length);
    return new Map(fitting.map(({ name, value }) => [name, value]));
  }

  /** Forgets everything, or the cookies whose name `matches`. */
  forget(matches: RegExp = /./): void {
    this.#cookies = this.#cookies.filter(({ name }) => !matches.test(name));
  }

  /** Sends one request and keeps its cookies; a redirect is not followed. */
  async send(url: string | URL, sending: Sending = {}): Promise<Answer> {
    const cookie = [...this.cookiesFor(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await ask(url, {
      ...sending,
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        ...(cookie && { cookie }),
        ...sending.headers,
      },
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(line, new URL(url));
    return answer;
  }

  #keep(line: string, url: URL): void {
    const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
    const attributes = new Map(
      rest.map((part) => {
        const [name = '', value = ''] = part.split(/=(.*)/);
        return [name.toLowerCase(), value] as const;
      }),
    );
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const path = attributes.get('path') || url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
    const host = url.hostname;
    this.#cookies = this.#cookies.filter(
      (cookie) => !(cookie.name === name && cookie.path === path && cookie.host === host),
    );
    const expires = attributes.get('expires');
    const isGone =
      value === '' ||
      attributes.get('max-age') === '0' ||
      (expires !== undefined && Date.parse(expires) < Date.now());
    if (!isGone) this.#cookies.push({ host, path, name, value });
  }

  /** Walks on from `start` until a page that asks nothing more, another site, or where `steps` say. */
  async walk(start: string | URL, steps: Steps = {}): Promise<Answer> {
    return this.walkOn(await this.send(start), steps);
  }

  /** Walks on from an answer. */
  async walkOn(start: Answer, steps: Steps = {}): Promise<Answer> {
    let answer = start;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const { location } = answer;
      if (location) {
        if (!REACHABLE.has(location.hostname) || steps.until?.(location)) return answer;
        answer = await this.send(location);
        continue;
      }
      if (steps.untilPage?.(answer)) return answer;
      const next = await this.#sendNextForm(answer, steps);
      if (!next) return answer;
      answer = next;
    }
    throw new Error(`The walk does not end: it stands at ${answer.url}.`);
  }

  async #sendNextForm(answer: Answer, steps: Steps): Promise<Answer | null> {
    for (const form of formsOf(answer.body)) {
      const action = new URL(form.action || answer.url, answer.url);
      const { pathname } = action;
      const [button] = form.buttons;
      const own = { ...form.fields, ...(button?.name ? { [button.name]: button.value } : {}) };
      const post = (more: Record<string, string> = {}) =>
        this.send(action, {
          form: { ...own, ...more },
          headers: { origin: new URL(answer.url).origin },
        });
      if (pathname.endsWith('/email')) return post({ email: steps.email ?? '' });
      if (/\/interaction\/[^/]+\/(?:provider|accept)$/.test(pathname)) return post();
      if (pathname.endsWith('/sign-out/confirm')) return post();
      if (pathname.startsWith('/demonstration/ministry')) return post();
      if (pathname.startsWith('/demonstration/citizen')) {
        const pressed = form.buttons.find(({ text }) => text.includes(steps.citizen ?? ''));
        if (!pressed) continue;
        return post({
          ...(pressed.name ? { [pressed.name]: pressed.value } : {}),
          ...(steps.level ? { level: steps.level } : {}),
        });
      }
    }
    return null;
  }
}

function isUnder(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
