// The watch over providers, as a job of every minute.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Kernel } from '#platform/kernel.ts';
import { type WatchRound, watchProviders } from './upstream-watch.actions.ts';

/** Looks at every provider in use, each minute, and forgets what is older than ninety days. */
export const watchUpstreams: JobDefinition<Record<string, never>, WatchRound> = {
  name: 'identity.watch-sign-in-providers',
  title: {
    fr: 'Surveillance des fournisseurs d’identité',
    en: 'Watch over identity providers',
  },
  input: Type.Object({}),
  schedule: '* * * * *',
  quick: true,
  async run(_input, { kernel }) {
    return watchProviders(kernel, originOfWatch(kernel));
  },
};

/** A job is asked by nobody: without a public address, Socle stands where it listens. */
function originOfWatch({ config }: Pick<Kernel, 'config'>): string {
  return config.publicUrl === null ? `http://localhost:${config.port}` : new URL(config.publicUrl).origin;
}
