// What was typed into the form of a request: tidied, judged as a draft and as a submission, compared. Pure.
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isDay, tidied, tidiedLines } from '#platform/typed-text.ts';
import type { AccreditationStage } from '../accreditations/accreditations.types.ts';
import { isEmailAddress } from '../catalogue/typed-text.rules.ts';
import {
  type FieldRule,
  REQUEST_BLOCKS,
  REQUEST_FIELD_NAMES,
  REQUEST_FIELDS,
  type RequestBlock,
  type RequestField,
  type RequestForm,
} from './request-fields.data.ts';
import { requestsMessages } from './requests.messages.ts';
import type { RequestedScope, RequestSnapshot } from './requests.types.ts';

/** The fields of a block, in order; none of the scopes'. */
export function fieldsOf(block: RequestBlock): RequestField[] {
  return REQUEST_FIELD_NAMES.filter((name) => REQUEST_FIELDS[name].block === block);
}

/** Tells whether `word` names a block. */
export function isBlock(word: string): word is RequestBlock {
  return (REQUEST_BLOCKS as readonly string[]).includes(word);
}

function fieldAsTyped({ kind }: FieldRule, text: string): string {
  if (kind === 'lines') return tidiedLines(text);
  return kind === 'email' ? tidied(text).toLowerCase() : tidied(text);
}

/** The known fields of what was typed, tidied. Empty ones are kept, so that they empty what was there. */
export function formAsTyped(typed: Readonly<Record<string, string | undefined>>): RequestForm {
  const form: Partial<Record<RequestField, string>> = {};
  for (const name of REQUEST_FIELD_NAMES) {
    const text = Object.hasOwn(typed, name) ? typed[name] : undefined;
    if (text !== undefined) form[name] = fieldAsTyped(REQUEST_FIELDS[name], text);
  }
  return form;
}

function fault(field: RequestField, fr: string, en: string): FieldError {
  const label = (locale: 'fr' | 'en') => requestsMessages(locale).fields[field].label;
  return { field, text: { fr: `${label('fr')}\u00A0: ${fr}`, en: `${label('en')}: ${en}` } };
}

/** What no draft may hold, and no database could keep: texts too long, control characters. */
export function faultsOfDraft(form: RequestForm): FieldError[] {
  return REQUEST_FIELD_NAMES.flatMap((name) => {
    const text = form[name] ?? '';
    const { kind, bounds } = REQUEST_FIELDS[name];
    const most = kind === 'number' || kind === 'hour' || kind === 'choice' ? 40 : bounds[1];
    if (text.length > most)
      return [fault(name, `au plus ${most} caractères.`, `at most ${most} characters.`)];
    return hasControlCharacterInLines(text)
      ? [fault(name, 'retirez les caractères de contrôle.', 'remove the control characters.')]
      : [];
  });
}

function faultOfKind(name: RequestField, text: string): FieldError | null {
  const { kind, bounds, choices = [] } = REQUEST_FIELDS[name];
  const [least, most] = bounds;
  switch (kind) {
    case 'number':
    case 'hour': {
      const isRight = /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
      return isRight
        ? null
        : fault(name, `un nombre entier de ${least} à ${most}.`, `a whole number from ${least} to ${most}.`);
    }
    case 'email':
      return isEmailAddress(text)
        ? null
        : fault(name, 'une adresse comme nom@organisme.example.', 'an address such as name@body.example.');
    case 'phone':
      return /^\+?[\d\s().-]{4,30}$/.test(text)
        ? null
        : fault(name, 'des chiffres, des espaces et un + au début.', 'digits, spaces and a + in front.');
    case 'url':
      return isWebAddress(text)
        ? null
        : fault(name, 'une adresse qui commence par https://', 'an address that begins with https://');
    case 'choice':
      return choices.includes(text) ? null : fault(name, 'choisissez une réponse.', 'choose an answer.');
    case 'day':
      return isDay(text) ? null : fault(name, 'une date comme 2026-09-30.', 'a date such as 2026-09-30.');
    default:
      return text.length >= least
        ? null
        : fault(name, `au moins ${least} caractères.`, `at least ${least} characters.`);
  }
}

/** Tells whether `text` is an absolute https or http address, so that it may be a link of a page. */
export function isWebAddress(text: string): boolean {
  const { protocol } = URL.parse(text) ?? {};
  return protocol === 'https:' || protocol === 'http:';
}

/** Tells whether a submission at this stage must have the field. */
export function isAsked(name: RequestField, stage: AccreditationStage): boolean {
  const { asked } = REQUEST_FIELDS[name];
  return asked === 'always' || (asked === 'production' && stage === 'production');
}

/** What is wrong with the fields of one block for a submission. */
function faultsOfBlock(block: RequestBlock, form: RequestForm, stage: AccreditationStage): FieldError[] {
  return fieldsOf(block).flatMap((name) => {
    const text = form[name] ?? '';
    if (text === '') return isAsked(name, stage) ? [fault(name, 'à renseigner.', 'to be filled in.')] : [];
    const found = faultOfKind(name, text);
    return found ? [found] : [];
  });
}

/** What the form as a whole says against itself. */
function faultsOfWhole(form: RequestForm, stage: AccreditationStage): FieldError[] {
  const faults: FieldError[] = [];
  const { securityState, certifiedOn = '' } = form;
  if (stage === 'production' && securityState === 'none')
    faults.push(
      fault(
        'securityState',
        'en production, elle doit être prononcée ou prévue à une date.',
        'for production, it must be given or planned for a date.',
      ),
    );
  if (certifiedOn === '' && (securityState === 'certified' || securityState === 'planned'))
    faults.push(fault('certifiedOn', 'à renseigner.', 'to be filled in.'));
  return faults;
}

function faultsOfScopes(scopes: readonly RequestedScope[]): FieldError[] {
  if (scopes.length === 0)
    return [
      {
        field: 'scopes',
        text: {
          fr: 'Choisissez au moins un périmètre de données.',
          en: 'Choose at least one scope of data.',
        },
      },
    ];
  const closed = [
    ...new Set(scopes.filter(({ apiState }) => apiState !== 'open').map(({ apiName }) => apiName)),
  ];
  return closed.map((name) => ({
    field: 'scopes',
    text: {
      fr: `L’API ${name} n’est plus ouverte\u00A0: retirez ses périmètres.`,
      en: `The API ${name} is no longer open: take its scopes away.`,
    },
  }));
}

/** Everything that keeps the form from being submitted, block after block; the field says where to mend it. */
export function faultsOfSubmission(
  form: RequestForm,
  stage: AccreditationStage,
  scopes: readonly RequestedScope[],
): FieldError[] {
  return [
    ...REQUEST_BLOCKS.flatMap((block) =>
      block === 'scopes' ? faultsOfScopes(scopes) : faultsOfBlock(block, form, stage),
    ),
    ...faultsOfWhole(form, stage),
  ];
}

/** The block of a field that a fault names. */
export function blockOfField(field: string): RequestBlock | null {
  if (field === 'scopes') return 'scopes';
  return Object.hasOwn(REQUEST_FIELDS, field) ? REQUEST_FIELDS[field as RequestField].block : null;
}

/** How far a block is. `optional`: nothing of it is asked at this stage, and nothing was typed. */
export function blockState(
  block: RequestBlock,
  { form, stage }: { readonly form: RequestForm; readonly stage: AccreditationStage },
  scopes: readonly RequestedScope[],
): 'empty' | 'partial' | 'complete' | 'optional' {
  if (block === 'scopes') {
    if (scopes.length === 0) return 'empty';
    return faultsOfScopes(scopes).length === 0 ? 'complete' : 'partial';
  }
  const names = fieldsOf(block);
  const isEmpty = names.every((name) => (form[name] ?? '') === '');
  if (isEmpty) return names.some((name) => isAsked(name, stage)) ? 'empty' : 'optional';
  const whole = faultsOfWhole(form, stage).filter(({ field }) => blockOfField(field) === block);
  return faultsOfBlock(block, form, stage).length + whole.length === 0 ? 'complete' : 'partial';
}

/** The first block after `block` that is not complete; null when all that follow are. */
export function nextBlock(
  block: RequestBlock,
  request: { readonly form: RequestForm; readonly stage: AccreditationStage },
  scopes: readonly RequestedScope[],
): RequestBlock | null {
  const later = REQUEST_BLOCKS.slice(REQUEST_BLOCKS.indexOf(block) + 1);
  return later.find((one) => ['empty', 'partial'].includes(blockState(one, request, scopes))) ?? null;
}

/** The form as it is kept with a submission. */
export function snapshotOf(
  request: {
    readonly organisationId: string;
    readonly applicantId: string | null;
    readonly form: RequestForm;
  },
  scopes: readonly RequestedScope[],
): RequestSnapshot {
  const { organisationId, applicantId, form } = request;
  return {
    organisationId,
    applicantId,
    form,
    scopes: scopes.map(({ scopeId, apiName, name, title }) => ({ scopeId, apiName, name, title })),
  };
}

/** A field, or the scopes, that differs between two submissions. */
export interface FormChange {
  readonly field: RequestField | 'scopes';
  readonly before: string;
  readonly after: string;
}

function scopesInWords({ scopes }: RequestSnapshot): string {
  return scopes
    .map(({ apiName, title }) => `${apiName}\u00A0: ${title}`)
    .sort()
    .join('\n');
}

/** What changed of the form from one submission to another, in the form's order. */
export function changesBetween(before: RequestSnapshot, after: RequestSnapshot): FormChange[] {
  const changes: FormChange[] = [];
  for (const block of REQUEST_BLOCKS) {
    if (block === 'scopes') {
      const [was, is] = [scopesInWords(before), scopesInWords(after)];
      if (was !== is) changes.push({ field: 'scopes', before: was, after: is });
    }
    for (const field of fieldsOf(block)) {
      const [was, is] = [before.form[field] ?? '', after.form[field] ?? ''];
      if (was !== is) changes.push({ field, before: was, after: is });
    }
  }
  return changes;
}
