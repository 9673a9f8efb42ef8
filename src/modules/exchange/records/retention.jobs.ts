// The retention of records as a job, each night: partitions ahead, erasure of what is past its time.
import { Type } from 'typebox';
import { formatNumber } from '#platform/i18n/format.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { logsMessages } from './logs.messages.ts';
import { applyRetention, type Retained } from './retention.actions.ts';

/** Keeps records for as long as the rule says. */
export const keepRecordsJob: JobDefinition<object, Retained> = {
  name: 'exchange.keep-records',
  title: { fr: 'Conservation des traces des échanges', en: 'Retention of the records of exchanges' },
  input: Type.Object({}),
  schedule: '37 2 * * *',
  run: (_input, { kernel: { db, clock } }) => applyRetention(db, clock.now()),
  describe: ({ months, records }, locale) => ({
    sentence: logsMessages(locale).retention.done(
      formatNumber(locale, months),
      formatNumber(locale, records),
    ),
    link: { href: '/exchange/logs', text: logsMessages(locale).logs.title },
  }),
};
