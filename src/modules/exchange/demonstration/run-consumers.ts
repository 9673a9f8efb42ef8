// The demonstration's consumers: they call the gateway as programs of town halls and ministries would, one call every few
// seconds, with tokens that the hub gives them. What goes wrong shows in the consumer's room, where it belongs.
import { DEMONSTRATION_CALLERS, DEMONSTRATION_MACHINE } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { listPermittedCalls, type PermittedCall } from './consumers.repository.ts';
import { inventedSubject } from './subjects.demonstration.ts';

const PAUSE_MS = 4_000;
/** How often what may be called is read anew. */
const READ_EVERY_CALLS = 15;
const TOKEN_LEFT_MS = 30_000;
const MOST_SUBJECTS = 1_000;

const SECRETS: ReadonlyMap<string, string> = new Map(
  [DEMONSTRATION_MACHINE, ...DEMONSTRATION_CALLERS].map(({ clientId, secret }) => [clientId, secret]),
);

interface Token {
  readonly text: string;
  readonly until: number;
}

/** The client ids of the consumers. */
export const DEMONSTRATION_CLIENTS: readonly string[] = [...SECRETS.keys()];

/** The path of a call below the gateway's address. */
export function demonstrationPath({ api }: Pick<PermittedCall, 'api'>, turn: number): string | null {
  const version = api.versions.find(({ state }) => state === 'current') ?? api.versions[0];
  if (!version) return null;
  const { subject, slug } = api;
  let [path = ''] = version.paths;
  if (subject === null) return `/${slug}/${version.name}${path}`;
  const values = inventedSubject(subject.kind, turn);
  if (subject.in === 'path') {
    for (const [at, name] of subject.names.entries()) {
      path = path.replace(`{${name}}`, encodeURIComponent(values[at] ?? ''));
    }
    return `/${slug}/${version.name}${path}`;
  }
  if (subject.in === 'header') return null;
  const query = subject.names.map((name, at): [string, string] => [name, values[at] ?? '']);
  return `/${slug}/${version.name}${path}?${new URLSearchParams(query)}`;
}

/** Starts the consumers; a call under way when they are stopped is let go. */
export function runDemonstrationConsumers(
  { db, outgoing, log, clock }: Pick<Kernel, 'db' | 'outgoing' | 'log' | 'clock'>,
  { siteUrl, gatewayUrl }: { readonly siteUrl: string; readonly gatewayUrl: string },
): { stop(): Promise<void> } {
  const tokens = new Map<string, Token>();
  const stopped = new AbortController();
  let permitted: readonly PermittedCall[] = [];
  let turn = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function tokenFor({ clientId, scopes, api }: PermittedCall): Promise<string | null> {
    const name = `${clientId} ${api.resource} ${scopes.join(' ')}`;
    const known = tokens.get(name);
    const now = clock.now().getTime();
    if (known && known.until > now) return known.text;
    const answer = await outgoing.fetch(`${siteUrl}/connect/machines/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${SECRETS.get(clientId)}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: api.resource,
        scope: scopes.join(' '),
      }),
      signal: stopped.signal,
    });
    if (answer.status !== 200) return null;
    const { access_token, expires_in } = (await answer.json()) as {
      access_token: string;
      expires_in: number;
    };
    tokens.set(name, { text: access_token, until: now + expires_in * 1000 - TOKEN_LEFT_MS });
    return access_token;
  }

  async function call(): Promise<void> {
    if (turn % READ_EVERY_CALLS === 0) {
      permitted = (await listPermittedCalls(db, DEMONSTRATION_CLIENTS)).filter(({ isUsual }) => isUsual);
    }
    turn += 1;
    const next = permitted[turn % Math.max(1, permitted.length)];
    // Drawn, so that every consumer asks about everybody in the end.
    const path = next ? demonstrationPath(next, Math.floor(Math.random() * MOST_SUBJECTS)) : null;
    if (!next || path === null) return;
    const token = await tokenFor(next);
    if (token === null) return;
    await outgoing.fetch(gatewayUrl + path, {
      headers: { authorization: `Bearer ${token}`, accreditation: String(next.accreditationNumber) },
      signal: stopped.signal,
    });
  }

  function later(): void {
    if (stopped.signal.aborted) return;
    timer = setTimeout(() => {
      running = call()
        .catch((error: unknown) => log.debug({ err: error }, 'a call of the demonstration failed'))
        .then(later);
    }, PAUSE_MS);
  }
  later();
  return {
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
