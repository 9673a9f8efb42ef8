// Intentions on resources. `registerResource`, `grantResource` and `withdrawResource` are the door for other modules: they
// take part in their caller's transaction and trust it to have decided who may. Every one writes its line in the ledger.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger, appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { findOrganisation } from '../organisations.repository.ts';
import {
  deleteGrant,
  findResourceById,
  insertResource,
  insertResources,
  lockResource,
  replaceServer,
  updateResource,
  upsertGrant,
} from './resources.repository.ts';
import {
  faultOfGrantedScopes,
  faultsOfResource,
  type ResourceFields,
  resourceAsTyped,
} from './resources.rules.ts';
import type { NamedResource, Resource, ResourceInput } from './resources.types.ts';
import { isWithin, ledgerActorOf, resourcesGrantedBy, resourcesManagedBy } from './service-access.rules.ts';
import { notGranted } from './services.errors.ts';
import { lockServiceByClientId } from './services.repository.ts';
import type { Service } from './services.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

async function record(
  trx: Trx,
  now: Date,
  resource: Pick<Resource, 'id'>,
  event: { kind: string; actor: LedgerActor; data: Record<string, unknown> },
): Promise<void> {
  await appendToLedger(trx, now, { ...event, subject: `identity/resource/${resource.id}` });
}

const unknownMachine = (field: string): FieldError => ({
  field,
  text: {
    fr: 'Saisissez l’identifiant (client_id) d’un service de l’espace des machines qui n’est pas fermé.',
    en: 'Enter the client id of a service of the machines’ realm that is not closed.',
  },
});

async function lockMachine(trx: Trx, clientId: string): Promise<Service | undefined> {
  const service = await lockServiceByClientId(trx, clientId.trim());
  return service && service.realm === 'machines' && service.state !== 'closed' ? service : undefined;
}

/** What is needed to register a resource. */
export interface NewResource extends ResourceFields {
  /** Client id of the machine service that serves it, which may then introspect its tokens (RFC 7662); null for none. */
  readonly servedBy: string | null;
}

/**
 * Registers a resource server (RFC 8707), after which services may be granted it. Throws `invalid-input` with a fault
 * for each wrong field: an identifier that is taken, an organisation or a serving service that is not there.
 * @returns the resource.
 */
export async function registerResource(
  trx: Trx,
  now: Date,
  { by, ...wanted }: NewResource & { readonly by: LedgerActor; readonly id?: string },
): Promise<Resource> {
  const { servedBy, ...fields } = wanted;
  const faults = faultsOfResource(fields);
  if (isUuid(fields.organisationId) && !(await findOrganisation(trx, fields.organisationId))) {
    faults.push({
      field: 'organisationId',
      text: { fr: 'Choisissez une organisation de la liste.', en: 'Choose an organisation of the list.' },
    });
  }
  const server = await serverOf(trx, fields.organisationId, servedBy, faults);
  if (faults.length > 0) throw invalidInput({ fields: faults });
  const resource = await insertResource(trx, now, fields);
  if (!resource) throw invalidInput({ fields: [identifierIsTaken] });
  if (server) await replaceServer(trx, resource.id, server.id);
  await record(trx, now, resource, {
    kind: 'identity.resource-registered',
    actor: by,
    data: { ...fields, scopes: [...fields.scopes], servedBy: server?.clientId ?? null },
  });
  return resource;
}

const identifierIsTaken: FieldError = {
  field: 'identifier',
  text: {
    fr: 'Une autre ressource porte déjà cette adresse.',
    en: 'Another resource already bears this address.',
  },
};

/**
 * Registers many resources as `registerResource` does, each served by no service, for imports: the organisations must be
 * there. Throws `invalid-input` with the first faults.
 * @returns the id of each by its identifier.
 */
export async function registerResources(
  trx: Trx,
  now: Date,
  { by, resources }: { readonly by: LedgerActor; readonly resources: readonly ResourceFields[] },
): Promise<ReadonlyMap<string, string>> {
  const faults = resources.flatMap(faultsOfResource);
  if (faults.length > 0) throw invalidInput({ fields: faults });
  if (resources.length === 0) return new Map();
  const ids = await insertResources(trx, now, resources);
  if (ids.size < resources.length) throw invalidInput({ fields: [identifierIsTaken] });
  await appendAllToLedger(
    trx,
    now,
    resources.map((fields) => ({
      kind: 'identity.resource-registered',
      subject: `identity/resource/${ids.get(fields.identifier)}`,
      actor: by,
      data: { ...fields, scopes: [...fields.scopes], servedBy: null },
    })),
  );
  return ids;
}

/**
 * Writes the scopes that a registered resource knows anew; those that go are taken out of the grants. Throws `not-found`
 * for an unknown resource, `invalid-input` (`scopes`) for what is no scope, none or too many.
 */
export async function changeResourceScopes(
  trx: Trx,
  now: Date,
  {
    by,
    resource: identifier,
    scopes,
  }: { readonly by: LedgerActor; readonly resource: string; readonly scopes: readonly string[] },
): Promise<void> {
  const before = await lockResource(trx, identifier);
  if (!before) throw notFound();
  const after = { ...before, scopes: [...new Set(scopes)] };
  const faults = faultsOfResource(after);
  if (faults.length > 0) throw invalidInput({ fields: faults });
  await updateResource(trx, before.id, after);
  await record(trx, now, before, {
    kind: 'identity.resource-changed',
    actor: by,
    data: { before: asRecorded(before), after: asRecorded(after) },
  });
}

/** The service that serves a resource: a machine of the organisation itself, since it learns what tokens say. */
async function serverOf(
  trx: Trx,
  organisationId: string,
  servedBy: string | null,
  faults: FieldError[],
): Promise<Service | null> {
  if (servedBy === null) return null;
  const server = await lockMachine(trx, servedBy);
  if (!server || server.organisationId !== organisationId) {
    faults.push({
      field: 'servedBy',
      text: {
        fr: 'Saisissez l’identifiant (client_id) d’un service de l’espace des machines de cette même organisation.',
        en: 'Enter the client id of a service of the machines’ realm that belongs to the same organisation.',
      },
    });
    return null;
  }
  return server;
}

/**
 * Lets a machine service ask for tokens for a resource with these scopes, in place of those that it had. Throws
 * `not-found` for an unknown resource, `invalid-input` for an unknown service (`clientId`) or scope (`scopes`).
 */
export async function grantResource(
  trx: Trx,
  now: Date,
  {
    by,
    clientId,
    resource: identifier,
    scopes,
  }: {
    readonly by: LedgerActor;
    readonly clientId: string;
    /** The resource's identifier. */
    readonly resource: string;
    readonly scopes: readonly string[];
  },
): Promise<void> {
  const resource = await lockResource(trx, identifier);
  if (!resource) throw notFound();
  const service = await lockMachine(trx, clientId);
  const fault = faultOfGrantedScopes(resource, scopes);
  const fields = [...(service ? [] : [unknownMachine('clientId')]), ...(fault ? [fault] : [])];
  if (!service || fields.length > 0) throw invalidInput({ fields });
  const distinct = [...new Set(scopes)];
  await upsertGrant(trx, now, { serviceId: service.id, resourceId: resource.id, scopes: distinct });
  await record(trx, now, resource, {
    kind: 'identity.resource-granted',
    actor: by,
    data: { clientId: service.clientId, serviceId: service.id, scopes: distinct },
  });
}

/** Withdraws a resource from a service: no new token for it is given. Throws `identity.resource-not-granted`. */
export async function withdrawResource(
  trx: Trx,
  now: Date,
  {
    by,
    clientId,
    resource: identifier,
  }: { readonly by: LedgerActor; readonly clientId: string; readonly resource: string },
): Promise<void> {
  const resource = await lockResource(trx, identifier);
  const service = await lockServiceByClientId(trx, clientId.trim());
  if (!resource || !service) throw notGranted();
  if (!(await deleteGrant(trx, { serviceId: service.id, resourceId: resource.id }))) throw notGranted();
  await record(trx, now, resource, {
    kind: 'identity.resource-withdrawn',
    actor: by,
    data: { clientId: service.clientId, serviceId: service.id },
  });
}

function newResourceOf(input: ResourceInput): NewResource {
  return { ...resourceAsTyped(input), servedBy: input.servedBy.trim() || null };
}

/**
 * Registers a resource for an organisation for which the actor produces data (any, for an administrator). Throws as
 * `registerResource` does.
 */
export async function registerOwnResource(
  { db, clock }: Needs,
  actor: Actor,
  input: ResourceInput,
): Promise<Resource> {
  const wanted = newResourceOf(input);
  const { organisationId } = wanted;
  if (isUuid(organisationId) && !isWithin(resourcesManagedBy(actor), organisationId)) {
    throw invalidInput({
      fields: [
        {
          field: 'organisationId',
          text: {
            fr: 'Choisissez une organisation pour laquelle vous produisez des données.',
            en: 'Choose an organisation for which you produce data.',
          },
        },
      ],
    });
  }
  return db
    .transaction()
    .execute((trx) =>
      registerResource(trx, clock.now(), { ...wanted, by: ledgerActorOf(actor, organisationId) }),
    );
}

/**
 * Changes a resource's name, scopes, tokens' life and serving service; its identifier and organisation stay. Scopes that
 * it no longer knows are taken out of the grants. Throws `not-found` where the actor does not manage it.
 */
export async function changeResource(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  input: Omit<ResourceInput, 'identifier' | 'organisationId'>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await managedResource(trx, resourcesManagedBy(actor), id);
    const { identifier, organisationId } = before;
    const { servedBy, ...fields } = newResourceOf({ ...input, identifier, organisationId });
    const faults = faultsOfResource(fields);
    const server = await serverOf(trx, organisationId, servedBy, faults);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const now = clock.now();
    await updateResource(trx, id, fields);
    await replaceServer(trx, id, server?.id ?? null);
    await record(trx, now, before, {
      kind: 'identity.resource-changed',
      actor: ledgerActorOf(actor, organisationId),
      data: {
        before: asRecorded(before),
        after: { ...asRecorded(fields), servedBy: server?.clientId ?? null },
      },
    });
  });
}

function asRecorded({ name, scopes, tokenSeconds }: ResourceFields): Record<string, unknown> {
  return { name, scopes: [...scopes], tokenSeconds };
}

async function managedResource(
  trx: Trx,
  scope: ReturnType<typeof resourcesManagedBy>,
  id: string,
): Promise<NamedResource> {
  const resource = isUuid(id) ? await findResourceById(trx, id) : undefined;
  if (!resource || !isWithin(scope, resource.organisationId)) throw notFound();
  await lockResource(trx, resource.identifier);
  return resource;
}

/**
 * Grants a resource of an organisation in whose name the actor may. Throws `not-found` where they may not, else as
 * `grantResource`.
 */
export async function grantOwnResource(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  { clientId, scopes }: { clientId: string; scopes: readonly string[] },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const resource = await managedResource(trx, resourcesGrantedBy(actor), id);
    const by = ledgerActorOf(actor, resource.organisationId);
    await grantResource(trx, clock.now(), { by, clientId, resource: resource.identifier, scopes });
  });
}

/** Withdraws one. Throws as `grantOwnResource` and `withdrawResource` do. */
export async function withdrawOwnResource(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  clientId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const resource = await managedResource(trx, resourcesGrantedBy(actor), id);
    const by = ledgerActorOf(actor, resource.organisationId);
    await withdrawResource(trx, clock.now(), { by, clientId, resource: resource.identifier });
  });
}
