// Work on opinions that nobody asks for: the hourly look at the statutory clock, the nightly one at thresholds.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { recordTacitApprovals } from './examination.actions.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { findThresholdSignals } from './signals.actions.ts';

/**
 * Records approvals by silence. Each hour, because cron lines are in UTC and the State's midnight is not; what was missed
 * while nothing ran is recorded at the next look, with the day on which silence spoke.
 */
export const opinionClockJob: JobDefinition<Record<string, never>, { readonly recorded: number }> = {
  name: 'portfolio.opinion-clock',
  title: { fr: 'Délais des avis', en: 'Delays of opinions' },
  input: Type.Object({}),
  schedule: '2 * * * *',
  retries: 2,
  run: (_input, { kernel, signal }) => recordTacitApprovals(kernel, signal),
  describe: ({ recorded }, locale) => ({
    sentence: opinionsMessages(locale).clockJob(recorded),
    link: { href: '/projects/opinions/requests', text: opinionsMessages(locale).requests },
  }),
};

/** Proposes to the instructor what may have been kept under the threshold. */
export const thresholdSignalsJob: JobDefinition<Record<string, never>, { readonly found: number }> = {
  name: 'portfolio.threshold-signals',
  title: { fr: 'Projets sous le seuil', en: 'Projects under the threshold' },
  input: Type.Object({}),
  schedule: '40 2 * * *',
  retries: 2,
  run: (_input, { kernel }) => findThresholdSignals(kernel),
  describe: ({ found }, locale) => ({
    sentence: opinionsMessages(locale).signalsJob(found),
    link: { href: '/projects/opinions/signals', text: opinionsMessages(locale).signals.title },
  }),
};
