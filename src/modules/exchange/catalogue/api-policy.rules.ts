// An API as gateways enforce it: its entry of the policy, from its rows. Pure.
import type { ApiPolicy, ApiVersionPolicy, PolicyEntry } from '../policy/policy.types.ts';
import type { Api, ApiScope, ApiVersion } from './catalogue.types.ts';

/** A version with what only gateways need of it. */
export interface VersionForPolicy extends Pick<ApiVersion, 'name' | 'state' | 'endsOn' | 'upstream'> {
  /** Paths of its OpenAPI document. */
  readonly paths: readonly string[];
  /** What `sealFor` made of the upstream's secret; null for none. */
  readonly sealedSecret: Buffer | null;
}

/**
 * The entry of an API: its whole body while it is open and has a resource, null (no longer there) otherwise. Versions
 * without an upstream are left out: there is nowhere to forward to.
 */
export function apiEntry(
  api: Pick<
    Api,
    'id' | 'slug' | 'producerId' | 'state' | 'sensitivity' | 'subject' | 'defaultQuotaPerMinute'
  >,
  versions: readonly VersionForPolicy[],
  scopes: readonly Pick<ApiScope, 'name' | 'fields'>[],
  resource: string | null,
): PolicyEntry {
  return { kind: 'api', id: api.id, body: bodyOf(api, versions, scopes, resource) };
}

function bodyOf(
  api: Parameters<typeof apiEntry>[0],
  versions: readonly VersionForPolicy[],
  scopes: readonly Pick<ApiScope, 'name' | 'fields'>[],
  resource: string | null,
): ApiPolicy | null {
  if (api.state !== 'open' || resource === null) return null;
  return {
    slug: api.slug,
    producerId: api.producerId,
    sensitivity: api.sensitivity,
    subject: api.subject,
    resource,
    quotaPerMinute: api.defaultQuotaPerMinute,
    versions: versions.flatMap(versionOf),
    scopes: Object.fromEntries(scopes.map(({ name, fields }) => [name, [...fields]])),
  };
}

function versionOf({
  name,
  state,
  endsOn,
  upstream,
  paths,
  sealedSecret,
}: VersionForPolicy): ApiVersionPolicy[] {
  const url = upstream.url === null ? null : URL.parse(upstream.url);
  if (url === null) return [];
  const { timeoutMs, pipelining, proof } = upstream;
  return [
    {
      name,
      state,
      endsOn,
      upstream: {
        origin: url.origin,
        basePath: url.pathname.replace(/\/+$/, ''),
        timeoutMs,
        pipelining,
        proof,
        sealedSecret: proof === 'none' ? null : (sealedSecret?.toString('base64') ?? null),
      },
      paths: [...paths],
    },
  ];
}
