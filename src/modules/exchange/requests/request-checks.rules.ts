// What is checked of a request beside its fields, for whoever submits and whoever decides. Pure: all is given.

import { existsOn, isSiret, type Organisation } from '#modules/identity/public.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import { CONTACTS, type Contact, type RequestForm } from './request-fields.data.ts';
import type { RequestedScope } from './requests.types.ts';
import type { RequestTemplate } from './templates.data.ts';

/** What a check looks at. */
export type CheckName =
  | 'siret'
  | 'active'
  | 'membership'
  | 'contacts'
  | 'dpo'
  | 'legalBasis'
  | 'template'
  | 'sensitive'
  | 'apis'
  | 'volume';

/** What came of a check: `bad` keeps the request from being submitted, `warning` is for a human to judge. */
export interface CheckResult {
  readonly check: CheckName;
  readonly level: 'good' | 'warning' | 'bad';
  readonly text: Translated;
}

/** What the checks look at. */
export interface CheckedRequest {
  readonly form: RequestForm;
  readonly scopes: readonly RequestedScope[];
  readonly template: RequestTemplate | null;
  readonly organisation: Organisation;
  /** Null while nobody claimed it. */
  readonly applicant: {
    readonly name: string;
    readonly email: string;
    /** Whether they may apply in the name of the organisation today. */
    readonly isMember: boolean;
  } | null;
  /** Today, as YYYY-MM-DD in the State's time zone. */
  readonly today: string;
}

const found = (check: CheckName, level: CheckResult['level'], fr: string, en: string): CheckResult => ({
  check,
  level,
  text: { fr, en },
});

/** Domains where anybody opens a mailbox: an address there proves no organisation. */
const PUBLIC_MAILBOXES = new Set([
  'gmail.com',
  'outlook.com',
  'outlook.fr',
  'hotmail.com',
  'hotmail.fr',
  'yahoo.com',
  'yahoo.fr',
  'laposte.net',
  'orange.fr',
  'free.fr',
  'wanadoo.fr',
  'sfr.fr',
  'icloud.com',
  'proton.me',
  'protonmail.com',
]);

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

function siretCheck({ organisation: { siret } }: CheckedRequest): CheckResult {
  if (siret === null)
    return found(
      'siret',
      'warning',
      'L’organisation n’a pas de SIRET au répertoire.',
      'The organisation has no SIRET on record.',
    );
  return isSiret(siret)
    ? found('siret', 'good', `${siret}\u00A0: la clé est juste.`, `${siret}: its key is right.`)
    : found('siret', 'bad', `${siret}\u00A0: la clé est fausse.`, `${siret}: its key is wrong.`);
}

function activeCheck({ organisation, today }: CheckedRequest): CheckResult {
  return existsOn(organisation, today)
    ? found('active', 'good', `${organisation.name} est en activité.`, `${organisation.name} exists today.`)
    : found(
        'active',
        'bad',
        `${organisation.name} n’est plus en activité.`,
        `${organisation.name} does not exist today.`,
      );
}

function membershipCheck({ applicant, organisation }: CheckedRequest): CheckResult {
  if (applicant === null)
    return found(
      'membership',
      'warning',
      'Personne n’a encore repris la demande.',
      'Nobody has claimed the request yet.',
    );
  return applicant.isMember
    ? found(
        'membership',
        'good',
        `${applicant.name} y tient un rôle de demandeur.`,
        `${applicant.name} holds an applicant’s role there.`,
      )
    : found(
        'membership',
        'bad',
        `${applicant.name} n’a plus de rôle de demandeur dans ${organisation.name}.`,
        `${applicant.name} holds no applicant’s role in ${organisation.name} any more.`,
      );
}

function contactsCheck({ form, applicant }: CheckedRequest): CheckResult {
  const addresses = CONTACTS.map((who: Contact) => form[`${who}Email`] ?? '').filter((text) => text !== '');
  if (addresses.length === 0)
    return found('contacts', 'warning', 'Aucune adresse de contact.', 'No contact address.');
  const open = addresses.filter((address) => PUBLIC_MAILBOXES.has(domainOf(address)));
  if (open.length > 0)
    return found(
      'contacts',
      'warning',
      `Une messagerie grand public ne prouve aucune organisation\u00A0: ${open.join(', ')}.`,
      `A public mailbox proves no organisation: ${open.join(', ')}.`,
    );
  const own = applicant && domainOf(applicant.email);
  const others = own === null ? [] : addresses.filter((address) => domainOf(address) !== own);
  return others.length === 0
    ? found('contacts', 'good', 'Toutes du même domaine que le demandeur.', 'All of the applicant’s domain.')
    : found(
        'contacts',
        'warning',
        `D’un autre domaine que le demandeur (${own})\u00A0: ${others.join(', ')}.`,
        `Of another domain than the applicant’s (${own}): ${others.join(', ')}.`,
      );
}

/** GDPR, article 38(6): the officer's other tasks must not result in a conflict of interests. */
function dpoCheck({ form, applicant }: CheckedRequest): CheckResult {
  const email = form.dpoEmail ?? '';
  const name = foldedForSearch(form.dpoName ?? '');
  if (email === '' && name === '')
    return found(
      'dpo',
      'good',
      'Aucun délégué n’est nommé à cette étape.',
      'No officer is named at this stage.',
    );
  const isSame =
    applicant !== null && (email === applicant.email || name === foldedForSearch(applicant.name));
  return isSame
    ? found(
        'dpo',
        'bad',
        'Le délégué à la protection des données est le demandeur\u00A0: nommez une autre personne (RGPD, article 38).',
        'The data-protection officer is the applicant: name another person (GDPR, article 38).',
      )
    : found('dpo', 'good', 'Une autre personne que le demandeur.', 'Another person than the applicant.');
}

/** The marks of a text of law by which another naming of it is recognised: its numbers (`114-8`, `2016-1321`). */
function marksOf(text: string): string[] {
  return foldedForSearch(text).match(/\d+(?:-\d+)*/g) ?? [];
}

function legalBasisCheck({ form, scopes }: CheckedRequest): CheckResult {
  const required = [
    ...new Set(scopes.flatMap(({ legalBasisRequired: text }) => (text === null ? [] : [text]))),
  ];
  if (required.length === 0)
    return found('legalBasis', 'good', 'Aucune API n’en exige un.', 'No API requires one.');
  const given = form.legalBasis ?? '';
  if (given === '')
    return found(
      'legalBasis',
      'warning',
      `À renseigner\u00A0: ${required.join('\u00A0; ')}.`,
      `To be filled in: ${required.join('; ')}.`,
    );
  const marks = new Set(marksOf(given));
  const missing = required.filter((text) => !marksOf(text).every((mark) => marks.has(mark)));
  return missing.length === 0
    ? found('legalBasis', 'good', 'Les textes exigés sont cités.', 'The required texts are named.')
    : found(
        'legalBasis',
        'warning',
        `Texte exigé et non cité\u00A0: ${missing.join('\u00A0; ')}.`,
        `Required and not named: ${missing.join('; ')}.`,
      );
}

function templateCheck({ template, scopes }: CheckedRequest): CheckResult {
  const usual = template?.scopes ?? [];
  if (usual.length === 0)
    return found(
      'template',
      'warning',
      'Demande libre\u00A0: aucun périmètre usuel.',
      'A free request: no usual scopes.',
    );
  const beyond = scopes.filter(
    (scope) => !usual.some(({ api, names }) => api === scope.apiSlug && names.includes(scope.name)),
  );
  const list = beyond.map(({ apiName, title }) => `${apiName} (${title})`).join(', ');
  return beyond.length === 0
    ? found('template', 'good', 'Rien au-delà du cas d’usage.', 'Nothing beyond the use case.')
    : found('template', 'warning', `Au-delà du cas d’usage\u00A0: ${list}.`, `Beyond the use case: ${list}.`);
}

function sensitiveCheck({ scopes }: CheckedRequest): CheckResult {
  const sensitive = scopes.filter(({ isSensitive }) => isSensitive);
  const list = sensitive.map(({ apiName, title }) => `${apiName} (${title})`).join(', ');
  return sensitive.length === 0
    ? found('sensitive', 'good', 'Aucun.', 'None.')
    : found('sensitive', 'warning', `${list}.`, `${list}.`);
}

function apisCheck({ scopes }: CheckedRequest): CheckResult {
  const closed = [
    ...new Set(scopes.filter(({ apiState }) => apiState !== 'open').map(({ apiName }) => apiName)),
  ];
  return closed.length === 0
    ? found('apis', 'good', 'Toutes.', 'All.')
    : found('apis', 'bad', `Fermée\u00A0: ${closed.join(', ')}.`, `Closed: ${closed.join(', ')}.`);
}

function volumeCheck({ form, scopes }: CheckedRequest): CheckResult {
  const calls = Number(form.callsPerDay ?? '');
  const from = Number(form.fromHour ?? '0');
  const to = Number(form.toHour ?? '23');
  const hours = Number.isInteger(from) && Number.isInteger(to) ? ((to - from + 24) % 24) + 1 : 24;
  const quota = Math.min(...scopes.map(({ quotaPerMinute }) => quotaPerMinute), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(quota) || !(calls > 0))
    return found('volume', 'good', 'Rien à comparer.', 'Nothing to compare.');
  const perMinute = Math.ceil(calls / (hours * 60));
  return perMinute <= quota
    ? found(
        'volume',
        'good',
        `Environ ${perMinute} par minute, pour un quota de ${quota}.`,
        `About ${perMinute} a minute, for a quota of ${quota}.`,
      )
    : found(
        'volume',
        'warning',
        `Environ ${perMinute} par minute\u00A0: plus que le quota de ${quota}.`,
        `About ${perMinute} a minute: more than the quota of ${quota}.`,
      );
}

/** Every check of a request, in the order in which it is read. */
export function checksOf(request: CheckedRequest): CheckResult[] {
  return [
    siretCheck(request),
    activeCheck(request),
    membershipCheck(request),
    contactsCheck(request),
    dpoCheck(request),
    legalBasisCheck(request),
    templateCheck(request),
    sensitiveCheck(request),
    apisCheck(request),
    volumeCheck(request),
  ];
}
