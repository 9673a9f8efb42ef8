// Intentions on tokens of provisioning: make one, recognise one, revoke one. What changes one has its line in the ledger.
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { hasControlCharacter, isUuid, tidied } from '#platform/typed-text.ts';
import { findOrganisation } from '../organisations.repository.ts';
import { scimTokenRefused } from './scim.errors.ts';
import { hashScimToken, newScimToken, tokenInHeader } from './scim-token.ts';
import {
  findToken,
  findTokenByHash,
  insertToken,
  type Reach,
  updateTokenRevoked,
  updateTokenUse,
} from './scim-tokens.repository.ts';
import type { ScimToken, ScimTokenInput } from './scim-tokens.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/**
 * Makes a token for an organisation within the reach of who asks. @returns its text, which nobody can read again.
 * Throws `invalid-input` with a fault for each wrong field.
 */
export async function makeScimToken(
  { db, clock }: Needs,
  by: LedgerActor,
  input: ScimTokenInput,
  reach: Reach,
): Promise<{ id: string; token: string }> {
  const name = tidied(input.name);
  const { organisationId } = input;
  const fields: FieldError[] = [];
  if (name === '' || name.length > 120 || hasControlCharacter(name)) {
    fields.push({
      field: 'name',
      text: { fr: 'Saisissez un nom de 1 à 120 caractères.', en: 'Enter a name of 1 to 120 characters.' },
    });
  }
  const isWithinReach = isUuid(organisationId) && (reach === 'all' || reach.includes(organisationId));
  if (!isWithinReach || !(await findOrganisation(db, organisationId))) {
    fields.push({
      field: 'organisationId',
      text: { fr: 'Choisissez une organisation de la liste.', en: 'Choose an organisation of the list.' },
    });
  }
  if (fields.length > 0) throw invalidInput({ fields });
  const token = newScimToken();
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const ending = token.slice(-4);
    const id = await insertToken(trx, {
      organisationId,
      name,
      ending,
      createdAt: now,
      hash: hashScimToken(token),
    });
    await appendToLedger(trx, now, {
      kind: 'identity.scim-token-made',
      subject: `identity/scim-token/${id}`,
      actor: by,
      data: { organisationId, name },
    });
    return { id, token };
  });
}

/** Revokes a token within the reach of who asks: the next request with it is refused. Throws `not-found`. */
export async function revokeScimToken(
  { db, clock }: Needs,
  by: LedgerActor,
  id: string,
  reach: Reach,
): Promise<void> {
  if (!isUuid(id)) throw notFound();
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const token = await findToken(trx, id, reach);
    if (!token) throw notFound();
    if (!(await updateTokenRevoked(trx, id, now))) return;
    await appendToLedger(trx, now, {
      kind: 'identity.scim-token-revoked',
      subject: `identity/scim-token/${id}`,
      actor: by,
      data: { organisationId: token.organisationId },
    });
  });
}

const USE_IS_NOTED_EVERY_MS = 60_000;

/** The token that an Authorization header bears; its use is noted. Throws `identity.scim-token-refused`. */
export async function recogniseScimToken(
  { db, clock }: Needs,
  authorization: string | undefined,
): Promise<ScimToken> {
  const text = tokenInHeader(authorization);
  const token = text === null ? undefined : await findTokenByHash(db, hashScimToken(text));
  if (!token) throw scimTokenRefused();
  const now = clock.now();
  // Not at each request: a reading must not write a row each time.
  if (token.lastUsedAt === null || now.getTime() - token.lastUsedAt.getTime() > USE_IS_NOTED_EVERY_MS) {
    await updateTokenUse(db, token.id, now);
  }
  return token;
}
