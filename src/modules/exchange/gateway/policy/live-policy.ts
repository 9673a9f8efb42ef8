// The policy as a gateway holds it in memory: found by what a call brings, changed entry by entry. It asks nobody.
import type {
  AccreditationPolicy,
  ApiPolicy,
  ApiVersionPolicy,
  ClientPolicy,
  KeysPolicy,
  PolicyEntry,
  PolicySnapshot,
  StopPolicy,
} from '../../policy/policy.types.ts';
import { type FieldTree, fieldTree } from '../minimise/field-tree.rules.ts';
import { type PathTemplates, pathTemplates } from './path-templates.rules.ts';

/** A version of an API, ready to be called. */
export interface LiveVersion {
  readonly policy: ApiVersionPolicy;
  readonly templates: PathTemplates;
}

/** An API, ready to be called. */
export interface LiveApi {
  readonly id: string;
  readonly policy: ApiPolicy;
  readonly versions: ReadonlyMap<string, LiveVersion>;
}

/** An accreditation with the moments of its validity in milliseconds. */
export interface LiveAccreditation {
  readonly id: string;
  readonly policy: AccreditationPolicy;
  readonly validFrom: number;
  readonly validUntil: number;
}

/** A stop in force until `endsAt`, in milliseconds. */
export interface LiveStop {
  readonly policy: StopPolicy;
  readonly endsAt: number;
}

const NO_STOPS: readonly LiveStop[] = [];
const NO_ACCREDITATIONS: readonly LiveAccreditation[] = [];
/** Sets of scopes of one API of which the fields are kept ready; more are put together anew. */
const MOST_TREES = 1_000;

/** The whole policy at one version. */
export class LivePolicy {
  #version = 0;
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #keys: KeysPolicy = { keys: [] };
  readonly #entries = new Map<string, PolicyEntry>();
  readonly #apis = new Map<string, LiveApi>();
  readonly #slugs = new Map<string, LiveApi>();
  readonly #accreditations = new Map<string, LiveAccreditation>();
  readonly #byClient = new Map<string, Map<string, LiveAccreditation>>();
  readonly #clients = new Map<string, ClientPolicy>();
  readonly #stops = new Map<string, LiveStop>();
  readonly #stopsByApi = new Map<string, LiveStop[]>();
  // By the API as it is: a call that still holds it as it was finds its own, and leaves nothing behind for others.
  readonly #trees = new WeakMap<LiveApi, Map<string, FieldTree>>();

  /** The version that this policy is at. */
  get version(): number {
    return this.#version;
  }

  /** Milliseconds at which this was last known to be the policy in force. */
  get confirmedAt(): number {
    return this.#confirmedAt;
  }

  /** The keys that sign access tokens. */
  get keys(): KeysPolicy {
    return this.#keys;
  }

  /** Takes over what changed. What is older than what is held already changes nothing: versions never go back. */
  apply({ version, entries }: PolicySnapshot): void {
    if (version <= this.#version) return;
    for (const entry of entries) this.#put(entry);
    this.#version = version;
  }

  /** Says that this was the policy in force at `moment`. */
  confirm(moment: number): void {
    this.#confirmedAt = Math.max(this.#confirmedAt, moment);
  }

  /** All that is in force, to start from again. */
  snapshot(): PolicySnapshot {
    return { version: this.#version, entries: [...this.#entries.values()] };
  }

  /** The API whose path begins with this segment. */
  apiAt(slug: string): LiveApi | undefined {
    return this.#slugs.get(slug);
  }

  /** Why this client's access is withdrawn; undefined when it is not. */
  withdrawalOf(clientId: string): ClientPolicy | undefined {
    return this.#clients.get(clientId);
  }

  /** The accreditations under which a client may call an API, in force or not at this moment. */
  accreditationsOf(clientId: string, apiId: string): readonly LiveAccreditation[] {
    const own = this.#byClient.get(clientId);
    if (!own) return NO_ACCREDITATIONS;
    const found: LiveAccreditation[] = [];
    for (const accreditation of own.values()) {
      if (Object.hasOwn(accreditation.policy.grants, apiId)) found.push(accreditation);
    }
    return found;
  }

  /** The stops of an API, in force or not at this moment. */
  stopsOf(apiId: string): readonly LiveStop[] {
    return this.#stopsByApi.get(apiId) ?? NO_STOPS;
  }

  /** The fields that these scopes of an API let out together. */
  treeOf(api: LiveApi, scopes: readonly string[]): FieldTree {
    let trees = this.#trees.get(api);
    if (!trees) {
      trees = new Map();
      this.#trees.set(api, trees);
    }
    const name = scopes.join(' ');
    const known = trees.get(name);
    if (known) return known;
    const tree = fieldTree(scopes.flatMap((scope) => api.policy.scopes[scope] ?? []));
    if (trees.size >= MOST_TREES) trees.clear();
    trees.set(name, tree);
    return tree;
  }

  #put(entry: PolicyEntry): void {
    const name = `${entry.kind} ${entry.id}`;
    if (entry.body === null) this.#entries.delete(name);
    else this.#entries.set(name, entry);
    if (entry.kind === 'keys') this.#keys = entry.body ?? { keys: [] };
    else if (entry.kind === 'api') this.#putApi(entry.id, entry.body);
    else if (entry.kind === 'accreditation') this.#putAccreditation(entry.id, entry.body);
    else if (entry.kind === 'client') put(this.#clients, entry.id, entry.body);
    else this.#putStop(entry.id, entry.body);
  }

  #putApi(id: string, policy: ApiPolicy | null): void {
    const before = this.#apis.get(id);
    if (before && this.#slugs.get(before.policy.slug) === before) this.#slugs.delete(before.policy.slug);
    if (policy === null) {
      this.#apis.delete(id);
      return;
    }
    const versions = policy.versions.map((version): [string, LiveVersion] => [
      version.name,
      { policy: version, templates: pathTemplates(version.paths) },
    ]);
    const api = { id, policy, versions: new Map(versions) };
    this.#apis.set(id, api);
    this.#slugs.set(policy.slug, api);
  }

  #putAccreditation(id: string, policy: AccreditationPolicy | null): void {
    for (const clientId of this.#accreditations.get(id)?.policy.clients ?? []) {
      const own = this.#byClient.get(clientId);
      own?.delete(id);
      if (own?.size === 0) this.#byClient.delete(clientId);
    }
    if (policy === null) {
      this.#accreditations.delete(id);
      return;
    }
    const live = {
      id,
      policy,
      validFrom: Date.parse(policy.validFrom),
      validUntil: policy.validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(policy.validUntil),
    };
    this.#accreditations.set(id, live);
    for (const clientId of policy.clients) {
      const own = this.#byClient.get(clientId);
      if (own) own.set(id, live);
      else this.#byClient.set(clientId, new Map([[id, live]]));
    }
  }

  #putStop(id: string, policy: StopPolicy | null): void {
    const before = this.#stops.get(id);
    if (before) {
      const rest = this.stopsOf(before.policy.apiId).filter((stop) => stop !== before);
      put(this.#stopsByApi, before.policy.apiId, rest.length === 0 ? null : rest);
      this.#stops.delete(id);
    }
    if (policy === null) return;
    const endsAt = policy.endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(policy.endsAt);
    const stop = { policy, endsAt };
    this.#stops.set(id, stop);
    this.#stopsByApi.set(policy.apiId, [...this.stopsOf(policy.apiId), stop]);
  }
}

function put<V>(map: Map<string, V>, id: string, value: V | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}
