// Work on sources: read what is due.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { readDueSources } from './runs.actions.ts';

/** Every five minutes: sources that are due are read. */
export const readSources: JobDefinition<Record<string, never>> = {
  name: 'impact.read-sources',
  title: { fr: 'Lecture des sources de mesures', en: 'Reading of the sources of measures' },
  input: Type.Object({}),
  schedule: '*/5 * * * *',
  run: (_input, { kernel, signal }) => readDueSources(kernel, signal),
};

/** The jobs of sources. */
export const sourcesJobs: readonly JobDefinition<never>[] = [readSources];
