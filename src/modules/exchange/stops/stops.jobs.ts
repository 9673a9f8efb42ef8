// What follows a stop outside its order's own path: everyone concerned is told, and a stop with an end is taken away.
import { Type } from 'typebox';
import { peopleToRemind } from '#modules/identity/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import { siteAddress } from '#platform/http/origin.ts';
import { DEFAULT_LOCALE } from '#platform/i18n/locale.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Kernel } from '#platform/kernel.ts';
import { tellWebhooks } from '../webhooks/webhooks.actions.ts';
import { enqueueDelivery } from '../webhooks/webhooks.jobs.ts';
import { updateStopApplications } from './stop-effect.repository.ts';
import { stopNotice } from './stop-notices.mail.ts';
import {
  findApiContact,
  insertNotice,
  listConcernedConsumers,
  type NoticeReader,
  type StopNews,
} from './stop-notices.repository.ts';
import { endStopsThatAreOver, TELL_STOP } from './stops.actions.ts';
import { findStop } from './stops.repository.ts';
import type { Stop } from './stops.types.ts';

/** Tells everyone whom a stop concerns of its order or of its end, once: by mail and by webhook in one transaction. */
export const tellStopJob: JobDefinition<{ stopId: string; news: StopNews }, { told: number }> = {
  name: TELL_STOP,
  title: { fr: 'Annonce d’un arrêt', en: 'Notice of a stop' },
  input: Type.Object({
    stopId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    news: Type.Enum(['ordered', 'over']),
  }),
  quick: true,
  retries: 5,
  async run({ stopId, news }, { kernel }) {
    return kernel.db.transaction().execute(async (trx) => {
      const now = kernel.clock.now();
      const stop = await findStop(trx, stopId, 'all');
      if (!stop || !(await insertNotice(trx, now, stopId, news))) return { told: 0 };
      return { told: await tellAll(kernel, trx, now, { stop, news }) };
    });
  },
};

async function tellAll(
  { config, mailer, jobs }: Kernel,
  trx: Trx,
  now: Date,
  { stop, news }: { stop: Stop; news: StopNews },
): Promise<number> {
  const consumers = await listConcernedConsumers(trx, stop);
  const people = (roles: Parameters<typeof peopleToRemind>[1]['roles'], organisationIds: string[] | null) =>
    peopleToRemind(trx, { roles, organisationIds, now });
  const overseers = [
    ...(await people(['data-producer'], [stop.producerId])),
    ...(await people(['auditor'], null)),
  ];
  const users = await people(
    ['api-consumer', 'product-team'],
    consumers.map(({ organisationId }) => organisationId),
  );
  const contact = await findApiContact(trx, stop.apiId);
  const contacts = consumers.flatMap(({ contacts }) => contacts);
  const site = siteAddress(config);
  const href = `${site}/exchange/producer/stops/${stop.id}`;
  const told = new Set<string>();
  const tell = async (readers: readonly NoticeReader[], link: string | null) => {
    for (const { email, locale } of readers) {
      if (told.has(email)) continue;
      told.add(email);
      const notice = stopNotice(locale, stop, { news, timeZone: config.timeZone, href: link });
      await mailer.send(trx, { to: email, locale, ...notice });
    }
  };
  const unknown = (email: string) => ({ email, locale: DEFAULT_LOCALE });
  await tell([...overseers, ...(contact === undefined ? [] : [unknown(contact)])], href);
  await tell([...users, ...contacts.map(unknown)], null);
  const organisationIds = [...new Set([stop.producerId, ...consumers.map((one) => one.organisationId)])];
  const event = news === 'ordered' ? 'stop.placed' : 'stop.lifted';
  await tellWebhooks(trx, now, { event, organisationIds, payload: stopInWebhook(stop) });
  // A stop is to be heard of at once.
  await enqueueDelivery(trx, jobs);
  return told.size;
}

function stopInWebhook(stop: Stop) {
  const { id, orderedAs, orderedAt, endsAt, resumedAt, reason, resumeReason } = stop;
  return {
    stop: {
      id,
      orderedAs,
      orderedAt: orderedAt.toISOString(),
      endsAt: endsAt?.toISOString() ?? null,
      liftedAt: resumedAt?.toISOString() ?? null,
      reason,
      liftReason: resumeReason,
    },
    api: stop.apiSlug,
    scope: stop.scopeName,
    organisationId: stop.organisationId,
    accreditationNumber: stop.accreditationNumber,
  };
}

/** Takes away the stops whose end has come, and keeps when each gateway said that it holds a stop. */
export const endStopsJob: JobDefinition<Record<string, never>, { ended: number }> = {
  name: 'exchange.end-stops',
  title: { fr: 'Fin des arrêts arrivés à leur terme', en: 'End of stops that came to it' },
  input: Type.Object({}),
  schedule: '* * * * *',
  quick: true,
  async run(_input, { kernel }) {
    const ended = await endStopsThatAreOver(kernel);
    await updateStopApplications(kernel.db, kernel.clock.now());
    return { ended };
  },
};
