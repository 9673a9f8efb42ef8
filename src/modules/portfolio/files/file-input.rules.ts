// What must hold of a project file's own fields, as they are typed. Pure: the people who may answer for it are given.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import {
  decimalAsTyped,
  hasControlCharacter,
  hasControlCharacterInLines,
  isDay,
  tidied,
  tidiedLines,
} from '#platform/typed-text.ts';
import { PHASES, type Phase } from '../panorama/editions.types.ts';
import type { ProjectFile } from './files.types.ts';

/** Every field of the form. */
export const FILE_FIELDS = [
  'name',
  'description',
  'objectives',
  'policyPriorities',
  'programmes',
  'internalFte',
  'outsourcedPercent',
  'phase',
  'startedOn',
  'plannedEndOn',
  'ownerId',
  'projectSlug',
  'classified',
] as const;
/** A field of the form. */
export type FileField = (typeof FILE_FIELDS)[number];

/** A file as it is typed, or put into an API call: nothing of it is checked yet. Lists have one item a line. */
export type FileInput = Readonly<Record<FileField, string>>;

/** The fields of a file that its ministry writes, once they are checked; `projectSlug` still has to be found. */
export type FileFields = Pick<
  ProjectFile,
  | 'name'
  | 'description'
  | 'objectives'
  | 'policyPriorities'
  | 'programmes'
  | 'internalFte'
  | 'outsourcedShare'
  | 'phase'
  | 'startedOn'
  | 'plannedEndOn'
  | 'ownerId'
  | 'projectSlug'
  | 'classified'
>;

/** An empty form. */
export const EMPTY_FILE: FileInput = {
  ...(Object.fromEntries(FILE_FIELDS.map((field) => [field, ''])) as Record<FileField, string>),
  phase: 'scoping',
};

/** A file as a form shows it. */
export function fileAsInput(file: ProjectFile): FileInput {
  return {
    name: file.name,
    description: file.description,
    objectives: file.objectives,
    policyPriorities: file.policyPriorities.join('\n'),
    programmes: file.programmes.join('\n'),
    internalFte: String(file.internalFte),
    outsourcedPercent: String(Math.round(file.outsourcedShare * 10_000) / 100),
    phase: file.phase,
    startedOn: file.startedOn,
    plannedEndOn: file.plannedEndOn,
    ownerId: file.ownerId,
    projectSlug: file.projectSlug ?? '',
    classified: file.classified ? 'yes' : '',
  };
}

/** The fields whose typed values differ from what the file holds now. */
export function fieldsThatDiffer(typed: FileInput, now: ProjectFile): FileField[] {
  const held = fileAsInput(now);
  const same = (field: FileField) => tidiedLines(typed[field] ?? '') === tidiedLines(held[field]);
  return FILE_FIELDS.filter((field) => !same(field));
}

const MOST_ITEMS = 30;

function listAsTyped(text: string): string[] {
  return [
    ...new Set(
      tidiedLines(text)
        .split(/[\n,;]/)
        .map(tidied),
    ),
  ].filter((one) => one !== '');
}

/** The fields as typed, and what is wrong with them. */
export function checkedFile(
  input: FileInput,
  ownerIds: readonly string[],
): { readonly fields: FileFields; readonly faults: readonly FieldError[] } {
  const slug = tidied(input.projectSlug)
    .replace(/^.*\/projects\//, '')
    .toLowerCase();
  const fields: FileFields = {
    name: tidied(input.name),
    description: tidiedLines(input.description),
    objectives: tidiedLines(input.objectives),
    policyPriorities: tidiedLines(input.policyPriorities)
      .split('\n')
      .map(tidied)
      .filter((one) => one !== ''),
    programmes: listAsTyped(input.programmes).map((one) => one.toUpperCase()),
    internalFte: input.internalFte.trim() === '' ? 0 : decimalAsTyped(input.internalFte),
    outsourcedShare:
      input.outsourcedPercent.trim() === ''
        ? 0
        : Math.round(decimalAsTyped(input.outsourcedPercent) * 100) / 10_000,
    phase: input.phase as Phase,
    startedOn: input.startedOn.trim(),
    plannedEndOn: input.plannedEndOn.trim(),
    ownerId: input.ownerId.trim().toLowerCase(),
    projectSlug: slug === '' ? null : slug,
    classified: input.classified !== '',
  };
  return { fields, faults: faultsOf(fields, ownerIds) };
}

function faultsOf(fields: FileFields, ownerIds: readonly string[]): FieldError[] {
  const faults: FieldError[] = [];
  const wrong = (field: FileField, fr: string, en: string) => faults.push({ field, text: { fr, en } });
  if (fields.name === '' || fields.name.length > 200 || hasControlCharacter(fields.name)) {
    wrong(
      'name',
      'Donnez le nom du projet, en 200 caractères au plus.',
      'Give the project’s name, in at most 200 characters.',
    );
  }
  for (const field of ['description', 'objectives'] as const) {
    if (fields[field].length > 5000 || hasControlCharacterInLines(fields[field])) {
      wrong(field, 'Ce texte a 5\u00A0000 caractères au plus.', 'This text has at most 5,000 characters.');
    }
  }
  if (fields.description === '') {
    wrong(
      'description',
      'Dites ce que fait le projet, pour un lecteur qui ne le connaît pas.',
      'Say what the project does, for a reader who does not know it.',
    );
  }
  if (
    fields.policyPriorities.length > MOST_ITEMS ||
    fields.policyPriorities.some((one) => one.length > 200 || hasControlCharacter(one))
  ) {
    wrong(
      'policyPriorities',
      'Donnez au plus 30 priorités, une par ligne, de 200 caractères au plus.',
      'Give at most 30 priorities, one a line, of at most 200 characters.',
    );
  }
  if (fields.programmes.length > MOST_ITEMS || fields.programmes.some((one) => !/^P\d{3,4}$/.test(one))) {
    wrong(
      'programmes',
      'Donnez chaque programme par son numéro, comme P129.',
      'Give each programme by its number, such as P129.',
    );
  }
  if (!(fields.internalFte >= 0 && fields.internalFte <= 100_000)) {
    wrong(
      'internalFte',
      'Donnez un nombre d’équivalents temps plein, comme 12,5.',
      'Give a number of full-time equivalents, such as 12.5.',
    );
  }
  if (!(fields.outsourcedShare >= 0 && fields.outsourcedShare <= 1)) {
    wrong('outsourcedPercent', 'Donnez une part de 0 à 100.', 'Give a share from 0 to 100.');
  }
  if (!PHASES.includes(fields.phase)) wrong('phase', 'Choisissez une phase.', 'Choose a phase.');
  const days = { startedOn: isFileDay(fields.startedOn), plannedEndOn: isFileDay(fields.plannedEndOn) };
  if (!days.startedOn) wrong('startedOn', DAY.fr, DAY.en);
  if (!days.plannedEndOn) wrong('plannedEndOn', DAY.fr, DAY.en);
  else if (days.startedOn && fields.plannedEndOn < fields.startedOn) {
    wrong('plannedEndOn', BEFORE_START.fr, BEFORE_START.en);
  }
  if (!ownerIds.includes(fields.ownerId)) {
    wrong(
      'ownerId',
      'Choisissez le responsable du projet dans la liste.',
      'Choose who is responsible for the project from the list.',
    );
  }
  return faults;
}

/** What to say of a day that is none. */
export const DAY: Translated = {
  fr: 'Donnez un jour, comme 2027-03-31.',
  en: 'Give a day, such as 2027-03-31.',
};

/** What to say of an end before the start. */
export const BEFORE_START: Translated = {
  fr: 'La fin ne peut pas précéder le début du projet.',
  en: 'The end cannot come before the project’s start.',
};

/** Tells whether `text` is a day on which a project may start, end or pass a milestone: from 1990 to 2099. */
export function isFileDay(text: string): boolean {
  return isDay(text) && text >= '1990-01-01' && text < '2100-01-01';
}

/** A reason as typed; a fault on `field` unless it has 1 to 2,000 characters. */
export function checkedReason(typed: string, field = 'reason'): { reason: string; faults: FieldError[] } {
  const reason = tidiedLines(typed);
  const isFine = reason !== '' && reason.length <= 2000 && !hasControlCharacterInLines(reason);
  const text = {
    fr: 'Dites pourquoi, en 2\u00A0000 caractères au plus\u00A0: la raison reste dans l’histoire du projet.',
    en: 'Say why, in at most 2,000 characters: the reason stays in the project’s history.',
  };
  return { reason, faults: isFine ? [] : [{ field, text }] };
}
