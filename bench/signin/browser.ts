// A browser without a screen for the sign-in benchmark: it keeps cookies by site, follows redirects, sends forms.
import { Agent, request } from 'undici';

const agent = new Agent({ connections: 64, keepAliveTimeout: 30_000 });

/** What an address answered. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** One person's browser. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** Sends a request with the cookies of its site and path, and keeps those of the answer. */
  async send(url: string, form?: Record<string, string>): Promise<Answer> {
    const { host, pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([name, { path }]) => name.startsWith(`${host} `) && pathname.startsWith(path))
      .map(([name, { value }]) => `${name.slice(host.length + 1)}=${value}`)
      .join('; ');
    const answer = await request(url, {
      dispatcher: agent,
      method: form ? 'POST' : 'GET',
      headers: {
        accept: 'text/html',
        ...(cookie && { cookie }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/);
      const path = attributes.map((part) => /^\s*path=(.*)$/i.exec(part)?.[1]).find((part) => part) ?? '/';
      const key = `${host} ${name}`;
      if (value === '') this.#cookies.delete(key);
      else this.#cookies.set(key, { value, path });
    }
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      location: location === undefined ? null : new URL(String(location), url).href,
      body: await answer.body.text(),
    };
  }
}

/** A service's own call to the hub. */
export async function call(
  url: string,
  { authorization, form }: { authorization: string; form?: Record<string, string> },
): Promise<Record<string, unknown>> {
  const answer = await request(url, {
    dispatcher: agent,
    method: form ? 'POST' : 'GET',
    headers: { authorization, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
    ...(form && { body: new URLSearchParams(form).toString() }),
  });
  const body = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}: ${body}`);
  return JSON.parse(body);
}
