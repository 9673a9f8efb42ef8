// The servers of the demonstration's producers, as one small HTTP server on loopback: `/<slug>/<version>/<path>` of each
// invented API, with deterministic answers. It knows more than any scope lets out: the gateway keeps that back.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type LoopbackServer, serveOnLoopback } from '#platform/http/loopback-server.ts';
import { INVENTED_APIS } from './apis.demonstration.data.ts';
import type { InventedApi, InventedCall, InventedVersion } from './apis.demonstration.types.ts';
import { answerTo, PAGE, parametersOf } from './openapi.demonstration.ts';
import { drawsFrom } from './shapes.demonstration.ts';

interface Endpoint {
  readonly api: InventedApi;
  readonly version: InventedVersion;
  readonly call: InventedCall;
}

/** Of every this many people, one is known to no producer. */
const UNKNOWN_ONE_IN = 40;

/** Milliseconds that a producer takes: a few, more at times. */
const DELAY = { least: 1, more: 6 } as const;

const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  INVENTED_APIS.flatMap((api) =>
    api.versions.flatMap((version) =>
      api.calls.map((call): [string, Endpoint] => [
        `/${api.slug}/${version.name}${call.path.replace(/\{[^{}]+\}$/, '')}`,
        { api, version, call },
      ]),
    ),
  ),
);

/**
 * Starts the producers on loopback; port 0 takes a free one. Rejects with the system's error (`EADDRINUSE`) when the port
 * is taken.
 */
export async function startDemonstrationProducers({
  port,
}: {
  readonly port: number;
}): Promise<LoopbackServer> {
  return serveOnLoopback((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }, port);
}

/** Tells whether the demonstration's producers know this person or company; those who are not asked about rightly are not known. */
export function isKnownSubject(kind: 'person' | 'company', values: readonly string[]): boolean {
  if (kind === 'company') return /^\d{9}$/.test(values[0] ?? '');
  const [familyName = '', givenNames = '', birthDate = ''] = values;
  if (familyName.trim() === '' || givenNames.trim() === '') return false;
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(birthDate)) return false;
  const person = `known|${familyName}|${givenNames.split(' ')[0]}|${birthDate}`
    .normalize('NFKD')
    .toUpperCase();
  return Math.floor(drawsFrom(person)() * UNKNOWN_ONE_IN) !== 0;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const address = URL.parse(request.url ?? '/', 'http://producer.example');
  if (!address || (request.method !== 'GET' && request.method !== 'HEAD')) {
    return refuse(response, 405, 'Seule la lecture est possible.');
  }
  // The base of an API tells that it stands: the watch looks there.
  if (/^\/[^/]+\/v\d+\/?$/.test(address.pathname)) return send(response, 200, { etat: 'en service' });
  const { endpoint, last } = endpointAt(address.pathname);
  if (!endpoint) return refuse(response, 404, 'Cette adresse ne mène à rien.');
  const { api, version, call } = endpoint;
  const given = parametersOf(api, call).map(({ name, in: place }) =>
    place === 'path' ? decoded(last) : address.searchParams.getAll(name).join(' '),
  );
  const draw = drawsFrom(request.url ?? '');
  await wait(DELAY.least + Math.floor(draw() ** 3 * DELAY.more));
  if (api.subject !== null) {
    const subject = given.slice(0, api.subject === 'person' ? 4 : 1);
    if (subject.slice(0, 3).includes('')) {
      return refuse(response, 400, 'Dites de qui il s’agit\u00A0: un paramètre manque.');
    }
    if (!isKnownSubject(api.subject, subject))
      return refuse(response, 404, 'Cette personne n’est pas connue.');
    return send(response, 200, answerTo(api, version, call, subject));
  }
  const asked = Number(address.searchParams.get('limit') ?? PAGE.usual);
  const limit = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), PAGE.most) : PAGE.usual;
  return send(response, 200, answerTo(api, version, call, given.slice(0, 1), limit));
}

function endpointAt(path: string): { endpoint: Endpoint | undefined; last: string } {
  const exact = endpoints.get(path);
  if (exact) return { endpoint: exact.call.path.endsWith('}') ? undefined : exact, last: '' };
  const cut = path.lastIndexOf('/') + 1;
  const under = endpoints.get(path.slice(0, cut));
  return { endpoint: under?.call.path.endsWith('}') ? under : undefined, last: path.slice(cut) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  send(response, status, { status, detail }, 'application/problem+json');
}

function send(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
