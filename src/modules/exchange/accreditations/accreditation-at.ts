// The accreditation that an address names, as far as whoever asks sees it. Everything else answers that nothing is there.
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { accreditationsSeenBy } from './accreditation-access.rules.ts';
import { findAccreditation } from './accreditations.repository.ts';
import type {
  AccreditationFilter,
  AccreditationStage,
  AccreditationState,
  WholeAccreditation,
} from './accreditations.types.ts';

/** The accreditation with the number, or the id, in the address. Throws `not-found` where the actor sees none. */
export async function accreditationAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  number: string,
): Promise<{ readonly actor: Actor; readonly accreditation: WholeAccreditation }> {
  const actor = actorOf(request);
  const which = /^[1-9]\d{0,14}$/.test(number) ? Number(number) : isUuid(number) ? number : null;
  const found = which === null ? undefined : await findAccreditation(db, accreditationsSeenBy(actor), which);
  if (!found) throw notFound();
  return { actor, accreditation: found };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const idOf = (typed: string) => (isUuid(typed) ? typed : NOBODY);

/** What a query narrows a list by; empty values narrow nothing, and what is no id finds nothing. */
export function accreditationFilterOf(query: {
  state?: '' | AccreditationState;
  stage?: '' | AccreditationStage;
  api?: string;
  organisation?: string;
}): AccreditationFilter {
  return {
    ...(query.state ? { state: query.state } : {}),
    ...(query.stage ? { stage: query.stage } : {}),
    ...(query.api ? { apiId: idOf(query.api) } : {}),
    ...(query.organisation ? { organisationId: idOf(query.organisation) } : {}),
  };
}
