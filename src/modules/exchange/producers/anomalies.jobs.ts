// The look for anomalies, each five minutes.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { findAnomalies } from './anomalies.actions.ts';

/** Compares what consumers do with what they declared and with their habit. */
export const findAnomaliesJob: JobDefinition<Record<string, never>, { found: number }> = {
  name: 'exchange.find-anomalies',
  title: { fr: 'Recherche d’anomalies dans les accès', en: 'Look for anomalies in accesses' },
  input: Type.Object({}),
  schedule: '*/5 * * * *',
  async run(_input, { kernel }) {
    return { found: await findAnomalies(kernel) };
  },
};
