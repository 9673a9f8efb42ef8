// Recording APIs whole, with their versions and scopes, for imports and the demonstration. Whoever calls it decided who may.
import { registerResources } from '#modules/identity/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import { apiEntry } from './api-policy.rules.ts';
import { insertRecorded, resourceOf } from './apis.actions.ts';
import { updateApiResources, upsertScopes } from './apis.repository.ts';
import { faultsOfApi, faultsOfNewApi, resourceIdentifier, whatOpeningLacks } from './apis.rules.ts';
import type {
  Api,
  ApiFields,
  ApiState,
  OpenApiDocument,
  SandboxExample,
  Upstream,
  VersionState,
} from './catalogue.types.ts';
import { checkedOpenApi } from './openapi-text.rules.ts';
import { faultsOfScopes, type ScopeFields } from './scopes.rules.ts';
import { insertVersions } from './versions.repository.ts';
import { faultsOfVersionName } from './versions.rules.ts';

/** A version as it is recorded. */
export interface RecordedVersion {
  readonly name: string;
  readonly openapi: OpenApiDocument;
  readonly sandboxExamples?: readonly SandboxExample[];
  readonly state?: VersionState;
  readonly endsOn?: string | null;
  readonly upstream: Omit<Upstream, 'hasSecret'>;
  /** What `sealFor(secret, 'exchange/upstream', ...)` made; null for no proof. */
  readonly sealedSecret?: Buffer | null;
}

/** An API as it is recorded. */
export interface RecordedApi {
  readonly api: ApiFields & Pick<Api, 'slug' | 'producerId'> & { readonly id?: string };
  readonly versions: readonly RecordedVersion[];
  readonly scopes: readonly ScopeFields[];
  /** Open unless told. */
  readonly state?: ApiState;
  /** Its resource at the hub; `https://<slug>.api.valmarie.example/` unless told. */
  readonly resource?: string;
}

/**
 * Records APIs, their versions and scopes, as open unless told otherwise: a few statements and one version of the policy,
 * however many there are. Throws `invalid-input` with every fault. The doctrine check is queued apart:
 * `enqueueDoctrineCheck`.
 * @returns their ids, and the ids of the versions of each in the order given.
 */
export async function recordApis(
  trx: Trx,
  now: Date,
  by: LedgerActor,
  recorded: readonly RecordedApi[],
): Promise<{ readonly apiId: string; readonly versionIds: readonly string[] }[]> {
  const faults = recorded.flatMap(faultsOfRecorded);
  if (faults.length > 0) throw invalidInput({ fields: faults });
  const ids = await insertRecorded(
    trx,
    now,
    recorded.map(({ api, state = 'open' }) => ({ ...api, state })),
    by,
  );
  const apis = recorded.map((one) => ({
    ...one,
    state: one.state ?? 'open',
    apiId: ids.get(one.api.slug) ?? '',
    identifier: one.resource ?? resourceIdentifier(one.api.slug, 'valmarie.example'),
    whole: one.versions.map(wholeVersion),
  }));
  const versions = apis.flatMap(({ apiId, whole }) => whole.map((version) => ({ apiId, ...version })));
  const versionIds = await insertVersions(trx, now, versions);
  if (versionIds.size < versions.length) throw invalidInput({ detail: 'a version is there twice' });
  await upsertScopes(
    trx,
    apis.flatMap(({ apiId, scopes }) => scopes.map((scope) => ({ ...scope, apiId }))),
  );
  const known = apis.filter(({ state }) => state !== 'draft');
  const resources = await registerResources(trx, now, {
    by,
    resources: known.map(({ api, scopes, identifier }) => resourceOf(api, scopes, identifier)),
  });
  await updateApiResources(
    trx,
    known.map(({ apiId, identifier }) => ({ apiId, identifier, id: resources.get(identifier) ?? '' })),
  );
  await appendAllToLedger(
    trx,
    now,
    known.flatMap(({ apiId, identifier, state }) => [
      about(apiId, by, 'opened', { resource: identifier }),
      ...(state === 'closed' ? [about(apiId, by, 'closed', {})] : []),
    ]),
  );
  await publicDataChanged(trx);
  const entries = known
    .filter(({ state }) => state === 'open')
    .map(({ apiId, api, scopes, identifier, whole }) =>
      apiEntry({ ...api, id: apiId, state: 'open' }, whole.map(forPolicy), scopes, identifier),
    );
  if (entries.length > 0) await publishPolicy(trx, entries);
  return apis.map(({ apiId, versions: given }) => ({
    apiId,
    versionIds: given.map(({ name }) => versionIds.get(`${apiId} ${name}`) ?? ''),
  }));
}

/** Records one API as `recordApis` does. */
export async function recordApi(
  trx: Trx,
  now: Date,
  { by, ...api }: RecordedApi & { readonly by: LedgerActor },
): Promise<{ readonly apiId: string; readonly versionIds: readonly string[] }> {
  const [recorded] = await recordApis(trx, now, by, [api]);
  return recorded ?? { apiId: '', versionIds: [] };
}

function faultsOfRecorded({ api, versions, scopes, state = 'open' }: RecordedApi): FieldError[] {
  const unreadable = versions.flatMap(({ name, openapi }) => {
    const { fault } = checkedOpenApi(openapi);
    return [...faultsOfVersionName(name), ...(fault === null ? [] : [{ field: 'document', text: fault }])];
  });
  const hollow = versions.map((version) => ({
    state: version.state ?? 'current',
    upstream: { ...version.upstream, hasSecret: false },
  }));
  return [
    ...faultsOfNewApi(api, 'all'),
    ...faultsOfApi(api),
    ...faultsOfScopes(scopes),
    ...unreadable,
    ...(state === 'draft' ? [] : whatOpeningLacks(hollow, scopes)),
  ];
}

function wholeVersion({ sandboxExamples = [], state = 'current', ...version }: RecordedVersion) {
  const { endsOn = null, sealedSecret = null } = version;
  return { ...version, openapiSource: null, sandboxExamples, state, endsOn, sealedSecret };
}

function forPolicy({ openapi, upstream, ...version }: ReturnType<typeof wholeVersion>) {
  const paths = Object.keys(openapi.paths ?? {});
  return { ...version, paths, upstream: { ...upstream, hasSecret: version.sealedSecret !== null } };
}

function about(apiId: string, actor: LedgerActor, event: 'opened' | 'closed', data: Record<string, unknown>) {
  return { kind: `exchange.api-${event}`, subject: `exchange/api/${apiId}`, actor, data };
}
