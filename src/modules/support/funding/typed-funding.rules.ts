// What people typed of a window, an application, points or an agreement, checked field by field. Pure.
import type { FieldError } from '#platform/errors.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { isDay, isUuid, tidied } from '#platform/typed-text.ts';
import {
  type ApplicationText,
  CONDITIONS,
  type Condition,
  type NewInstalment,
  type NewWindow,
  type WindowCriterion,
} from './funding.types.ts';
import { centsOf } from './money.rules.ts';

/** Checked input, or what is wrong with it. */
export type Checked<T> =
  | { readonly value: T; readonly faults: null }
  | { readonly value: null; readonly faults: readonly FieldError[] };

const fault = (field: string, fr: string, en: string): FieldError => ({ field, text: { fr, en } });

/** Text of several lines, without what PostgreSQL refuses. */
function paragraph(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed().trim();
}

function line(text: string): string {
  return tidied(text.replace(/\p{Cc}/gu, ' ').toWellFormed());
}

function checked<T>(value: () => T, faults: readonly (FieldError | false)[]): Checked<T> {
  const found = faults.filter((one) => one !== false);
  return found.length > 0 ? { value: null, faults: found } : { value: value(), faults: null };
}

const TITLE_FAULT = (field: string) =>
  fault(field, 'Écrivez un titre de 1 à 200 caractères.', 'Write a title of 1 to 200 characters.');
const AMOUNT_FAULT = (field: string) =>
  fault(
    field,
    'Écrivez un montant en euros, comme 12 500,50.',
    'Write an amount in euros, such as 12500.50.',
  );
const DAY_FAULT = (field: string) =>
  fault(field, 'Choisissez un jour du calendrier.', 'Choose a day of the calendar.');
const TEXT_FAULT = (field: string, most: string) =>
  fault(field, `Écrivez de 1 à ${most} caractères.`, `Write 1 to ${most} characters.`);

const isBetween = (text: string, most: number) => text.length > 0 && text.length <= most;

/** A window as typed; `criteria` holds one criterion a line, `weight title`; each jury is a name and e-mail addresses. */
export interface TypedWindow {
  readonly title: string;
  readonly subject: string;
  readonly budget: string;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly juryUntil: string;
  readonly criteria: string;
  readonly jury: string;
}

function criteriaOf(text: string): Omit<WindowCriterion, 'position'>[] | null {
  const lines = text.split('\n').map(line).filter(Boolean);
  const criteria = lines.map((one) => {
    const [, weight = '', title = ''] = /^(\d{1,3})\s+(.{1,200})$/u.exec(one) ?? [];
    return { weight: Number(weight), title };
  });
  const isRight = criteria.every(({ weight, title }) => weight >= 1 && weight <= 100 && title !== '');
  return isRight && criteria.length >= 1 && criteria.length <= 10 ? criteria : null;
}

/** The juries as typed, one a line: `name: e-mail, e-mail`; null when a line has another form. */
export function juriesOf(
  text: string,
): { readonly name: string; readonly emails: readonly string[] }[] | null {
  const lines = text.split('\n').map(line).filter(Boolean);
  const juries = lines.map((one) => {
    const at = one.indexOf(':');
    const emails = one
      .slice(at + 1)
      .split(/[\s,;]+/)
      .filter(Boolean);
    return { name: at < 0 ? '' : one.slice(0, at).trim(), emails };
  });
  const names = new Set(juries.map(({ name }) => name));
  const isRight =
    juries.length >= 1 &&
    juries.length <= 10 &&
    names.size === juries.length &&
    juries.every(({ name, emails }) => isBetween(name, 200) && emails.length >= 1 && emails.length <= 20);
  return isRight ? juries : null;
}

/** Checks a window as typed; its juries' people are looked up by the caller. */
export function checkedWindow(typed: TypedWindow): Checked<Omit<NewWindow, 'juries'>> {
  const [title, subject] = [line(typed.title), paragraph(typed.subject)];
  const { opensOn, closesOn, juryUntil } = typed;
  const budgetCents = centsOf(typed.budget);
  const criteria = criteriaOf(typed.criteria);
  const days = [opensOn, closesOn, juryUntil].every(isDay);
  return checked(
    () => ({
      title,
      subject,
      budgetCents: budgetCents ?? 0,
      opensOn,
      closesOn,
      juryUntil,
      criteria: criteria ?? [],
    }),
    [
      !isBetween(title, 200) && TITLE_FAULT('title'),
      !isBetween(subject, 2000) && TEXT_FAULT('subject', '2000'),
      budgetCents === null && AMOUNT_FAULT('budget'),
      !isDay(opensOn) && DAY_FAULT('opensOn'),
      !isDay(closesOn) && DAY_FAULT('closesOn'),
      !isDay(juryUntil) && DAY_FAULT('juryUntil'),
      days &&
        (opensOn > closesOn || closesOn > juryUntil) &&
        fault(
          'closesOn',
          'Le guichet ouvre, ferme, puis le jury finit\u00A0: remettez les jours dans cet ordre.',
          'The window opens, closes, then the jury ends: put the days in this order.',
        ),
      criteria === null &&
        fault(
          'criteria',
          'Écrivez un à dix critères, un par ligne\u00A0: le poids de 1 à 100, puis le titre.',
          'Write one to ten criteria, one a line: the weight from 1 to 100, then the title.',
        ),
      juriesOf(typed.jury) === null &&
        fault(
          'jury',
          'Écrivez un jury par ligne\u00A0: son nom, deux-points, les adresses électroniques de ses membres.',
          'Write one jury a line: its name, a colon, the e-mail addresses of its members.',
        ),
    ],
  );
}

/** An application as typed. */
export interface TypedApplication {
  readonly title: string;
  readonly subject: string;
  readonly subjectRef: string;
  readonly change: string;
  readonly plan: string;
  readonly contractId: string;
  readonly asked: string;
}

/** Checks an application as typed. */
export function checkedApplication(typed: TypedApplication): Checked<ApplicationText> {
  const [title, subject, change, plan] = [
    line(typed.title),
    paragraph(typed.subject),
    paragraph(typed.change),
    paragraph(typed.plan),
  ];
  const subjectRef = line(typed.subjectRef);
  const contractId = typed.contractId.trim();
  const askedCents = centsOf(typed.asked);
  return checked(
    () => ({
      title,
      subject,
      change,
      plan,
      contractId: contractId === '' ? null : contractId,
      subjectRef: subjectRef || (contractId === '' ? '' : `impact/contract/${contractId}`),
      askedCents: askedCents ?? 0,
    }),
    [
      !isBetween(title, 200) && TITLE_FAULT('title'),
      !isBetween(subject, 2000) && TEXT_FAULT('subject', '2000'),
      subjectRef !== '' &&
        !/^[a-z-]+\/[a-z-]+\/[\w-]{1,60}$/.test(subjectRef) &&
        fault(
          'subjectRef',
          'Copiez la référence de l’évaluation, comme support/subject/…',
          'Copy the reference of the assessment, such as support/subject/…',
        ),
      !isBetween(change, 4000) && TEXT_FAULT('change', '4000'),
      !isBetween(plan, 4000) && TEXT_FAULT('plan', '4000'),
      contractId !== '' &&
        !isUuid(contractId) &&
        fault('contractId', 'Choisissez un contrat de la liste.', 'Choose a contract of the list.'),
      askedCents === null && AMOUNT_FAULT('asked'),
    ],
  );
}

/** A reason as typed, 1 to 1,000 characters, under the field `field`. */
export function checkedReason(typed: string, field = 'reason'): Checked<string> {
  const text = paragraph(typed);
  return checked(() => text, [!isBetween(text, 1000) && TEXT_FAULT(field, '1000')]);
}

/** An amount as typed. */
export function checkedAmount(typed: string, field = 'amount'): Checked<number> {
  const cents = centsOf(typed);
  return checked(() => cents ?? 0, [cents === null && AMOUNT_FAULT(field)]);
}

const MEASURE = /^(?:measure|mesure) (-?\d{1,12}(?:[.,]\d{1,6})?)$/;

const CONDITION_WORDS: Readonly<Record<Condition, Readonly<Record<Locale, string>>>> = {
  milestone: { fr: 'jalon', en: 'milestone' },
  verdict: { fr: 'verdict', en: 'verdict' },
  measure: { fr: 'mesure', en: 'measure' },
};

function conditionTyped(
  typed: string,
): Pick<NewInstalment, 'threshold'> & { readonly condition?: Condition } {
  const [, reached] = MEASURE.exec(typed) ?? [];
  if (reached !== undefined) return { condition: 'measure', threshold: Number(reached.replace(',', '.')) };
  const condition = CONDITIONS.find(
    (known) => known !== 'measure' && Object.values(CONDITION_WORDS[known]).includes(typed),
  );
  return { threshold: null, ...(condition === undefined ? {} : { condition }) };
}

/** Instalments as they are typed, to be changed. */
export function writtenInstalments(locale: Locale, instalments: readonly NewInstalment[]): string {
  return instalments
    .map(({ amountCents, condition, threshold, dueOn, text }) => {
      const word = CONDITION_WORDS[condition][locale];
      const amount = (amountCents / 100).toFixed(2);
      return [amount, threshold === null ? word : `${word} ${threshold}`, dueOn, text].join('; ');
    })
    .join('\n');
}

/**
 * Instalments as typed, one a line: `amount; condition; day; what is verified`, the condition's word in either language.
 * They add up to `awardedCents`.
 */
export function checkedInstalments(typed: string, awardedCents: number): Checked<NewInstalment[]> {
  const lines = typed.split('\n').map(line).filter(Boolean);
  const instalments = lines.map((one) => {
    const [amount = '', waitsFor = '', dueOn = '', ...text] = one.split(';').map((part) => part.trim());
    return {
      amountCents: centsOf(amount) ?? 0,
      ...conditionTyped(waitsFor.toLowerCase()),
      dueOn,
      text: text.join('; '),
    };
  });
  const isRight =
    instalments.length >= 1 &&
    instalments.length <= 20 &&
    instalments.every(
      ({ amountCents, condition, dueOn, text }) =>
        amountCents > 0 && condition !== undefined && isDay(dueOn) && isBetween(text, 1000),
    );
  const total = instalments.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return checked(
    () => instalments.map((one) => ({ ...one, condition: one.condition ?? 'milestone' })),
    [
      !isRight &&
        fault(
          'instalments',
          'Écrivez une tranche par ligne\u00A0: montant; jalon, verdict ou mesure suivi d’une valeur; AAAA-MM-JJ; ce qui est vérifié.',
          'Write one instalment a line: amount; milestone, verdict or measure with a value; YYYY-MM-DD; what is verified.',
        ),
      isRight &&
        total !== awardedCents &&
        fault(
          'instalments',
          'La somme des tranches n’est pas le montant attribué.',
          'The instalments do not add up to the amount awarded.',
        ),
    ],
  );
}

/** Points as typed, one for each criterion, with its comment. */
export function checkedPoints(
  criteria: readonly WindowCriterion[],
  typed: Readonly<Record<string, unknown>>,
): Checked<{ readonly position: number; readonly points: number; readonly comment: string }[]> {
  const given = criteria.map(({ position }) => ({
    position,
    text: String(typed[`points-${position}`] ?? ''),
    comment: paragraph(String(typed[`comment-${position}`] ?? '')),
  }));
  return checked(
    () => given.map(({ position, text, comment }) => ({ position, points: Number(text), comment })),
    given.flatMap(({ position, text, comment }) => [
      !/^[0-5]$/.test(text) &&
        fault(`points-${position}`, 'Choisissez une note de 0 à 5.', 'Choose points from 0 to 5.'),
      comment.length > 1000 && TEXT_FAULT(`comment-${position}`, '1000'),
    ]),
  );
}
