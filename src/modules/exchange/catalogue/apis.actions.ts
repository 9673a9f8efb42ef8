// Intentions on APIs: add, change, open, close. Each is one transaction with its line in the ledger and what it publishes.

import { findOrganisation, registerResource } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger, appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { publishApi } from './api-publication.actions.ts';
import {
  insertApis,
  listScopesOf,
  lockApi,
  type NewApi,
  updateApi,
  updateApiResources,
  updateApiState,
} from './apis.repository.ts';
import {
  type ApiInput,
  apiAsTyped,
  faultsOfApi,
  faultsOfNewApi,
  type NewApiInput,
  whatOpeningLacks,
} from './apis.rules.ts';
import { apiIsElsewhere, apiIsNotReady } from './catalogue.errors.ts';
import type { Api, ApiFields, ApiScope } from './catalogue.types.ts';
import { apisManagedBy, producerInLedger } from './producers.rules.ts';
import { listVersions } from './versions.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Writes a line of the ledger about an API. */
export async function recordOnApi(
  trx: Trx,
  now: Date,
  apiId: string,
  {
    event,
    actor,
    data,
  }: { readonly event: string; readonly actor: LedgerActor; readonly data: Record<string, unknown> },
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `exchange.${event}`,
    subject: `exchange/api/${apiId}`,
    actor,
    data,
  });
}

/** The API that the actor writes, locked until `trx` ends. Throws `not-found` where there is none. */
export async function managedApi(trx: Trx, actor: Actor, id: string): Promise<Api> {
  const api = isUuid(id) ? await lockApi(trx, id, apisManagedBy(actor)) : undefined;
  if (!api) throw notFound();
  return api;
}

/** What of an API goes into the ledger: what it offers, without an address of a person. */
function asRecorded(api: ApiFields): Record<string, unknown> {
  const { contactEmail: _, description: __, subject, ...rest } = apiFieldsOf(api);
  return { ...rest, subject: subject === null ? null : { ...subject, names: [...subject.names] } };
}

/** Adds a draft. Throws `invalid-input` with a fault for each wrong field. @returns its id. */
export async function addApi({ db, clock }: Needs, actor: Actor, input: NewApiInput): Promise<string> {
  const fields = apiAsTyped(input);
  const slug = input.slug.trim();
  const producerId = input.producerId.trim();
  const faults = [...faultsOfNewApi({ slug, producerId }, apisManagedBy(actor)), ...faultsOfApi(fields)];
  return db.transaction().execute(async (trx) => {
    if (isUuid(producerId) && !(await findOrganisation(trx, producerId))) {
      faults.push({
        field: 'producerId',
        text: { fr: 'Choisissez une organisation de la liste.', en: 'Choose an organisation of the list.' },
      });
    }
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const draft = { slug, producerId, ...fields };
    const ids = await insertRecorded(trx, clock.now(), [draft], producerInLedger(actor, producerId));
    return ids.get(slug) ?? '';
  });
}

/** Records APIs and their lines of the ledger. Throws `invalid-input` when a slug is taken. @returns their ids by slug. */
export async function insertRecorded(
  trx: Trx,
  now: Date,
  apis: readonly NewApi[],
  by: LedgerActor,
): Promise<ReadonlyMap<string, string>> {
  const ids = await insertApis(trx, now, apis);
  if (ids.size < apis.length) throw invalidInput({ fields: [slugIsTaken] });
  await appendAllToLedger(
    trx,
    now,
    apis.map((api) => ({
      kind: 'exchange.api-added',
      subject: `exchange/api/${ids.get(api.slug)}`,
      actor: by,
      data: { slug: api.slug, producerId: api.producerId, ...asRecorded(api) },
    })),
  );
  return ids;
}

const slugIsTaken: FieldError = {
  field: 'slug',
  text: {
    fr: 'Une autre API porte déjà ce mot\u00A0: choisissez-en un autre.',
    en: 'Another API already bears this word: choose another one.',
  },
};

/** Changes what a producer writes of an API; gateways learn it at once where it is open. */
export async function changeApi(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  input: ApiInput,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await managedApi(trx, actor, id);
    const fields = apiAsTyped(input);
    const faults = faultsOfApi(fields);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const now = clock.now();
    await updateApi(trx, now, { id, slug: before.slug, ...fields });
    await recordOnApi(trx, now, id, {
      event: 'api-changed',
      actor: producerInLedger(actor, before.producerId),
      data: { before: asRecorded(before), after: asRecorded(fields) },
    });
    await publishApi(trx, id);
  });
}

function apiFieldsOf(api: ApiFields): ApiFields {
  const {
    name,
    summary,
    description,
    sensitivity,
    legalBasisRequired,
    contactEmail,
    subject,
    defaultQuotaPerMinute,
  } = api;
  return {
    name,
    summary,
    description,
    sensitivity,
    legalBasisRequired,
    contactEmail,
    subject,
    defaultQuotaPerMinute,
  };
}

/**
 * Opens an API: it comes into the catalogue, its resource is registered at the hub the first time, and gateways serve it.
 * Throws `exchange.api-is-not-ready` with what it lacks, `exchange.api-is-in-another-state` when it is open.
 */
export async function openApi(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  identifierOf: (slug: string) => string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const api = await managedApi(trx, actor, id);
    if (api.state === 'open') throw apiIsElsewhere();
    const versions = await listVersions(trx, id);
    const scopes = await listScopesOf(trx, [id]);
    const lacks = whatOpeningLacks(versions, scopes);
    if (lacks.length > 0) throw apiIsNotReady({ fields: lacks });
    const now = clock.now();
    const by = producerInLedger(actor, api.producerId);
    const identifier = api.resource ?? identifierOf(api.slug);
    if (api.resource === null) {
      const resource = await registerResource(trx, now, {
        by,
        servedBy: null,
        ...resourceOf(api, scopes, identifier),
      });
      await updateApiResources(trx, [{ apiId: id, id: resource.id, identifier }]);
    }
    await updateApiState(trx, now, id, 'open');
    await recordOnApi(trx, now, id, { event: 'api-opened', actor: by, data: { resource: identifier } });
    await publishApi(trx, id);
  });
}

/** The resource of the hub that stands for an API. */
export function resourceOf(
  { name, producerId }: Pick<Api, 'name' | 'producerId'>,
  scopes: readonly Pick<ApiScope, 'name'>[],
  identifier: string,
) {
  return {
    identifier,
    name,
    organisationId: producerId,
    scopes: scopes.map((scope) => scope.name),
    tokenSeconds: 600,
  };
}

/** Closes an open API: gateways refuse its calls from now on, and the catalogue shows it as closed. */
export async function closeApi({ db, clock }: Needs, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const api = await managedApi(trx, actor, id);
    if (api.state !== 'open') throw apiIsElsewhere();
    const now = clock.now();
    await updateApiState(trx, now, id, 'closed');
    await recordOnApi(trx, now, id, {
      event: 'api-closed',
      actor: producerInLedger(actor, api.producerId),
      data: {},
    });
    await publishApi(trx, id);
  });
}
