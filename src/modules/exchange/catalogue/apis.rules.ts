// What must hold for an API before it is kept or opened. Pure: whether its slug is taken is asked elsewhere.
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isUuid, tidied, tidiedLines } from '#platform/typed-text.ts';
import type { SubjectPlace } from '../policy/policy.types.ts';
import {
  type Api,
  type ApiFields,
  type ApiScope,
  type ApiVersion,
  SENSITIVITIES,
  type Sensitivity,
} from './catalogue.types.ts';
import { isEmailAddress } from './typed-text.rules.ts';

/** What a form or an API call says of an API, as typed: nothing of it is checked yet. */
export interface ApiInput {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly sensitivity: string;
  /** Empty where none is required. */
  readonly legalBasisRequired: string;
  readonly contactEmail: string;
  /** `query`, `path` or `header`; empty where requests concern nobody. */
  readonly subjectIn: string;
  /** Names in the order of the pivot identity, separated by commas. */
  readonly subjectNames: string;
  readonly subjectKind: string;
  readonly defaultQuotaPerMinute: string;
}

/** The same of an API that is not there yet. */
export interface NewApiInput extends ApiInput {
  readonly slug: string;
  readonly producerId: string;
}

/** Requests per minute of an accreditation that says nothing else. */
export const QUOTA = { usual: 600, least: 1, most: 600_000 } as const;

/** What was typed, tidied; to be kept only if `faultsOfApi` finds none. */
export function apiAsTyped(input: ApiInput): ApiFields {
  const legalBasis = tidied(input.legalBasisRequired);
  const quota = input.defaultQuotaPerMinute.trim();
  return {
    name: tidied(input.name),
    summary: tidied(input.summary),
    description: tidiedLines(input.description),
    sensitivity: input.sensitivity as Sensitivity,
    legalBasisRequired: legalBasis === '' ? null : legalBasis,
    contactEmail: input.contactEmail.trim(),
    subject: subjectAsTyped(input),
    defaultQuotaPerMinute: quota === '' ? QUOTA.usual : Number(quota),
  };
}

function subjectAsTyped({ subjectIn, subjectNames, subjectKind }: ApiInput): SubjectPlace | null {
  if (subjectIn.trim() === '') return null;
  return {
    in: subjectIn.trim() as SubjectPlace['in'],
    names: subjectNames
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    kind: subjectKind.trim() as SubjectPlace['kind'],
  };
}

function lengthFault(
  field: string,
  text: string,
  [least, most]: readonly [number, number],
  what: readonly [fr: string, en: string],
): FieldError[] {
  if (text.length >= least && text.length <= most && !hasControlCharacterInLines(text)) return [];
  return [
    {
      field,
      text: {
        fr: `Saisissez ${what[0]} de ${least} à ${most} caractères.`,
        en: `Enter ${what[1]} of ${least} to ${most} characters.`,
      },
    },
  ];
}

/** Every fault of an API's own fields, each in words that say what to do. */
export function faultsOfApi(api: ApiFields): FieldError[] {
  return [
    ...lengthFault('name', api.name, [3, 120], ['un nom', 'a name']),
    ...lengthFault('summary', api.summary, [10, 300], ['une phrase', 'a sentence']),
    ...lengthFault('description', api.description, [10, 5000], ['une description', 'a description']),
    ...(SENSITIVITIES.includes(api.sensitivity)
      ? []
      : [
          {
            field: 'sensitivity',
            text: { fr: 'Choisissez la sensibilité des données.', en: 'Choose the sensitivity of the data.' },
          },
        ]),
    ...(api.legalBasisRequired === null
      ? []
      : lengthFault('legalBasisRequired', api.legalBasisRequired, [3, 500], ['un fondement', 'a basis'])),
    ...(isEmailAddress(api.contactEmail)
      ? []
      : [
          {
            field: 'contactEmail',
            text: {
              fr: 'Saisissez une adresse électronique, comme equipe@ministere.example.',
              en: 'Enter an email address, such as team@ministry.example.',
            },
          },
        ]),
    ...(Number.isInteger(api.defaultQuotaPerMinute) &&
    api.defaultQuotaPerMinute >= QUOTA.least &&
    api.defaultQuotaPerMinute <= QUOTA.most
      ? []
      : [
          {
            field: 'defaultQuotaPerMinute',
            text: {
              fr: `Saisissez un nombre entier de ${QUOTA.least} à ${QUOTA.most}.`,
              en: `Enter a whole number from ${QUOTA.least} to ${QUOTA.most}.`,
            },
          },
        ]),
    ...faultsOfSubject(api),
  ];
}

function faultsOfSubject({ subject, sensitivity }: ApiFields): FieldError[] {
  if (subject === null) {
    // Without it nobody could be shown who consulted their data.
    return sensitivity === 'personal' || sensitivity === 'sensitive'
      ? [
          {
            field: 'subjectIn',
            text: {
              fr: 'Dites où se trouve la personne ou l’entreprise concernée\u00A0: ces données concernent quelqu’un.',
              en: 'Say where the person or company concerned stands: these data concern somebody.',
            },
          },
        ]
      : [];
  }
  const faults: FieldError[] = [];
  if (!['query', 'path', 'header'].includes(subject.in)) {
    faults.push({
      field: 'subjectIn',
      text: { fr: 'Choisissez une place dans la liste.', en: 'Choose a place of the list.' },
    });
  }
  const names = subject.names.join(',');
  const isName = subject.in === 'header' ? /^[A-Za-z0-9-]{1,60}$/ : /^[A-Za-z0-9_.-]{1,60}$/;
  if (
    subject.names.length === 0 ||
    subject.names.length > 6 ||
    names.length > 200 ||
    !subject.names.every((name) => isName.test(name))
  ) {
    faults.push({
      field: 'subjectNames',
      text: {
        fr: 'Saisissez de 1 à 6 noms de paramètres ou d’en-têtes, séparés par des virgules.',
        en: 'Enter 1 to 6 names of parameters or headers, separated by commas.',
      },
    });
  }
  if (!['person', 'company'].includes(subject.kind)) {
    faults.push({
      field: 'subjectKind',
      text: { fr: 'Choisissez\u00A0: une personne ou une entreprise.', en: 'Choose: a person or a company.' },
    });
  }
  return faults;
}

/** The faults of what never changes of an API: its slug and its producer. `managed` are the producers that may be chosen. */
export function faultsOfNewApi(
  { slug, producerId }: Pick<Api, 'slug' | 'producerId'>,
  managed: 'all' | readonly string[],
): FieldError[] {
  const faults: FieldError[] = [];
  if (!isSlug(slug)) {
    faults.push({
      field: 'slug',
      text: {
        fr: 'Saisissez de 3 à 60 lettres minuscules sans accent, chiffres et tirets, comme quotient-familial.',
        en: 'Enter 3 to 60 lower-case letters without accents, digits and hyphens, such as family-quotient.',
      },
    });
  }
  if (!isUuid(producerId) || (managed !== 'all' && !managed.includes(producerId))) {
    faults.push({
      field: 'producerId',
      text: {
        fr: 'Choisissez une organisation pour laquelle vous produisez des données.',
        en: 'Choose an organisation for which you produce data.',
      },
    });
  }
  return faults;
}

/** Tells whether `slug` may be an API's word in addresses. */
export function isSlug(slug: string): boolean {
  return slug.length <= 60 && /^[a-z0-9](-?[a-z0-9]){2,59}$/.test(slug) && slug !== 'new';
}

/** What an API lacks to be opened: a version in use that leads somewhere, and scopes. */
export function whatOpeningLacks(
  versions: readonly Pick<ApiVersion, 'state' | 'upstream'>[],
  scopes: readonly Pick<ApiScope, 'name'>[],
): FieldError[] {
  const live = versions.filter(({ state }) => state !== 'retired');
  const faults: FieldError[] = [];
  if (live.length === 0) {
    faults.push({
      field: 'versions',
      text: {
        fr: 'Ajoutez une version avec son document OpenAPI.',
        en: 'Add a version with its OpenAPI document.',
      },
    });
  } else if (!live.some(({ upstream }) => upstream.url !== null)) {
    faults.push({
      field: 'upstream',
      text: {
        fr: 'Dites à quelle adresse la passerelle transmet les appels d’une version.',
        en: 'Say to which address the gateway forwards the calls of a version.',
      },
    });
  }
  if (scopes.length === 0) {
    faults.push({
      field: 'scopes',
      text: {
        fr: 'Décrivez au moins un périmètre de données et ses champs.',
        en: 'Describe at least one scope of data and its fields.',
      },
    });
  }
  return faults;
}

/** The address of the resource of the hub that stands for an API (RFC 8707), for an installation whose domain is `domain`. */
export function resourceIdentifier(slug: string, domain: string): string {
  return `https://${slug}.api.${domain}/`;
}

/** Domain of resources where the installation has no public name of its own. */
const NO_DOMAIN = 'valmarie.example';

/** How the resource of an API is named in an installation with this public address (null or loopback: none). */
export function resourceIdentifierOf(publicUrl: string | null): (slug: string) => string {
  const host = publicUrl === null ? undefined : URL.parse(publicUrl)?.hostname;
  const isName = host !== undefined && /^[a-z0-9.-]+\.[a-z-]{2,}$/.test(host);
  return (slug) => resourceIdentifier(slug, isName ? host : NO_DOMAIN);
}
