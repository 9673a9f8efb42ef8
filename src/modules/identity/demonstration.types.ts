// Who the demonstration lets one be with one click.
import type { ActorRole } from '#platform/access.ts';

/** An invented person with the roles that they hold now. */
export interface DemonstrationPerson {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly (ActorRole & { readonly organisationName: string | null })[];
}
