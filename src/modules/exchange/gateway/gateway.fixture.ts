// A gateway for tests: real sockets, a policy from PostgreSQL, and a producer on loopback that keeps what it was sent.
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { migrationSources } from '#app/modules.ts';
import { secretOf } from '#platform/secret.ts';
import { atTheEnd, freshDatabase } from '#test/support/database.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import type {
  AccreditationPolicy,
  ApiPolicy,
  ApiVersionPolicy,
  PolicyEntry,
  UpstreamPolicy,
} from '../policy/policy.types.ts';
import { openGateway } from './gateway.ts';
import { parseEntry, type ReadEntry } from './log/entry.rules.ts';
import { frameAt, listSegments } from './log/wal.ts';

/** Audience of the tokens of the test's API. */
export const RESOURCE = 'https://quotient.example/';
/** The secret of the test's installation. */
export const SECRET = secretOf(Buffer.alloc(32, 1));

/** A request as the producer was sent it. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** An upstream on `origin`, as a version has it. */
export function upstreamAt(origin: string, more: Partial<UpstreamPolicy> = {}): UpstreamPolicy {
  return {
    origin,
    basePath: '/base',
    timeoutMs: 5_000,
    pipelining: false,
    proof: 'none',
    sealedSecret: null,
    ...more,
  };
}

/** A version `v1` of the test's API on `upstream`. */
export function versionOn(upstream: UpstreamPolicy, more: Partial<ApiVersionPolicy> = {}): ApiVersionPolicy {
  return { name: 'v1', state: 'current', endsOn: null, upstream, paths: ['/quotient'], ...more };
}

/** The test's API: about companies, with two scopes. */
export function apiOn(upstream: UpstreamPolicy, more: Partial<ApiPolicy> = {}): ApiPolicy {
  return {
    slug: 'quotient',
    producerId: 'producer',
    sensitivity: 'personal',
    subject: { in: 'query', names: ['siren'], kind: 'company' },
    resource: RESOURCE,
    quotaPerMinute: 100_000,
    versions: [versionOn(upstream)],
    scopes: { read: ['/quotient', '/enfants/*/prenom'], secret: ['/secret'] },
    ...more,
  };
}

/** An accreditation of `client` for the test's API. */
export function accreditationOf(more: Partial<AccreditationPolicy> = {}): AccreditationPolicy {
  return {
    number: 1,
    stage: 'production',
    organisationId: 'town',
    clients: ['client'],
    purpose: 'Tarifs de la cantine',
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: null,
    quotaPerMinute: null,
    grants: { api: ['read'] },
    ...more,
  };
}

/** Answers with JSON; a string is sent as it is. */
export function answering(body: unknown, headers: Record<string, string> = {}): RequestListener {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(bytes);
}

/** A key of the hub, and the tokens that it signs. */
export async function testHub() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = crypto.randomUUID();
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' },
    /** A token of `client` with the scope `read`, for five minutes. */
    token(
      claims: Record<string, unknown> = {},
      { audience = RESOURCE, expires = '5m' }: { audience?: string; expires?: string | number } = {},
    ): Promise<string> {
      return new SignJWT({ client_id: 'client', scope: 'read', ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .setIssuer('http://localhost/connect/machines')
        .setSubject('client')
        .setAudience(audience)
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(privateKey);
    },
  };
}

/** A producer on loopback. */
export async function testProducer() {
  const sent: SentRequest[] = [];
  const producer = {
    origin: '',
    sent,
    /** What it answers; may be replaced at any time. */
    answer: ((_request, response) => response.end()) as RequestListener,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers, rawHeaders } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    sent.push({ method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString('latin1') });
    producer.answer(request, response);
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  producer.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return producer;
}

/** Every entry of the log of a gateway in `folder`. */
export function entriesIn(folder: string): ReadEntry[] {
  return listSegments(join(folder, 'log')).flatMap(({ file }) => {
    const bytes = readFileSync(file);
    const found: ReadEntry[] = [];
    for (let frame = frameAt(bytes, 0); frame; frame = frameAt(bytes, frame.end)) {
      const entry = parseEntry(frame.leaf.subarray(1));
      if (entry) found.push(entry);
    }
    return found;
  });
}

/** An answer as it came over a socket. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let at = 0; text.startsWith('HTTP/1.1 ', at); ) {
    const end = text.indexOf('\r\n\r\n', at);
    const [first = '', ...lines] = text.slice(at, end).split('\r\n');
    const headers = new Map(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    at = end + 4 + Number(headers.get('content-length') ?? 0);
    answers.push({ status: Number(first.split(' ')[1]), headers, body: text.slice(end + 4, at) });
  }
  return answers;
}

/** Writes bytes to a port and gives the answers that came until the other side ended, or was quiet. */
export async function exchangeRaw(
  port: number,
  parts: string | readonly string[],
  { quietMs = 150, patienceMs = 4_000 } = {},
): Promise<{ answers: RawAnswer[]; text: string; ended: boolean }> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let text = '';
  let ended = false;
  let wake: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    wake = resolve;
  });
  let quiet: NodeJS.Timeout | undefined;
  const patience = setTimeout(wake, patienceMs);
  socket.on('data', (chunk) => {
    text += chunk;
    clearTimeout(quiet);
    quiet = setTimeout(wake, quietMs);
  });
  for (const event of ['end', 'close', 'error'] as const) {
    socket.on(event, () => {
      ended = true;
      wake();
    });
  }
  for (const part of [parts].flat()) {
    if (!socket.destroyed) socket.write(part, 'latin1');
    if (typeof parts !== 'string') await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await over;
  clearTimeout(quiet);
  clearTimeout(patience);
  socket.destroy();
  return { answers: answersIn(text), text, ended };
}

/** Opens a gateway with one API, an accreditation for it, and a producer. All ends with the test file. */
export async function openTestGateway({
  policyBoundMs = 10_000,
  publicUrl = null,
}: {
  policyBoundMs?: number;
  publicUrl?: string | null;
} = {}) {
  const { db, address } = await freshDatabase(undefined, migrationSources());
  const producer = await testProducer();
  const hub = await testHub();
  const publish = (...entries: PolicyEntry[]) =>
    db.transaction().execute((trx) => publishPolicy(trx, entries));
  await publish(
    { kind: 'keys', id: 'machines', body: { keys: [hub.jwk] } },
    { kind: 'api', id: 'api', body: apiOn(upstreamAt(producer.origin)) },
    { kind: 'accreditation', id: 'a', body: accreditationOf() },
  );
  const folder = mkdtempSync(join(tmpdir(), 'socle-gateway-'));
  const gateway = await openGateway({
    name: 'test',
    host: '127.0.0.1',
    port: 0,
    privatePort: 0,
    folder,
    siteUrl: 'https://socle.example',
    publicUrl,
    issuer: null,
    logOrigin: 'socle.local/gateway/test',
    policyBoundMs,
    db,
    address,
    secret: SECRET,
    log: silentLog,
    keepsLog: false,
  });
  atTheEnd(async () => {
    producer.close();
    await gateway.close();
  });
  return { db, address, producer, hub, publish, folder, gateway, entries: () => entriesIn(folder) };
}
