// Intentions on services: register, change, suspend, resume, close. Each is one transaction with its line in the ledger,
// after which every process forgets what it kept of the service.
import { randomBytes } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { hasControlCharacter, isUuid } from '#platform/typed-text.ts';
import type { Realm } from '../hub/realms.ts';
import { removeStateOfClient } from '../hub/state.repository.ts';
import { tellServiceState } from '../machine-watchers.ts';
import { findOrganisation } from '../organisations.repository.ts';
import { countLiveCredentials, revokeAllCredentials } from './credentials.repository.ts';
import { faultsInProduction } from './production.rules.ts';
import { removeGrantsOf } from './resources.repository.ts';
import { withdrawWaitingReview } from './reviews.repository.ts';
import {
  isWithin,
  ledgerActorOf,
  ledgerOverseerOf,
  oversees,
  servicesManagedBy,
  servicesSeenBy,
} from './service-access.rules.ts';
import { serviceIsClosed, serviceIsElsewhere } from './services.errors.ts';
import {
  findService,
  insertService,
  lockService,
  updateService,
  updateServiceState,
} from './services.repository.ts';
import { faultsOfService, isRealm, serviceAsTyped, tidiedLines } from './services.rules.ts';
import type {
  NamedService,
  NewServiceInput,
  Service,
  ServiceFields,
  ServiceInput,
} from './services.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** A new client id: unguessable, so that nobody learns which services there are by trying. */
function newClientId(realm: Realm): string {
  return `${realm}-${randomBytes(10).toString('hex')}`;
}

/** Writes one line about a service into the ledger. */
export async function recordServiceEvent(
  trx: Trx,
  now: Date,
  service: Pick<Service, 'id' | 'clientId'>,
  { kind, actor, data }: { kind: string; actor: LedgerActor; data: Record<string, unknown> },
): Promise<void> {
  await appendToLedger(trx, now, { kind, subject: `identity/service/${service.id}`, actor, data });
}

/**
 * The service that the actor may change, locked until `trx` ends. Throws `not-found` where they do not see it,
 * `role-required` where they only see it, `identity.service-is-closed` where nothing changes any more.
 */
export async function lockManagedService(trx: Trx, actor: Actor, id: string): Promise<NamedService> {
  const service = isUuid(id) ? await lockService(trx, servicesSeenBy(actor), id) : undefined;
  if (!service) throw notFound();
  if (!isWithin(servicesManagedBy(actor), service.organisationId)) throw roleRequired();
  if (service.state === 'closed') throw serviceIsClosed();
  return service;
}

/**
 * Registers a service, which works at once in test. Throws `invalid-input` with a fault for each wrong field; an
 * organisation in which the actor holds no role of a team is one.
 */
export async function registerService(
  { db, clock }: Needs,
  actor: Actor,
  input: NewServiceInput,
): Promise<NamedService> {
  const { realm, organisationId } = input;
  if (!isRealm(realm)) {
    throw invalidInput({
      fields: [{ field: 'realm', text: { fr: 'Choisissez un espace.', en: 'Choose a realm.' } }],
    });
  }
  const fields = serviceAsTyped(realm, input);
  const faults: FieldError[] = faultsOfService(realm, 'test', fields);
  const isTheirs = isUuid(organisationId) && isWithin(servicesManagedBy(actor), organisationId);
  return db.transaction().execute(async (trx) => {
    if (!isTheirs || !(await findOrganisation(trx, organisationId))) {
      faults.unshift({
        field: 'organisationId',
        text: {
          fr: 'Choisissez une organisation pour laquelle vous tenez des services.',
          en: 'Choose an organisation for which you hold services.',
        },
      });
    }
    if (faults.length > 0) throw invalidInput({ fields: faults });
    return insertRegistered(trx, clock.now(), ledgerActorOf(actor, organisationId), {
      clientId: newClientId(realm),
      realm,
      organisationId,
      ...fields,
    });
  });
}

/** Records a service that was checked, with its line in the ledger. */
export async function insertRegistered(
  trx: Trx,
  now: Date,
  by: LedgerActor,
  service: Pick<Service, 'clientId' | 'realm' | 'organisationId'> & ServiceFields & { readonly id?: string },
): Promise<NamedService> {
  const id = await insertService(trx, now, service);
  const { clientId } = service;
  await recordServiceEvent(
    trx,
    now,
    { id, clientId },
    {
      kind: 'identity.service-registered',
      actor: by,
      data: { ...recorded(service), clientId, realm: service.realm, organisationId: service.organisationId },
    },
  );
  return (await findService(trx, 'all', id)) as NamedService;
}

/** What of a service's fields the ledger keeps: all but the address of its contact, who is a person at times. */
function recorded(fields: ServiceFields): Record<string, unknown> {
  return {
    name: fields.name,
    purpose: fields.purpose,
    homeUrl: fields.homeUrl,
    redirectUris: fields.redirectUris,
    postLogoutRedirectUris: fields.postLogoutRedirectUris,
    backchannelLogoutUri: fields.backchannelLogoutUri,
    clientAuthentication: fields.clientAuthentication,
    jwksUri: fields.jwksUri,
    tlsSubject: fields.tlsSubject,
    idTokenAlg: fields.idTokenAlg,
    userinfoAlg: fields.userinfoAlg,
    leastAssurance: fields.leastAssurance,
    screen: fields.screen,
    mayRefresh: fields.mayRefresh,
    dpopBound: fields.dpopBound,
    certificateBound: fields.certificateBound,
    claims: fields.claims.map(({ claim, reason }) => ({ claim, reason })),
  };
}

/**
 * Writes the service's fields anew, with effect at once. In production a claim that is new is passed on only once a
 * review granted it. Throws as `lockManagedService` does, or `invalid-input` with a fault for each wrong field.
 */
export async function changeService(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  input: ServiceInput,
): Promise<NamedService> {
  return db.transaction().execute(async (trx) => {
    const before = await lockManagedService(trx, actor, id);
    const fields = serviceAsTyped(before.realm, input);
    const asked = before.state === 'suspended' ? (before.suspendedFrom ?? 'test') : before.state;
    const faults = faultsOfService(before.realm, asked, fields);
    if (faults.length === 0 && asked === 'production') {
      faults.push(...faultsInProduction(before.realm, fields, await countLiveCredentials(trx, id)));
    }
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const now = clock.now();
    await updateService(trx, now, id, fields);
    await recordServiceEvent(trx, now, before, {
      kind: 'identity.service-changed',
      actor: ledgerActorOf(actor, before.organisationId),
      data: { before: recorded(before), after: recorded(fields) },
    });
    return (await findService(trx, 'all', id)) as NamedService;
  });
}

/** A reason that was typed. Throws `invalid-input` when it says nothing or too much. */
export function reasonAsTyped(typed: string): string {
  const reason = tidiedLines(typed);
  if (reason === '' || reason.length > 1000 || hasControlCharacter(reason.replaceAll('\n', ''))) {
    throw invalidInput({
      fields: [
        {
          field: 'reason',
          text: {
            fr: 'Dites pourquoi, en 1\u00A0000 caractères au plus\u00A0: l’équipe du service le lira.',
            en: 'Say why, in at most 1,000 characters: the service’s team will read it.',
          },
        },
      ],
    });
  }
  return reason;
}

async function lockOverseen(trx: Trx, actor: Actor, id: string): Promise<NamedService> {
  const service = isUuid(id) ? await lockService(trx, servicesSeenBy(actor), id) : undefined;
  if (!service) throw notFound();
  if (!oversees(actor)) throw roleRequired();
  return service;
}

/**
 * Suspends a service: from this moment on nobody signs in to it and it gets no token. Throws `not-found`,
 * `role-required`, `invalid-input` without a reason, or `identity.service-is-in-another-state`.
 */
export async function suspendService(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typedReason: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const service = await lockOverseen(trx, actor, id);
    const { state } = service;
    if (state !== 'test' && state !== 'production') throw serviceIsElsewhere({ detail: { state } });
    const reason = reasonAsTyped(typedReason);
    const now = clock.now();
    await updateServiceState(trx, now, id, {
      state: 'suspended',
      suspendedFrom: state,
      suspensionReason: reason,
    });
    await removeStateOfClient(trx, service.clientId);
    await tellServiceState(db, trx, now, { clientId: service.clientId, state: 'suspended' });
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-suspended',
      actor: ledgerOverseerOf(actor),
      data: { from: state, reason },
    });
  });
}

/** Resumes a suspended service in the state that it had. Throws as `suspendService` does. */
export async function resumeService(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typedReason: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const service = await lockOverseen(trx, actor, id);
    const { state, suspendedFrom } = service;
    if (state !== 'suspended' || suspendedFrom === null) throw serviceIsElsewhere({ detail: { state } });
    const reason = reasonAsTyped(typedReason);
    const now = clock.now();
    await updateServiceState(trx, now, id, {
      state: suspendedFrom,
      suspendedFrom: null,
      suspensionReason: null,
    });
    await tellServiceState(db, trx, now, { clientId: service.clientId, state: suspendedFrom });
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-resumed',
      actor: ledgerOverseerOf(actor),
      data: { to: suspendedFrom, reason },
    });
  });
}

/**
 * Closes a service for good: its keys, secrets and granted resources are revoked and what it asked for is withdrawn.
 * Throws as `lockManagedService` does.
 */
export async function closeService({ db, clock }: Needs, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, id);
    const now = clock.now();
    await revokeAllCredentials(trx, now, id);
    await removeStateOfClient(trx, service.clientId);
    await removeGrantsOf(trx, id);
    await withdrawWaitingReview(trx, now, { serviceId: id, personId: actor.personId });
    await updateServiceState(trx, now, id, { state: 'closed', suspendedFrom: null, suspensionReason: null });
    await tellServiceState(db, trx, now, { clientId: service.clientId, state: 'closed' });
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-closed',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { from: service.state },
    });
  });
}
