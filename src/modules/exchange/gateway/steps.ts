// What happens to a call, from its arrival to its answer: the steps in their order. Each finds out one thing and hands it
// on, or refuses; the last three see to it that whatever happened is recorded before anything is answered.
import type { KeyObject } from 'node:crypto';
import type { UpstreamPolicy } from '../policy/policy.types.ts';
import type { Call, Refusal, ResolvedApi, UpstreamAnswer, VerifiedToken } from './call.types.ts';
import type { AccessLog } from './call-record.types.ts';
import type { LivePolicy } from './policy/live-policy.ts';
import { type AnswerContext, sendAnswer, statusOf } from './steps/answer.ts';
import { liveAccreditation } from './steps/live-accreditation.ts';
import { type Minimised, minimise } from './steps/minimise.ts';
import type { PossessionProver } from './steps/prove-possession.ts';
import type { Quota } from './steps/quota.ts';
import { readBody } from './steps/read-body.ts';
import { readCredential } from './steps/read-credential.ts';
import { refusedHead } from './steps/read-head.ts';
import { recordOf, writeRecord } from './steps/record.ts';
import { resolveApi } from './steps/resolve-api.ts';
import { scopesLeft } from './steps/scope.ts';
import { afterStops } from './steps/stops.ts';
import { subjectOf } from './steps/subject.ts';
import { upstreamHeaders } from './steps/upstream-headers.ts';
import type { TokenVerifier } from './steps/verify-token.ts';
import type { UpstreamRequest } from './upstream/forward.ts';

/** What the steps stand on. */
export interface GatewayParts extends AnswerContext {
  readonly policy: LivePolicy;
  readonly log: AccessLog;
  readonly tokens: TokenVerifier;
  readonly possession: PossessionProver;
  readonly quota: Quota;
  readonly subjectKey: KeyObject;
  /** Milliseconds after which a policy that was not confirmed is too old. */
  readonly policyBoundMs: number;
  /** How many gateways share each quota, this one included. */
  gatewaysAlive(): number;
  now(): number;
  send(call: Call, upstream: UpstreamPolicy, request: UpstreamRequest): Promise<UpstreamAnswer | Refusal>;
  sandboxOf(resolved: ResolvedApi): UpstreamPolicy;
}

type Outcome = Refusal | undefined;

/** One step: undefined to go on, or why not. */
export interface Step {
  readonly name: string;
  run(call: Call, parts: GatewayParts): Outcome | Promise<Outcome>;
}

/** The steps up to the record; the first refusal leads straight to it. */
export const STEPS: readonly Step[] = [
  { name: 'policy', run: policyIsFresh },
  { name: 'resolve', run: resolve },
  { name: 'credential', run: credential },
  { name: 'token', run: token },
  { name: 'possession', run: possession },
  // Before the permission: a person sees who tried in vain, too.
  { name: 'subject', run: subject },
  { name: 'permit', run: permit },
  { name: 'quota', run: quota },
  { name: 'forward', run: forward },
  { name: 'minimise', run: minimiseAnswer },
  { name: 'permit-again', run: permitAgain },
];

/** The steps that every call takes at its end, refused or not. */
export const LAST_STEPS: readonly Step[] = [
  { name: 'record', run: record },
  { name: 'answer', run: answer },
];

function isRefusal(outcome: object | null | undefined): outcome is Refusal {
  return outcome !== null && outcome !== undefined && 'code' in outcome;
}

function policyIsFresh(call: Call, parts: GatewayParts): Outcome {
  call.policyVersion = parts.policy.version;
  // Of the log it is asked at once, and not after a producer was asked for data that could not be handed on.
  return (
    refusedAsStale(parts) ??
    (parts.log.isHealthy ? undefined : { code: 'log-unavailable', headers: { 'retry-after': '5' } })
  );
}

function refusedAsStale({ policy, policyBoundMs, now }: GatewayParts): Outcome {
  if (now() - policy.confirmedAt <= policyBoundMs) return undefined;
  return {
    code: 'policy-stale',
    detail: `the policy was last confirmed more than ${policyBoundMs / 1000} seconds ago`,
    headers: { 'retry-after': '5' },
  };
}

function resolve(call: Call, { policy }: GatewayParts): Outcome {
  const { method = '', url = '', httpVersionMajor, headers } = call.request;
  if (httpVersionMajor !== 1 || headers.upgrade !== undefined) {
    return { code: 'header-refused', detail: 'HTTP/1.1, and no upgrade' };
  }
  const refused = refusedHead(call.request);
  if (refused) return refused;
  const resolved = resolveApi(policy, { method, url, today: dayOf(call.at) });
  if (isRefusal(resolved)) return resolved;
  call.resolved = resolved;
  return undefined;
}

const DAY_MS = 86_400_000;
let lastDay = Number.NaN;
let lastDate = '';

/** The day (UTC) of a moment; as a text it is made once a day. */
function dayOf(at: number): string {
  const day = Math.floor(at / DAY_MS);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = new Date(at).toISOString().slice(0, 10);
  }
  return lastDate;
}

/** Public data ask for no token; one that is sent all the same counts. */
function credential(call: Call): Outcome {
  const { authorization } = call.request.headers;
  if (authorization === undefined && call.resolved?.api.policy.sensitivity === 'public') return undefined;
  const read = readCredential(authorization);
  if (isRefusal(read)) return read;
  call.credential = read.token;
  call.scheme = read.scheme;
  return undefined;
}

function token(call: Call, { tokens, policy }: GatewayParts): Outcome | Promise<Outcome> {
  if (call.credential === null) return undefined;
  const verified = tokens.verify(call.credential, policy.keys, call.at);
  return verified instanceof Promise
    ? verified.then((outcome) => takeToken(call, outcome))
    : takeToken(call, verified);
}

function takeToken(call: Call, verified: VerifiedToken | Refusal): Outcome {
  if (isRefusal(verified)) return verified;
  const resource = call.resolved?.api.policy.resource ?? '';
  if (!verified.audiences.includes(resource)) {
    return { code: 'token-not-for-this-api', detail: `ask the hub for a token with resource=${resource}` };
  }
  call.token = verified;
  return undefined;
}

function possession(call: Call, { possession }: GatewayParts): Outcome | Promise<Outcome> {
  const { token, scheme } = call;
  if (token === null) return undefined;
  if (scheme === 'bearer' && token.boundToKey === null && token.boundToCertificate === null) return undefined;
  return possession.check(call, token);
}

/** The accreditation, the stops and the scopes, as they stand at this moment. */
function permit(call: Call, { policy, now }: GatewayParts): Outcome {
  const { resolved, token } = call;
  if (resolved === null) return undefined;
  const { api } = resolved;
  if (token === null && api.policy.sensitivity !== 'public') return { code: 'credential-missing' };
  const at = now();
  call.policyVersion = policy.version;
  call.accreditation = null;
  if (token !== null && api.policy.sensitivity !== 'public') {
    const named = call.request.headers.accreditation;
    const accreditation = liveAccreditation(policy, {
      clientId: token.clientId,
      apiId: api.id,
      named: typeof named === 'string' ? named : undefined,
      now: at,
    });
    if (isRefusal(accreditation)) return accreditation;
    call.accreditation = accreditation;
  }
  const { accreditation } = call;
  const { isStopped, stoppedScopes } = afterStops(
    policy.stopsOf(api.id),
    {
      organisationId: accreditation?.policy.organisationId ?? null,
      accreditationId: accreditation?.id ?? null,
    },
    at,
  );
  if (isStopped) return { code: 'flow-stopped' };
  const scopes = scopesLeft({
    ofToken: accreditation === null ? null : (token?.scopes ?? null),
    granted: accreditation === null ? null : (accreditation.policy.grants[api.id] ?? []),
    ofApi: api.policy.scopes,
    stopped: stoppedScopes,
  });
  if (isRefusal(scopes)) return scopes;
  call.scopes = scopes;
  call.tree = policy.treeOf(api, scopes);
  return undefined;
}

function subject(call: Call, { subjectKey }: GatewayParts): Outcome {
  const { resolved, request } = call;
  if (resolved === null) return undefined;
  const found = subjectOf(resolved.api.policy.subject, resolved, request, subjectKey);
  if (typeof found !== 'string' && found !== null) return found;
  call.subjectHash = found;
  return undefined;
}

function quota(call: Call, { quota, gatewaysAlive, now }: GatewayParts): Outcome {
  const { resolved, accreditation, token } = call;
  if (resolved === null) return undefined;
  const { api } = resolved;
  const perMinute = accreditation?.policy.quotaPerMinute ?? api.policy.quotaPerMinute;
  // Those who need no accreditation share one bucket for each address that they come from.
  const who = accreditation?.id ?? token?.clientId ?? call.request.socket.remoteAddress ?? '';
  const seconds = quota.take(`${who} ${api.id}`, Math.max(1, perMinute / gatewaysAlive()), now());
  if (seconds === 0) return undefined;
  return {
    code: 'quota-exceeded',
    detail: `${perMinute} calls a minute`,
    headers: { 'retry-after': String(seconds) },
  };
}

function forward(call: Call, parts: GatewayParts): Outcome | Promise<Outcome> {
  const body = readBody(call.request);
  if (body instanceof Promise) {
    return body.then((read) => (isBody(read) ? sendOn(call, parts, read) : read));
  }
  return isBody(body) ? sendOn(call, parts, body) : body;
}

function isBody(read: Buffer | null | Refusal): read is Buffer | null {
  return read === null || Buffer.isBuffer(read);
}

async function sendOn(call: Call, parts: GatewayParts, body: Buffer | null): Promise<Outcome> {
  const { resolved, request, traceId, accreditation, token } = call;
  if (resolved === null) return undefined;
  const upstream =
    accreditation?.policy.stage === 'sandbox' ? parts.sandboxOf(resolved) : resolved.version.policy.upstream;
  const outcome = await parts.send(call, upstream, {
    method: request.method ?? 'GET',
    path: upstream.basePath + resolved.path + resolved.query,
    headers: upstreamHeaders(request.headers, {
      traceId,
      accreditation,
      clientId: token?.clientId ?? null,
      subject: resolved.api.policy.subject,
    }),
    body,
    timeoutMs: upstream.timeoutMs,
    pipelining: upstream.pipelining,
  });
  if (isRefusal(outcome)) return outcome;
  call.upstream = outcome;
  return undefined;
}

function minimiseAnswer(call: Call): Outcome | Promise<Outcome> {
  const { upstream, tree } = call;
  if (upstream === null || tree === null) return undefined;
  const minimised = minimise(upstream, tree);
  return minimised instanceof Promise
    ? minimised.then((outcome) => takeMinimised(call, outcome))
    : takeMinimised(call, minimised);
}

function takeMinimised(call: Call, minimised: Minimised | Refusal): Outcome {
  if (isRefusal(minimised)) return minimised;
  call.answer = minimised.answer;
  call.fields = minimised.fields;
  return undefined;
}

/**
 * What changed while the producer was asked counts for this answer too, and so does the age of the policy: the call is
 * judged anew, and its answer minimised anew.
 */
function permitAgain(call: Call, parts: GatewayParts): Outcome | Promise<Outcome> {
  const stale = refusedAsStale(parts);
  if (stale) return stale;
  if (call.policyVersion === parts.policy.version) return undefined;
  const before = call.tree;
  const refusal = resolveAgain(call, parts) ?? permit(call, parts);
  if (refusal) return refusal;
  return call.tree === before ? undefined : minimiseAnswer(call);
}

/** The API as it is now, of which no more may leave than it lets out now. */
function resolveAgain(call: Call, { policy }: GatewayParts): Outcome {
  const { resolved, token } = call;
  if (resolved === null) return undefined;
  const api = policy.apiAt(resolved.api.policy.slug);
  if (api === resolved.api) return undefined;
  const version = api?.versions.get(resolved.version.policy.name);
  if (api?.id !== resolved.api.id || version === undefined) {
    return { code: 'unknown-api', detail: 'the API was closed while it was called' };
  }
  if (version.policy.state === 'retired') return { code: 'version-retired' };
  call.resolved = { ...resolved, api, version };
  return token === null ? undefined : takeToken(call, token);
}

async function record(call: Call, { log }: GatewayParts): Promise<Outcome> {
  const status = call.refusal === null ? (call.answer?.status ?? 204) : statusOf(call.refusal);
  const index = await writeRecord(log, recordOf(call, status, performance.now()));
  if (index !== null) {
    call.index = index;
    return undefined;
  }
  // An honest refusal that could not be written down is still a refusal; data that could not be is not handed out.
  return call.refusal ?? { code: 'log-unavailable', headers: { 'retry-after': '5' } };
}

function answer(call: Call, parts: GatewayParts): Outcome {
  sendAnswer(call, parts);
  return undefined;
}
