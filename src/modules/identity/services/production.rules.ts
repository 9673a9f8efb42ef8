// What production asks of a service beyond what every service keeps. Pure: its keys and secrets are counted elsewhere.
import type { FieldError } from '#platform/errors.ts';
import type { Realm } from '../hub/realms.ts';
import { isEmail } from '../people.rules.ts';
import { faultsOfAddresses } from './services.rules.ts';
import type { Service, ServiceFields } from './services.types.ts';

/** What still keeps a service out of production. */
export type ProductionNeed = 'redirect-address' | 'https' | 'credential' | 'claims-reasons' | 'contact';

/** How many live keys and secrets a service has. */
export interface LiveCredentials {
  readonly keys: number;
  readonly secrets: number;
}

/** Tells whether the service can prove itself in the way that it chose. */
export function canProveItself(
  {
    clientAuthentication,
    jwksUri,
    tlsSubject,
  }: Pick<Service, 'clientAuthentication' | 'jwksUri' | 'tlsSubject'>,
  { keys, secrets }: LiveCredentials,
): boolean {
  switch (clientAuthentication) {
    case 'private_key_jwt':
      return jwksUri !== null || keys > 0;
    case 'tls_client_auth':
      return tlsSubject !== null;
    case 'none':
      return true;
    default:
      return secrets > 0;
  }
}

/** What a change would take away from a service in production that it cannot do without. */
export function faultsInProduction(
  realm: Realm,
  service: ServiceFields,
  live: LiveCredentials,
): FieldError[] {
  const faults: FieldError[] = [];
  if (realm !== 'machines' && service.redirectUris.length === 0) {
    faults.push({
      field: 'redirectUris',
      text: {
        fr: 'Gardez au moins une adresse de retour\u00A0: le service est en production.',
        en: 'Keep at least one redirect address: the service is in production.',
      },
    });
  }
  if (!canProveItself(service, live)) {
    faults.push({
      field: 'clientAuthentication',
      text: {
        fr: 'Ajoutez d’abord la clé ou le secret que ce moyen de preuve demande\u00A0: le service est en production.',
        en: 'First add the key or secret that this way of proof asks for: the service is in production.',
      },
    });
  }
  return faults;
}

/**
 * What a service lacks to go into production, in the order in which it is done: a redirect address (where people sign
 * in), https everywhere, a key or secret, a contact, a reason for each claim. Empty when it may ask.
 */
export function needsForProduction(service: Service, live: LiveCredentials): ProductionNeed[] {
  const needs: ProductionNeed[] = [];
  if (service.realm !== 'machines' && service.redirectUris.length === 0) needs.push('redirect-address');
  if (faultsOfAddresses(service, false).length > 0) needs.push('https');
  if (!canProveItself(service, live)) needs.push('credential');
  if (!isEmail(service.contactEmail)) needs.push('contact');
  if (service.claims.some(({ reason }) => reason.trim() === '')) needs.push('claims-reasons');
  return needs;
}

/** The claims that wait for a review before they are passed on in production. */
export function claimsNotGranted({ claims }: Pick<Service, 'claims'>): readonly string[] {
  return claims.filter(({ grantedAt }) => grantedAt === null).map(({ claim }) => claim);
}
