// The forms of a mission's page: days of a week, deliverable, effect, end, feedback.
import { faultOf } from '#platform/form-faults.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { missionAddress } from './brigade-parts.pages.ts';
import { brigadesMessages } from './brigades.messages.ts';
import type { MissionView } from './missions.pages.ts';

type Shown = Pick<MissionView, 'csrf' | 'mission' | 'typed' | 'faults' | 'weeks'>;

/** The form in which a member enters the days of a week. */
export function weekFormOf(locale: Locale, { csrf, mission, typed, faults, weeks }: Shown): Html {
  const { missions } = brigadesMessages(locale);
  return html`<h3>${missions.enter}</h3>
${form({
  action: missionAddress(mission.id, '/weeks'),
  csrf,
  content: html`${select({ locale, name: 'week', label: missions.week, value: typed.week, error: faultOf(locale, faults, 'week'), items: weeks.map((week) => ({ value: week, text: formatDay(locale, week) })) })}
${textInput({ locale, name: 'days', label: missions.daysSpent, hint: missions.daysHint, inputMode: 'decimal', width: 4, maxLength: 4, value: typed.days ?? '', error: faultOf(locale, faults, 'days') })}
${button({ text: missions.enterSubmit })}`,
})}`;
}

/** The form that hands in a deliverable. */
export function deliverableFormOf(locale: Locale, { csrf, mission, typed, faults }: Shown): Html {
  const { missions } = brigadesMessages(locale);
  return html`<h3>${missions.handIn}</h3>
${form({
  action: missionAddress(mission.id, '/deliverables'),
  csrf,
  content: html`${textInput({ locale, name: 'title', label: missions.deliverableTitle, value: typed.title ?? '', maxLength: 150, error: faultOf(locale, faults, 'title') })}
${textInput({ locale, name: 'link', label: missions.link, hint: missions.linkHint, type: 'url', value: typed.link ?? '', maxLength: 500, spellcheck: false, error: faultOf(locale, faults, 'link') })}
${button({ text: missions.handInSubmit, kind: 'secondary' })}`,
})}`;
}

/** The form that tells the effect on the contract. */
export function effectFormOf(locale: Locale, { csrf, mission, typed, faults }: Shown): Html {
  const { missions } = brigadesMessages(locale);
  return form({
    action: missionAddress(mission.id, '/effect'),
    csrf,
    content: html`${textarea({ locale, name: 'effect', label: missions.effectText, rows: 4, limit: 4000, value: typed.effect ?? mission.effect ?? '', error: faultOf(locale, faults, 'effect') })}
${textInput({ locale, name: 'verdictLink', label: missions.verdictLink, optional: true, value: typed.verdictLink ?? mission.verdictLink ?? '', maxLength: 500, spellcheck: false, error: faultOf(locale, faults, 'verdictLink') })}
${button({ text: missions.effectSubmit, kind: 'secondary' })}`,
  });
}

/** The form that ends the mission. */
export function endFormOf(locale: Locale, { csrf, mission }: Shown): Html {
  const { missions } = brigadesMessages(locale);
  if (mission.effect === null) return html`<p>${missions.endHint}</p>`;
  return form({
    action: missionAddress(mission.id, '/end'),
    csrf,
    content: button({ text: missions.end, kind: 'warning' }),
  });
}

/** The form in which the requester gives feedback. */
export function feedbackFormOf(locale: Locale, { csrf, mission, typed, faults }: Shown): Html {
  const { missions } = brigadesMessages(locale);
  return form({
    action: missionAddress(mission.id, '/feedback'),
    csrf,
    content: html`${radios({ locale, name: 'mark', label: missions.mark, value: typed.mark, error: faultOf(locale, faults, 'mark'), items: (['1', '2', '3', '4', '5'] as const).map((value) => ({ value, text: missions.marks[value] })) })}
${textarea({ locale, name: 'feedback', label: missions.feedbackText, rows: 4, limit: 4000, value: typed.feedback ?? '', error: faultOf(locale, faults, 'feedback') })}
${button({ text: missions.feedbackSubmit })}`,
  });
}
