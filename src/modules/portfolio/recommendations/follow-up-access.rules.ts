// Who stands on which side of a recommendation, and which ones somebody sees. Pure: the roles are those that count now.
import type { Actor } from '#platform/access.ts';
import { filesKeptBy, filesSeenBy, instructsFile, keepsFile } from '../files/file-access.rules.ts';
import type { FileReach } from '../files/files.types.ts';
import type { FollowUpSide } from './recommendations.rules.ts';
import type { FollowUpReach, Recommendation } from './recommendations.types.ts';

/** The files whose follow-up the actor sees: all but drafts for the directorate, their own ministry's for the others. */
export function filesFollowedBy(actor: Actor): FileReach {
  const seen = filesSeenBy(actor);
  return seen.beside === 'submitted' ? seen : filesKeptBy(actor);
}

/** The recommendations that the actor sees: those of these files, and those that they own wherever these are. */
export function followUpReachOf(actor: Actor): FollowUpReach {
  return { files: filesFollowedBy(actor), personId: actor.personId };
}

/** The sides on which the actor stands. */
export function sidesOn(
  actor: Actor,
  recommendation: Pick<Recommendation, 'ownerId' | 'organisationId' | 'organisationParentId'>,
): FollowUpSide[] {
  return [
    ...(recommendation.ownerId === actor.personId ? (['owner'] as const) : []),
    ...(keepsFile(actor, recommendation) ? (['director'] as const) : []),
    ...(instructsFile(actor, recommendation) ? (['directorate'] as const) : []),
  ];
}
