// Loads the demonstration State's APIs: versions, scopes, sandbox and measured days, as if their producers had offered them.
import { inventedId, listOrganisations } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { addMeasuredDays } from '../catalogue/api-days.repository.ts';
import { enqueueDoctrineCheck } from '../catalogue/doctrine.jobs.ts';
import { type RecordedApi, recordApis } from '../catalogue/recorded-apis.actions.ts';
import { inventedDays } from './api-days.demonstration.ts';
import { INVENTED_APIS } from './apis.demonstration.data.ts';
import type { InventedApi } from './apis.demonstration.types.ts';
import { contactOf, openApiOf, sandboxExamplesOf } from './openapi.demonstration.ts';
import { PERSON_PARAMETERS, SIREN_PARAMETER } from './parts.demonstration.data.ts';

const BY_DEMONSTRATION: LedgerActor = { kind: 'system', name: 'demonstration' };

/** The id of an invented API, the same at every load. */
export function inventedApiId(slug: string): string {
  return inventedId('api', slug);
}

/**
 * Loads the invented APIs in one transaction and queues the check of their documents. Their producers answer at
 * `<upstreamOrigin>/<slug>/<version>`.
 */
export async function loadDemonstrationApis(
  { db, clock, jobs }: Pick<Kernel, 'db' | 'clock' | 'jobs'>,
  { upstreamOrigin }: { readonly upstreamOrigin: string },
): Promise<void> {
  const now = clock.now();
  const organisations = await listOrganisations(db, {});
  const producers = new Map(organisations.map(({ code, id }) => [code, id]));
  const recorded = INVENTED_APIS.map((api) => {
    const producerId = producers.get(api.producer);
    if (producerId === undefined)
      throw new Error(`The demonstration State has no organisation ${api.producer}.`);
    return recordedOf(api, producerId, upstreamOrigin);
  });
  const open = INVENTED_APIS.filter(({ state = 'open' }) => state === 'open');
  await db.transaction().execute(async (trx) => {
    await recordApis(trx, now, BY_DEMONSTRATION, recorded);
    await addMeasuredDays(
      trx,
      open.flatMap(({ slug }) => inventedDays(slug, inventedApiId(slug), now)),
    );
    await enqueueDoctrineCheck(trx, jobs, null, null);
  });
}

function recordedOf(api: InventedApi, producerId: string, upstreamOrigin: string): RecordedApi {
  const { slug, name, summary, description, sensitivity, state = 'open', scopes } = api;
  return {
    api: {
      id: inventedApiId(slug),
      slug,
      producerId,
      name,
      summary,
      description,
      sensitivity,
      legalBasisRequired: api.legalBasis,
      contactEmail: contactOf(api),
      subject: subjectOf(api),
      defaultQuotaPerMinute: api.quotaPerMinute,
    },
    versions: api.versions.map((version) => ({
      name: version.name,
      openapi: openApiOf(api, version),
      sandboxExamples: sandboxExamplesOf(api, version),
      state: version.state ?? 'current',
      endsOn: version.endsOn ?? null,
      upstream: {
        url: `${upstreamOrigin}/${slug}/${version.name}`,
        timeoutMs: 5000,
        pipelining: true,
        proof: 'none',
      },
    })),
    scopes,
    state,
  };
}

function subjectOf({ subject, calls }: InventedApi) {
  if (subject === null) return null;
  if (subject === 'person') {
    return { in: 'query', names: PERSON_PARAMETERS.map(({ name }) => name), kind: 'person' } as const;
  }
  const isInPath = calls.some(({ path }) => path.includes(`{${SIREN_PARAMETER.name}}`));
  return { in: isInPath ? 'path' : 'query', names: [SIREN_PARAMETER.name], kind: 'company' } as const;
}
