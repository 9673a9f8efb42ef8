// What happened in the demonstration's data exchange over the last weeks: calls, stops, anomalies, questions, editions of the
// open data. All but the calls is done by the actions that people and jobs use, dated then; nobody is written to.
import { randomUUID } from 'node:crypto';
import { findActor, inventedId } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Kernel } from '#platform/kernel.ts';
import { logOriginOf } from '../gateway/log/log-origin.rules.ts';
import { freezeEdition } from '../open-data/editions.actions.ts';
import { monthAt } from '../open-data/editions.rules.ts';
import { listOwnAccesses } from '../people/own-accesses.repository.ts';
import { ownSubjectHash } from '../people/own-subject.ts';
import { answerQuestion, askAboutAccess } from '../people/questions.actions.ts';
import { findPolicyVersion } from '../policy/policy.repository.ts';
import { acknowledgeAnomaly, findAnomalies } from '../producers/anomalies.actions.ts';
import { listAnomalies } from '../producers/anomalies.repository.ts';
import { endStopsThatAreOver, resumeFlow, stopFlow } from '../stops/stops.actions.ts';
import { SUBJECT_KEY, subjectHash, subjectText } from '../subject.rules.ts';
import { listPermittedCalls, type PermittedCall } from './consumers.repository.ts';
import { INVENTED_HISTORY as H, type InventedQuestion } from './history.demonstration.data.ts';
import {
  type PastBurst,
  type PastStop,
  pastCalls,
  SERVED,
  WITHOUT_SCOPE,
} from './past-calls.demonstration.ts';
import { PAST_GATEWAY, recordPastCalls } from './past-log.demonstration.ts';
import { DEMONSTRATION_CLIENTS } from './run-consumers.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The kernel at a moment of the past: what is done with it is dated then, and is told to nobody. */
function kernelAt(kernel: Kernel, now: Date): Kernel {
  return {
    ...kernel,
    clock: { now: () => now },
    jobs: { ...kernel.jobs, enqueue: async () => randomUUID() },
    mailer: { async send() {} },
  };
}

/** The beginning of an hour (UTC) so many days before `now`. */
function hourBefore(now: Date, days: number, hour: number): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - days * DAY_MS + hour * HOUR_MS);
}

async function actorNamed({ db }: Kernel, name: string, now: Date): Promise<Actor> {
  const actor = await findActor(db, inventedId('person', name), now, { secondFactorVouched: true });
  if (!actor) throw new Error(`The demonstration State has nobody named ${name}.`);
  return actor;
}

/** Loads the history, after the requests. */
export async function loadDemonstrationHistory(kernel: Kernel): Promise<void> {
  const { db, clock, secret, config } = kernel;
  const now = clock.now();
  await freezeEditions(kernel, now);
  const flows = await listPermittedCalls(db, DEMONSTRATION_CLIENTS);
  const { stops, versions } = await stopFlows(kernel, now, flows);
  const key = secret.keyFor(SUBJECT_KEY);
  const calls = pastCalls({
    flows,
    stops,
    versions,
    bursts: burstsOf(now, flows),
    now,
    timeZone: config.timeZone,
    hashOf(kind, values) {
      const text = subjectText(kind, values);
      return text === null ? null : subjectHash(key, kind, text);
    },
  });
  const origin = logOriginOf(config.ledgerOrigin, PAST_GATEWAY);
  await recordPastCalls(db, { origin, calls, now });
  await noticeAnomalies(kernel, now);
  for (const question of H.questions) await ask(kernel, now, question);
}

/** The editions of this month and of those before it, each frozen on its first day. */
async function freezeEditions(kernel: Kernel, now: Date): Promise<void> {
  for (let back = H.editions - 1; back >= 0; back--) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1, 0, 10));
    await freezeEdition(kernelAt(kernel, first < now ? first : now), monthAt(first));
  }
}

/** A flow of the demonstration's consumers on an API: the one in use, or the least used. */
function flowOf(flows: readonly PermittedCall[], clientId: string, slug: string, isUsual = true) {
  const flow = flows.find(
    (one) => one.clientId === clientId && one.api.slug === slug && one.isUsual === isUsual,
  );
  if (!flow) throw new Error(`The demonstration's ${clientId} may not call ${slug}.`);
  return flow;
}

async function stopFlows(kernel: Kernel, now: Date, flows: readonly PermittedCall[]) {
  const stops: PastStop[] = [];
  const versions = [{ from: new Date(0), version: await findPolicyVersion(kernel.db) }];
  for (const { by, client, slug, closes, daysAgo, hours, reason, resumeReason } of H.stops) {
    const { apiId, organisationId, accreditationId } = flowOf(
      flows,
      client,
      slug,
      closes !== 'accreditation',
    );
    const from = new Date(hourBefore(now, daysAgo, 9).getTime() + 17 * 60_000);
    const until = hours === null ? null : new Date(from.getTime() + hours * HOUR_MS);
    const actor = await actorNamed(kernel, by, now);
    const flow = {
      apiId,
      organisationId: closes === 'organisation' ? organisationId : null,
      accreditationId: closes === 'accreditation' ? accreditationId : null,
    };
    const endsAt = resumeReason === null ? until : null;
    const order = { ...flow, scope: null, reason, endsAt };
    const ordered = await stopFlow(kernelAt(kernel, from), actor, order);
    versions.push({ from, version: ordered.policyVersion });
    stops.push({ ...flow, from, until });
    if (until === null) continue;
    const then = kernelAt(kernel, until);
    if (resumeReason === null) await endStopsThatAreOver(then);
    else await resumeFlow(then, actor, ordered.id, resumeReason);
    versions.push({ from: until, version: await findPolicyVersion(kernel.db) });
  }
  return { stops, versions };
}

function burstsOf(now: Date, flows: readonly PermittedCall[]): PastBurst[] {
  return H.anomalies.map(({ client, slug, daysAgo, hour, count, isDenied }) => ({
    flow: flowOf(flows, client, slug),
    hour: hourBefore(now, daysAgo, hour),
    count,
    outcome: isDenied ? WITHOUT_SCOPE : SERVED,
  }));
}

async function noticeAnomalies(kernel: Kernel, now: Date): Promise<void> {
  for (const { daysAgo, hour, acknowledged } of H.anomalies) {
    const looked = new Date(hourBefore(now, daysAgo, hour).getTime() + 50 * 60_000);
    await findAnomalies(kernelAt(kernel, looked));
    if (acknowledged === null) continue;
    const [found] = await listAnomalies(kernel.db, 'all', { limit: 1 });
    if (!found) throw new Error('The demonstration’s calls show no anomaly.');
    const actor = await actorNamed(kernel, acknowledged.by, now);
    const later = new Date(looked.getTime() + 3 * HOUR_MS);
    await acknowledgeAnomaly(kernelAt(kernel, later), actor, found.id, acknowledged.note);
  }
}

async function ask(kernel: Kernel, now: Date, question: InventedQuestion): Promise<void> {
  const { by, slug, daysAgo, kind, text, answered } = question;
  const actor = await actorNamed(kernel, by, now);
  const askedAt = hourBefore(now, daysAgo, 18);
  const hash = await ownSubjectHash(kernel, actor.personId);
  if (hash === null) throw new Error(`The demonstration's ${by} has no verified identity.`);
  const before = { at: askedAt, log: '', index: 0 };
  const accesses = await listOwnAccesses(kernel.db, hash, 'allowed', { before, limit: 100 });
  const access = accesses.find(({ apiSlug }) => apiSlug === slug) ?? accesses[0];
  if (!access) return;
  const id = await askAboutAccess(kernelAt(kernel, askedAt), actor, access, { kind, text });
  if (answered === null || access.producerId === null) return;
  const producer = await actorNamed(kernel, answered.by, now);
  const producers = producer.roles.flatMap(({ organisationId }) => organisationId ?? []);
  const later = kernelAt(kernel, new Date(askedAt.getTime() + 40 * HOUR_MS));
  await answerQuestion(later, producer, id, { producers, answer: answered.text });
}
