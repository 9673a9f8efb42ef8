// The producer's forms as text, to and from what actions take. Pure.
import { type ApiInput, type NewApiInput, QUOTA } from './apis.rules.ts';
import type { Api, ApiScope, ApiVersion } from './catalogue.types.ts';
import { MOST_SCOPES, type ScopeInput } from './scopes.rules.ts';
import type { UpstreamInput } from './versions.rules.ts';

/** An empty form of an API for an organisation. */
export function emptyApiForm(producerId: string): NewApiInput {
  return {
    slug: '',
    producerId,
    name: '',
    summary: '',
    description: '',
    sensitivity: '',
    legalBasisRequired: '',
    contactEmail: '',
    subjectIn: '',
    subjectNames: '',
    subjectKind: '',
    defaultQuotaPerMinute: String(QUOTA.usual),
  };
}

/** The form as it shows an API. */
export function apiAsForm(api: Api): NewApiInput {
  return { slug: api.slug, producerId: api.producerId, ...inputOf(api) };
}

/** What actions take of an API as the REST interface gives it. */
export function inputOf(
  api: Pick<Api, 'name' | 'summary' | 'description' | 'sensitivity' | 'contactEmail'> &
    Partial<Pick<Api, 'legalBasisRequired' | 'subject' | 'defaultQuotaPerMinute'>>,
): ApiInput {
  const { name, summary, description, sensitivity, contactEmail, subject } = api;
  return {
    name,
    summary,
    description,
    sensitivity,
    contactEmail,
    legalBasisRequired: api.legalBasisRequired ?? '',
    subjectIn: subject?.in ?? '',
    subjectNames: subject?.names.join(', ') ?? '',
    subjectKind: subject?.kind ?? '',
    defaultQuotaPerMinute: api.defaultQuotaPerMinute === undefined ? '' : String(api.defaultQuotaPerMinute),
  };
}

/** The form as it shows the server of a version; its key stays where it is. */
export function upstreamAsForm({ upstream }: Pick<ApiVersion, 'upstream'>): UpstreamInput {
  return {
    url: upstream.url ?? '',
    timeoutMs: String(upstream.timeoutMs),
    pipelining: upstream.pipelining,
    proof: upstream.proof,
    privateKeyPem: '',
    certificatePem: '',
    keyId: '',
  };
}

/** Empty places that the form of scopes offers. */
const SPARE = 2;

const EMPTY_SCOPE: ScopeInput = { name: '', title: '', fields: '', isSensitive: false };

/** The form as it shows scopes, with room for more. */
export function scopesAsForm(scopes: readonly ApiScope[]): ScopeInput[] {
  return withRoom(
    scopes.map(({ name, title, fields, isSensitive }) => ({
      name,
      title,
      fields: fields.join('\n'),
      isSensitive,
    })),
  );
}

/** Scopes with empty places after them. */
export function withRoom(scopes: readonly ScopeInput[]): ScopeInput[] {
  const spare = Math.max(0, Math.min(SPARE, MOST_SCOPES - scopes.length));
  return [...scopes, ...Array.from({ length: spare }, () => EMPTY_SCOPE)];
}

/** The scopes that the form says; those without a name and a title are left out, which takes them away. */
export function scopesOfForm(typed: Readonly<Record<string, string>>): ScopeInput[] {
  const scopes: ScopeInput[] = [];
  for (let at = 0; at < MOST_SCOPES + SPARE; at++) {
    const text = (field: string) => typed[`scopes.${at}.${field}`] ?? '';
    if (text('name').trim() === '' && text('title').trim() === '') continue;
    scopes.push({
      name: text('name'),
      title: text('title'),
      fields: text('fields'),
      isSensitive: text('isSensitive') !== '',
    });
  }
  return scopes;
}
