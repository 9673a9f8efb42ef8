// Loads the demonstration State's services and resources. Ids follow from the data alone, so that two loads are the same.
// It is called once, on an empty database, after the organisations and the people.
import type { Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { inventedId } from '../demonstration.ts';
import type { Organisation } from '../organisations.types.ts';
import { insertSecret } from './credentials.repository.ts';
import { grantResource, registerResource } from './resources.actions.ts';
import { findSomebodyAt, insertReview } from './reviews.repository.ts';
import { secretHash } from './service-secrets.rules.ts';
import { insertRegistered } from './services.actions.ts';
import {
  INVENTED_RESOURCES,
  INVENTED_SERVICES,
  type InventedResource,
  type InventedService,
} from './services.demonstration-data.ts';
import { grantClaims, updateServiceState } from './services.repository.ts';
import type { ServiceFields } from './services.types.ts';

const BY: LedgerActor = { kind: 'system', name: 'identity.demonstration' };

/** The fields of an invented service, as its team would have typed them. */
export function inventedServiceFields(invented: InventedService): ServiceFields {
  const { realm, host, authentication = 'private_key_jwt', claims = {} } = invented;
  const isMachine = realm === 'machines';
  const isPublic = authentication === 'none';
  return {
    name: invented.name,
    purpose: invented.purpose,
    contactEmail: `equipe@${host}`,
    homeUrl: `https://${host}/`,
    redirectUris: isMachine ? [] : (invented.redirectUris ?? [`https://${host}/retour`]),
    postLogoutRedirectUris: isMachine ? [] : [`https://${host}/au-revoir`],
    backchannelLogoutUri: isMachine || isPublic ? null : `https://${host}/deconnexion`,
    clientAuthentication: authentication,
    jwksUri: authentication === 'private_key_jwt' ? `https://${host}/jwks` : null,
    tlsSubject: null,
    idTokenAlg: 'ES256',
    userinfoAlg: realm === 'agents' ? 'ES256' : null,
    leastAssurance: null,
    screen: invented.asksConsent ? 'consent' : 'information',
    mayRefresh: false,
    dpopBound: false,
    certificateBound: false,
    claims: Object.entries(claims).map(([claim, reason]) => ({ claim, reason })),
  };
}

/**
 * Registers the invented services and resources for `organisations`, found by their codes. Two services have a secret
 * that everyone may read in services.demonstration-data.ts, so that a newcomer can try them.
 */
export async function loadDemonstrationServices(
  trx: Trx,
  now: Date,
  organisations: readonly Pick<Organisation, 'id' | 'code'>[],
): Promise<void> {
  const at = (code: string): string => {
    const found = organisations.find((organisation) => organisation.code === code);
    if (!found) throw new Error(`The demonstration State has no organisation ${code}.`);
    return found.id;
  };
  for (const invented of INVENTED_SERVICES) await loadService(trx, now, invented, at(invented.at));
  for (const invented of INVENTED_RESOURCES) await loadResource(trx, now, invented, at(invented.at));
}

async function loadService(
  trx: Trx,
  now: Date,
  invented: InventedService,
  organisationId: string,
): Promise<void> {
  const { clientId, realm, state, suspended, secret, isUnderReview } = invented;
  const id = inventedId('service', clientId);
  await insertRegistered(trx, now, BY, {
    id,
    clientId,
    realm,
    organisationId,
    ...inventedServiceFields(invented),
  });
  if (secret !== undefined) {
    const hash = secretHash(secret);
    await insertSecret(trx, { serviceId: id, hash, ending: secret.slice(-4), createdAt: now });
  }
  if (state === 'production' || state === 'suspended') await grantClaims(trx, now, id);
  if (state === 'production')
    await updateServiceState(trx, now, id, { state, suspendedFrom: null, suspensionReason: null });
  if (state === 'suspended') {
    await updateServiceState(trx, now, id, {
      state,
      suspendedFrom: 'production',
      suspensionReason: suspended ?? null,
    });
  }
  if (isUnderReview) {
    const askedBy = await findSomebodyAt(trx, organisationId, 'product-team');
    if (askedBy !== undefined) {
      const message = 'Le service a été essayé en recette par trois directions.';
      await insertReview(trx, { serviceId: id, askedBy, askedAt: now, message });
    }
  }
}

async function loadResource(
  trx: Trx,
  now: Date,
  invented: InventedResource,
  organisationId: string,
): Promise<void> {
  const { identifier, name, scopes, tokenSeconds, servedBy, grants } = invented;
  const id = inventedId('resource', identifier);
  await registerResource(trx, now, {
    by: BY,
    id,
    identifier,
    name,
    organisationId,
    scopes,
    tokenSeconds,
    servedBy,
  });
  for (const [clientId, granted] of Object.entries(grants)) {
    await grantResource(trx, now, { by: BY, clientId, resource: identifier, scopes: granted });
  }
}
