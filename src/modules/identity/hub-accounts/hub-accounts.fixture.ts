// How people of these tests come in by the hub, and the rows that a test looks at.
import type { TestApp, TestClient } from '#test/support/app.ts';
import { type Walk, walk } from '../hub/hub.fixture.ts';

/** The work address of a person of the demonstration State who is an agent and nothing else. */
export async function agentEmail({ database }: TestApp, position = 0): Promise<string> {
  const { rows } = await database.pool.query(
    `select p.email from identity.people p join identity.memberships m on m.person_id = p.id
     where p.email like '%valmarie.example'
     group by p.email having bool_and(m.role = 'agent' and m.ends_at is null) order by p.email offset $1 limit 1`,
    [position],
  );
  return rows[0].email;
}

/** Comes in by the hub and stands at the account. @returns the browser and whose it is. */
export async function comeIn(
  state: TestApp,
  realm: 'agents' | 'citizens',
  who: Walk,
): Promise<{ browser: TestClient; personId: string }> {
  const browser = state.client();
  const { url, answer } = await walk(browser, `/sign-in/with/${realm}?back=/account`, who);
  if (url !== 'http://localhost/account') throw new Error(`The walk ends at ${url}: ${answer.statusCode}.`);
  const { personId } = (await browser.getJson('/api/v1/identity/me')).json<{ personId: string }>();
  return { browser, personId };
}

/** Rows of a query. */
export async function rowsOf(
  { database }: TestApp,
  query: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  return (await database.pool.query(query, values)).rows;
}

/** What the page shows, without marks and runs of spaces. */
export function textOf(body: string): string {
  return (/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body)
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|\u00A0/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
}
