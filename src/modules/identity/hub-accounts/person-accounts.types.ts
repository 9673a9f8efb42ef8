// What a person is told of their own accounts at identity providers. No claim, no subject.
import type { PeopleRealm } from '../hub/realms.ts';

/** One of a person's accounts. */
export interface OwnAccount {
  readonly id: string;
  readonly realm: PeopleRealm;
  readonly upstreamId: string;
  readonly upstreamName: string;
  readonly subjectRoot: string;
  readonly lastSignInAt: Date;
}
