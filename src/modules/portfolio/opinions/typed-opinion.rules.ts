// What people type about an opinion, judged in words: axes, complements, comments, the opinion itself. Pure.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isDay, tidiedLines } from '#platform/typed-text.ts';
import type { OpinionObstacle } from '../files/files.types.ts';
import {
  type Advice,
  AXES,
  type AxisTexts,
  OPINION_KINDS,
  type OpinionKind,
  STANCES,
  type Stance,
} from './opinions.types.ts';
import { holdsMarks } from './redaction.rules.ts';

/** Most characters of a text. */
export const MOST_CHARACTERS = 5000;

/** What is wrong with a text of several lines: too short, too long, or with characters that no text has. */
export function textFaults(field: string, typed: string, least = 10, most = MOST_CHARACTERS): FieldError[] {
  const text = tidiedLines(typed);
  if (text.length >= least && text.length <= most && !hasControlCharacterInLines(text) && !holdsMarks(text))
    return [];
  return [
    {
      field,
      text: {
        fr: `Écrivez de ${least} à ${most} caractères, sans doubles crochets.`,
        en: `Write from ${least} to ${most} characters, without double brackets.`,
      },
    },
  ];
}

/** The five axes as typed, tidied. */
export function axesAsTyped(typed: Readonly<Record<string, unknown>>): AxisTexts {
  return Object.fromEntries(
    AXES.map((axis) => [axis, tidiedLines(String(typed[axis] ?? ''))]),
  ) as unknown as AxisTexts;
}

/** What is wrong with the axes: a draft may leave some empty (`complete` false), a request tells all five. */
export function faultsOfAxes(axes: AxisTexts, complete: boolean): FieldError[] {
  return AXES.flatMap((axis) =>
    axes[axis] === '' && !complete ? [] : textFaults(axis, axes[axis], complete ? 10 : 1),
  );
}

const OBSTACLES: Record<OpinionObstacle, FieldError['text']> = {
  'is-draft': {
    fr: 'Ce dossier est un brouillon\u00A0: soumettez-le d’abord à la direction.',
    en: 'This file is a draft: submit it to the directorate first.',
  },
  'has-ended': { fr: 'Ce projet est terminé ou sorti du suivi.', en: 'This project has ended or left.' },
  'no-objective': {
    fr: 'Ce dossier n’a aucun objectif d’impact. Ajoutez-en au moins un\u00A0: un indicateur, une valeur de départ, une cible et une date. Sans lui, aucune demande d’avis n’est reçue.',
    en: 'This file has no impact objective. Add at least one: an indicator, a baseline value, a target and a date. Without it, no request for an opinion is received.',
  },
  'no-cost': {
    fr: 'Ce dossier n’a pas de coût complet. Remplissez le tableau des coûts.',
    en: 'This file has no full cost. Fill in its cost table.',
  },
};

/** Why a file may not be asked an opinion on, as faults of the field that names it. */
export function faultsOfReadiness(obstacles: readonly OpinionObstacle[]): FieldError[] {
  return obstacles.map((obstacle) => ({ field: 'fileId', text: OBSTACLES[obstacle] }));
}

/** An opinion as a form or the API writes it. */
export interface TypedOpinion extends Readonly<Record<string, unknown>> {
  readonly kind: string;
  readonly summary: string;
  /** Percent, as a form types it; the API gives a number from 0 to 1 (`probability`). */
  readonly percent?: string;
  readonly probability?: number;
  readonly recommendations: readonly Advice[];
}

/** An opinion that may be given. */
export interface CheckedOpinion {
  readonly kind: OpinionKind;
  readonly summary: string;
  readonly axes: AxisTexts;
  readonly probability: number;
  readonly recommendations: readonly Advice[];
}

function probabilityOf({ probability, percent }: TypedOpinion): number {
  if (probability !== undefined) return probability;
  const text = (percent ?? '').trim().replace(',', '.');
  return /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) / 10_000 : Number.NaN;
}

/** The opinion as typed, or what is wrong with it. Axes may be left empty where there is nothing to say. */
export function opinionAsTyped(typed: TypedOpinion, today: string): CheckedOpinion | FieldError[] {
  const axes = axesAsTyped(typed);
  const probability = probabilityOf(typed);
  const faults: FieldError[] = [];
  const kind = OPINION_KINDS.find((one) => one === typed.kind);
  if (!kind)
    faults.push({
      field: 'kind',
      text: { fr: 'Choisissez le sens de l’avis.', en: 'Choose what the opinion is.' },
    });
  faults.push(...textFaults('summary', typed.summary, 20, 10_000), ...faultsOfAxes(axes, false));
  if (!(probability >= 0 && probability <= 1))
    faults.push({
      field: 'percent',
      text: {
        fr: 'Donnez une probabilité de 0 à 100\u00A0%\u00A0: elle sera notée quand le projet finira.',
        en: 'Give a probability from 0 to 100%: it is scored when the project ends.',
      },
    });
  const recommendations = kind === 'recommendations' ? tidiedAdvice(typed.recommendations) : [];
  if (kind === 'recommendations') faults.push(...faultsOfAdvice(recommendations, today));
  if (faults.length > 0 || !kind) return faults;
  return { kind, summary: tidiedLines(typed.summary), axes, probability, recommendations };
}

/** Recommendations as typed, without the empty ones. */
export function tidiedAdvice(typed: readonly Advice[]): Advice[] {
  return typed
    .map(({ text, dueOn }) => ({ text: tidiedLines(text), dueOn: dueOn.trim() }))
    .filter(({ text }) => text !== '');
}

/** What is wrong with recommendations: none, too many, a text or a day. */
export function faultsOfAdvice(advice: readonly Advice[], today: string): FieldError[] {
  if (advice.length === 0 || advice.length > 20)
    return [
      {
        field: 'recommendations',
        text: {
          fr: 'Écrivez de une à vingt recommandations, une par ligne.',
          en: 'Write one to twenty recommendations, one on each line.',
        },
      },
    ];
  const latest = dayAfter(today, 3650);
  const late = advice.some(({ dueOn }) => !isDay(dueOn) || dueOn < today || dueOn > latest);
  return [
    ...advice.flatMap(({ text }) => textFaults('recommendations', text, 10, 4000)).slice(0, 1),
    ...(late
      ? [
          {
            field: 'dueOn',
            text: {
              fr: 'Donnez le jour pour lequel elles doivent être mises en œuvre, d’aujourd’hui à dix ans.',
              en: 'Give the day by which they must be implemented, from today to ten years on.',
            },
          },
        ]
      : []),
  ];
}

/** Recommendations as a form types them: one on each line, all due on one day. */
export function adviceOfLines(lines: string, dueOn: string): Advice[] {
  return tidiedLines(lines)
    .split('\n')
    .map((text) => ({ text, dueOn }));
}

/** The comments of a consulted body as typed, or what is wrong with them. */
export function commentsAsTyped(typed: {
  readonly stance: string;
  readonly comment: string;
}): { stance: Stance; comment: string } | FieldError[] {
  const stance = STANCES.find((one) => one === typed.stance);
  const comment = tidiedLines(typed.comment);
  const faults: FieldError[] = stance
    ? []
    : [{ field: 'stance', text: { fr: 'Choisissez votre position.', en: 'Choose your position.' } }];
  if (stance !== 'none' || comment !== '') faults.push(...textFaults('comment', comment));
  return faults.length > 0 || !stance ? faults : { stance, comment };
}
