// Who sees and does what with conferences. Pure: the actor's roles are those that count at this moment.
import type { Actor } from '#platform/access.ts';
import { draftsFile, instructsFile, keepsFile, organisationsKeptBy } from '../files/file-access.rules.ts';
import type { Conference, ConferenceReach } from './conferences.types.ts';

type Held = Pick<Conference, 'organisationId' | 'organisationParentId'>;

/** The conferences that the actor sees. */
export function conferenceReachOf(actor: Actor): ConferenceReach {
  if (actor.roles.some(({ role }) => role === 'auditor' || role === 'administrator')) return 'all';
  return { organisationIds: organisationsKeptBy(actor) };
}

/** What the actor may do with a conference. */
export function rightsOnConference(actor: Actor, conference: Held) {
  return {
    /** Makes the agenda, records the session, closes it. */
    holds: instructsFile(actor, conference),
    /** Adds the ministry's comments to the sheets. */
    comments: draftsFile(actor, conference),
    /** Hands the sheets in. */
    handsIn: keepsFile(actor, conference),
  };
}
