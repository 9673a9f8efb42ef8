// Intentions on anomalies: look for them, acknowledge one.
import { peopleToRemind } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { siteAddress } from '#platform/http/origin.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { producersOverseenBy, sideOf, stopperInLedger } from '../stops/stops.rules.ts';
import { startOfDays } from './access-key.rules.ts';
import { anomalyIsAcknowledged } from './anomalies.errors.ts';
import {
  findAnomaly,
  insertAnomalies,
  listPatterns,
  measureSubjects,
  updateAcknowledged,
} from './anomalies.repository.ts';
import { anomaliesOf, noteAsTyped } from './anomalies.rules.ts';
import type { Anomaly } from './anomalies.types.ts';
import { anomalyInWords } from './anomaly-words.ts';
import { producersMessages } from './producers.messages.ts';

/** Records of the last minutes may not have been taken over yet, and an hour that has just begun hides the one before. */
const LAG_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * Looks for anomalies in the hour and the day as they were five minutes ago, and tells producers of each once a day.
 * @returns how many were new.
 */
export async function findAnomalies({ db, clock, config, mailer }: Kernel): Promise<number> {
  const now = clock.now();
  const looked = new Date(now.getTime() - LAG_MS);
  const { timeZone } = config;
  const hour = new Date(Math.floor(looked.getTime() / HOUR_MS) * HOUR_MS);
  await measureSubjects(db, looked);
  const patterns = await listPatterns(db, { today: startOfDays(looked, 1, timeZone), hour, timeZone });
  const found = patterns.flatMap((pattern) => {
    const { producerId, apiId, accreditationId, organisationId } = pattern;
    return anomaliesOf(pattern).map((one) => ({
      ...one,
      producerId,
      apiId,
      accreditationId,
      organisationId,
    }));
  });
  const site = siteAddress(config);
  return db.transaction().execute(async (trx) => {
    const fresh = await insertAnomalies(trx, now, dayIn(looked, timeZone), found);
    for (const anomaly of fresh) {
      const { id, apiId, accreditationId, kind, observed, expected } = anomaly;
      await appendToLedger(trx, now, {
        kind: 'exchange.anomaly-found',
        subject: `exchange/anomaly/${id}`,
        actor: { kind: 'system', name: 'exchange.find-anomalies' },
        data: { apiId, accreditationId, kind, observed, expected },
      });
    }
    for (const [producerId, own] of Map.groupBy(fresh, (one: Anomaly) => one.producerId)) {
      const roles = ['data-producer'] as const;
      for (const { email, locale } of await peopleToRemind(trx, {
        roles,
        organisationIds: [producerId],
        now,
      })) {
        const words = producersMessages(locale).mail;
        const lines = own.map((one) => `- ${anomalyInWords(locale, one)}`);
        await mailer.send(trx, {
          to: email,
          locale,
          subject: words.anomaliesSubject(String(own.length)),
          text: `${words.anomalies}\n\n${lines.join('\n')}\n\n${site}/exchange/producer/anomalies\n`,
        });
      }
    }
    return fresh.length;
  });
}

/** Acknowledges an anomaly with a note. Throws `not-found`, `invalid-input`, `exchange.anomaly-is-acknowledged`. */
export async function acknowledgeAnomaly(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  const read = noteAsTyped(typed);
  await db.transaction().execute(async (trx) => {
    const anomaly = isUuid(id) ? await findAnomaly(trx, producersOverseenBy(actor), id) : undefined;
    if (!anomaly) throw notFound();
    if ('faults' in read) throw invalidInput({ fields: read.faults });
    const now = clock.now();
    const { note } = read;
    if (!(await updateAcknowledged(trx, now, id, { personId: actor.personId, note }))) {
      throw anomalyIsAcknowledged();
    }
    await appendToLedger(trx, now, {
      kind: 'exchange.anomaly-acknowledged',
      subject: `exchange/anomaly/${id}`,
      actor: stopperInLedger(actor, sideOf(actor, anomaly.producerId)),
      data: { kind: anomaly.kind },
    });
  });
}
