// Where the calls of a sandbox accreditation go: to the recorded examples that Socle itself serves for the version.
import type { UpstreamPolicy } from '../../policy/policy.types.ts';
import type { ResolvedApi } from '../call.types.ts';
import type { LiveVersion } from '../policy/live-policy.ts';

const TIMEOUT_MS = 5_000;

/** Finds the sandbox of what a call was resolved to; the same object as long as the version's settings are the same. */
export function sandboxUpstreams(siteUrl: string): (resolved: ResolvedApi) => UpstreamPolicy {
  const { origin, pathname } = new URL(siteUrl);
  const known = new WeakMap<LiveVersion, UpstreamPolicy>();
  return ({ api, version }) => {
    const upstream = known.get(version) ?? {
      origin,
      basePath: `${pathname.replace(/\/$/, '')}/sandbox/${api.policy.slug}/${version.policy.name}`,
      timeoutMs: TIMEOUT_MS,
      pipelining: false,
      proof: 'none',
      sealedSecret: null,
    };
    known.set(version, upstream);
    return upstream;
  };
}
