// The shapes of people and memberships in addresses and forms. They bound what is sent; rules judge it.
import { Type } from 'typebox';
import { ROLES } from '#platform/access.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** What the list of people may be asked. */
export const peopleQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  role: Type.Optional(Type.Enum(['', ...ROLES])),
  account: Type.Optional(Type.Enum(['', 'open', 'closed'])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** A person's details, as typed. */
export const personForm = Type.Object({ name: text(1000), email: text(1000), locale: text(10) });

/** A membership, as typed. */
export const membershipForm = Type.Object({
  role: text(40),
  organisationId: text(40),
  from: text(40),
  until: text(40),
});

/** An invitation: with the box ticked, second factors fall. */
export const invitationForm = Type.Object({ resetFactors: Type.Optional(Type.Literal('yes')) });

/** A person's page may say that the invitation has left. */
export const personQuery = Type.Object({ invited: Type.Optional(Type.Literal('yes')) });

/** A person's id and a membership's. */
export const membershipParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  membershipId: Type.String({ maxLength: 40 }),
});
