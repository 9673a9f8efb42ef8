// Work on forecasts that nobody asks for: each night what is due is kept, and what has ended is scored.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { forecastMessages } from './forecast.messages.ts';
import { keepDueForecasts, scoreOutcomes } from './forecasts.actions.ts';

/** What a night's work gave. */
interface Night {
  readonly kept: number;
  readonly unchanged: number;
  readonly scored: number;
  readonly judgements: number;
}

/** Each night: the forecast of each live project that moved or has none of this month, and the scores of what ended. */
export const forecastsJob: JobDefinition<Record<string, never>, Night> = {
  name: 'portfolio.forecasts',
  title: { fr: 'Prévisions des grands projets', en: 'Forecasts of major projects' },
  input: Type.Object({}),
  schedule: '40 3 * * *',
  retries: 2,
  async run(_input, { kernel, progress }) {
    // What ended is scored first: its forecasts were all made before.
    const { forecasts, judgements } = await scoreOutcomes(kernel);
    const { kept, unchanged } = await keepDueForecasts(kernel, progress);
    return { kept, unchanged, scored: forecasts, judgements };
  },
  describe: (night, locale) => ({
    sentence: forecastMessages(locale).job(night),
    link: { href: '/projects/calibration', text: forecastMessages(locale).title },
  }),
};
