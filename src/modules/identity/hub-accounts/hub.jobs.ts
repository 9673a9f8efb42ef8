// Work that the hub does by itself: what has expired is forgotten, keys follow each other, links that nobody decides are
// followed up, and what a closed account held is ended.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Kernel } from '#platform/kernel.ts';
import { openHub } from '../hub/hub.ts';
import { sweepHubSessions } from '../hub/hub-sessions.repository.ts';
import { keepSigningKeys } from '../hub/signing-keys.actions.ts';
import { sweepState } from '../hub/state.repository.ts';
import { END_HUB_SESSIONS, endHubSessionsNow } from './closing.ts';
import { expireLinks, remindOfLinks } from './links-follow-up.actions.ts';
import { sweepConnections } from './own-connections.repository.ts';

const A_DAY = 24 * 60 * 60 * 1000;
/** A session lives for twelve hours at most; its row says afterwards from where somebody came in. */
const SESSIONS_KEPT_MS = 90 * A_DAY;
/** The data protection authority (CNIL, deliberation no. 2021-122 on logging) recommends six months to one year. */
const HISTORY_KEPT_MS = 365 * A_DAY;

/** A job is asked by nobody: without a public address, Socle stands where it listens. */
function originOfJobs({ config }: Pick<Kernel, 'config'>): string {
  return config.publicUrl === null ? `http://localhost:${config.port}` : new URL(config.publicUrl).origin;
}

const nothing = Type.Object({});
type Nothing = Record<string, never>;

const sweepHub: JobDefinition<Nothing> = {
  name: 'identity.sweep-hub',
  title: {
    fr: 'Suppression de ce que le hub n’a plus à garder',
    en: 'Removal of what the hub need not keep',
  },
  input: nothing,
  schedule: '41 * * * *',
  async run(_input, { kernel: { db, clock } }) {
    const now = clock.now();
    const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
    return {
      state: await sweepState(db, now),
      sessions: await sweepHubSessions(db, ago(SESSIONS_KEPT_MS)),
      connections: await sweepConnections(db, ago(HISTORY_KEPT_MS)),
    };
  },
};

const keepKeys: JobDefinition<Nothing> = {
  name: 'identity.keep-signing-keys',
  title: { fr: 'Renouvellement des clés de signature du hub', en: 'Renewal of the hub’s signing keys' },
  input: nothing,
  schedule: '23 2 * * *',
  quick: true,
  run: (_input, { kernel }) => keepSigningKeys(kernel),
};

const followLinks: JobDefinition<Nothing> = {
  name: 'identity.follow-organisation-links',
  title: {
    fr: 'Relance et clôture des rattachements en attente',
    en: 'Reminders and closing of waiting links',
  },
  input: nothing,
  schedule: '10 7 * * *',
  async run(_input, { kernel }) {
    const expired = await expireLinks(kernel);
    return { expired, ...(await remindOfLinks(kernel, originOfJobs(kernel))) };
  },
};

const endHubSessions: JobDefinition<{ personId: string }> = {
  name: END_HUB_SESSIONS,
  title: { fr: 'Fin des sessions d’un compte fermé', en: 'End of a closed account’s sessions' },
  input: Type.Object({ personId: Type.String({ format: 'uuid' }) }),
  quick: true,
  retries: 3,
  async run({ personId }, { kernel }) {
    return { ended: await endHubSessionsNow(kernel, openHub(kernel), personId, originOfJobs(kernel)) };
  },
};

/** The hub's jobs. */
export const hubJobs: readonly JobDefinition<never>[] = [sweepHub, keepKeys, followLinks, endHubSessions];
