// Who sees and does what with project files. Pure: the actor's roles are those that count at this moment.
import type { Actor, Role } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { type FileReach, LIVE_STATES, type ProjectFile } from './files.types.ts';

/** Roles that read their organisation's files and write its drafts. */
const MINISTRY_ROLES: readonly Role[] = ['digital-director', 'product-team', 'agent'];

/** Roles that see every file that is not a draft. */
const OVERSEERS: readonly Role[] = ['auditor', 'administrator'];

type Owned = Pick<ProjectFile, 'organisationId' | 'organisationParentId'>;

function organisationsWhere(actor: Actor, roles: readonly Role[]): string[] {
  const held = actor.roles.filter(({ role }) => roles.includes(role));
  return [...new Set(held.flatMap(({ organisationId }) => organisationId ?? []))];
}

function isOf(ids: readonly string[], { organisationId, organisationParentId }: Owned): boolean {
  return (
    ids.includes(organisationId) || (organisationParentId !== null && ids.includes(organisationParentId))
  );
}

/** The files that the actor (null: nobody) may read. */
export function filesSeenBy(actor: Actor | null): FileReach {
  if (actor === null) return { organisationIds: [], beside: 'published' };
  const oversees = actor.roles.some(({ role }) => OVERSEERS.includes(role));
  return {
    organisationIds: organisationsWhere(actor, MINISTRY_ROLES),
    beside: oversees ? 'submitted' : 'published',
  };
}

/** The files of the actor's own organisations, and no other. */
export function filesKeptBy(actor: Actor): FileReach {
  return { organisationIds: organisationsWhere(actor, MINISTRY_ROLES), beside: 'none' };
}

/** The organisations for which the actor opens files, those below them not counted. */
export function organisationsKeptBy(actor: Actor): string[] {
  return organisationsWhere(actor, MINISTRY_ROLES);
}

/** Tells whether the actor writes the drafts of the file's organisation. */
export function draftsFile(actor: Actor | null, file: Owned): boolean {
  return actor !== null && isOf(organisationsWhere(actor, MINISTRY_ROLES), file);
}

/** Tells whether the actor answers for the file: submits it, gives its news, proposes its baselines. */
export function keepsFile(actor: Actor | null, file: Owned): boolean {
  return actor !== null && isOf(organisationsWhere(actor, ['digital-director']), file);
}

/** Tells whether the actor edits the file now: a draft whoever writes for the ministry, a live one who answers for it. */
export function mayEditFile(actor: Actor | null, file: Owned & Pick<ProjectFile, 'state'>): boolean {
  if (file.state === 'draft') return draftsFile(actor, file);
  return (LIVE_STATES as readonly string[]).includes(file.state) && keepsFile(actor, file);
}

/** Tells whether the actor decides for the directorate: an auditor who is not of the file's own ministry. */
export function instructsFile(actor: Actor | null, file: Owned): boolean {
  return (actor?.roles.some(({ role }) => role === 'auditor') ?? false) && !keepsFile(actor, file);
}

/** Tells whether the actor sees the detail of costs and names: the ministry's own people and the directorate. */
export function seesFileDetail(actor: Actor | null, file: Owned): boolean {
  return draftsFile(actor, file) || (actor?.roles.some(({ role }) => OVERSEERS.includes(role)) ?? false);
}

/** Who did it, for the ledger: in their role of the file's ministry, else as an auditor, else as themselves. */
export function fileActorOf(actor: Actor, file: Owned): LedgerActor {
  const held =
    actor.roles.find(
      ({ role, organisationId }) =>
        MINISTRY_ROLES.includes(role) && organisationId !== null && isOf([organisationId], file),
    ) ?? actor.roles.find(({ role }) => OVERSEERS.includes(role));
  return { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) };
}
