// What people type about an audit, judged in words: what is asked, the mission, findings, conclusions. Pure.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacter, isDay, isUuid, tidied, tidiedLines } from '#platform/typed-text.ts';
import type { Advice } from '../opinions/opinions.types.ts';
import { holdsMarks } from '../opinions/redaction.rules.ts';
import { faultsOfAdvice, textFaults, tidiedAdvice } from '../opinions/typed-opinion.rules.ts';
import { SEVERITIES, type Severity } from './audits.types.ts';

/** A title: 3 to 200 characters on one line. */
export function titleFaults(field: string, typed: string): FieldError[] {
  const title = tidied(typed);
  if (title.length >= 3 && title.length <= 200 && !hasControlCharacter(title) && !holdsMarks(title))
    return [];
  return [{ field, text: { fr: 'Écrivez de 3 à 200 caractères.', en: 'Write from 3 to 200 characters.' } }];
}

/** What is wrong with what an audit is to look at. */
export function faultsOfScope({
  scope,
  questions,
}: {
  readonly scope: string;
  readonly questions: string;
}): FieldError[] {
  return [
    ...textFaults('scope', scope),
    ...(tidiedLines(questions) === '' ? [] : textFaults('questions', questions)),
  ];
}

/** A mission as it is typed. */
export interface TypedMission {
  readonly memberIds: readonly string[];
  readonly leadId: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/**
 * What is wrong with a mission: its people (auditors whom `eligible` names, one of whom leads) and its days, which are from
 * `today` on and at most two years.
 */
export function faultsOfMission(
  { memberIds, leadId, startsOn, endsOn }: TypedMission,
  eligible: ReadonlySet<string>,
  today: string,
): FieldError[] {
  const faults: FieldError[] = [];
  const members = [...new Set(memberIds)];
  if (members.length === 0 || members.length > 20 || !members.every((id) => isUuid(id) && eligible.has(id)))
    faults.push({
      field: 'memberIds',
      text: {
        fr: 'Choisissez des auditeurs de la direction, vingt au plus.',
        en: 'Choose auditors of the directorate, twenty at most.',
      },
    });
  if (!members.includes(leadId))
    faults.push({
      field: 'leadId',
      text: { fr: 'Choisissez le chef de mission parmi eux.', en: 'Choose who leads among them.' },
    });
  if (!isDay(startsOn) || startsOn < today || startsOn > dayAfter(today, 730))
    faults.push({
      field: 'startsOn',
      text: { fr: 'Donnez un jour à partir d’aujourd’hui.', en: 'Give a day from today on.' },
    });
  if (!isDay(endsOn) || endsOn < startsOn || endsOn > dayAfter(today, 1460))
    faults.push({
      field: 'endsOn',
      text: {
        fr: 'Donnez un jour qui ne précède pas le début.',
        en: 'Give a day that is not before the start.',
      },
    });
  return faults;
}

/** A finding as typed, or what is wrong with it. */
export function findingAsTyped(typed: {
  readonly severity: string;
  readonly title: string;
  readonly text: string;
}): { severity: Severity; title: string; text: string } | FieldError[] {
  const severity = SEVERITIES.find((one) => one === typed.severity);
  const faults: FieldError[] = [
    ...(severity
      ? []
      : [{ field: 'severity', text: { fr: 'Choisissez la gravité.', en: 'Choose how grave it is.' } }]),
    ...titleFaults('title', typed.title),
    ...textFaults('text', typed.text),
  ];
  if (faults.length > 0 || !severity) return faults;
  return { severity, title: tidied(typed.title), text: tidiedLines(typed.text) };
}

/** Conclusions as typed, or what is wrong with them. An audit may end without a recommendation. */
export function conclusionsAsTyped(
  typed: { readonly conclusions: string; readonly recommendations: readonly Advice[] },
  today: string,
): { conclusions: string; recommendations: Advice[] } | FieldError[] {
  const recommendations = tidiedAdvice(typed.recommendations);
  const faults = [
    ...textFaults('conclusions', typed.conclusions, 20, 20_000),
    ...(recommendations.length === 0 ? [] : faultsOfAdvice(recommendations, today)),
  ];
  return faults.length > 0 ? faults : { conclusions: tidiedLines(typed.conclusions), recommendations };
}
