// Somebody of the demonstration State who writes over the REST interface with a session, as a producer's tool would.
import { Pool } from 'undici';

/** A signed-in writer. */
export interface Writer {
  /** Sends a body. @returns the answer's. Throws when the answer is no 2xx. */
  post(path: string, body: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Signs the person in as the demonstration lets anyone do. */
export async function signInAs(address: string, personId: string): Promise<Writer> {
  const pool = new Pool(address, { connections: 1 });
  let cookie = '';
  async function send(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: string) {
    const answer = await pool.request({
      method,
      path,
      headers: { accept: 'application/json', ...headers, ...(cookie && { cookie }) },
      ...(body !== undefined && { body }),
    });
    const kept = [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 1)[0]);
    if (kept.length > 0) cookie = kept.join('; ');
    return { status: answer.statusCode, text: await answer.body.text() };
  }
  const token = async () =>
    (JSON.parse((await send('GET', '/api/v1/csrf-token', {})).text) as { token: string }).token;

  await send(
    'POST',
    '/sign-in/demonstration',
    { 'content-type': 'application/x-www-form-urlencoded' },
    new URLSearchParams({ _csrf: await token(), personId }).toString(),
  );
  const csrf = await token();
  return {
    async post(path, body) {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      const { status, text } = await send('POST', path, headers, JSON.stringify(body));
      if (status < 200 || status > 299) throw new Error(`POST ${path} answered ${status}: ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    close: () => pool.close(),
  };
}
