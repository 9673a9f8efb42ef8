// One alert: the facts, the decision that it asks for, the decisions that were taken.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html, lines } from '#ui/html.ts';
import {
  alertAddress,
  decisionTag,
  factsText,
  money,
  supportAddress,
  watchCrumbs,
} from './alert-parts.pages.ts';
import { watchMessages } from './watch.messages.ts';
import { ALERT_DECISIONS, type Alert, type DecidedAlert } from './watch.types.ts';

/** What was typed for a decision. */
export interface TypedAlertForm {
  readonly decision: string;
  readonly reason: string;
  readonly until: string;
  readonly others: boolean;
}

/** What the page of an alert shows. */
export interface AlertView {
  readonly csrf: Html;
  readonly alert: Alert;
  /** How many other alerts of the project are open. */
  readonly others: number;
  readonly decisions: readonly DecidedAlert[];
  readonly mayDecide: boolean;
  /** True for the people of the project's ministry, who ask for the support decided. */
  readonly maySeekSupport: boolean;
  readonly typed: TypedAlertForm;
  readonly faults: readonly FieldError[];
  readonly timeZone: string;
}

/** The page of an alert. */
export function alertPage(locale: Locale, view: AlertView): Page {
  const words = watchMessages(locale);
  const { alert, faults, timeZone } = view;
  const isOpen = alert.state === 'open';
  return {
    title: `${words.rules[alert.rule]}, ${alert.fileName}`,
    breadcrumbs: watchCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${words.alert.number(alert.number)}, ${alert.fileName}</span>
<h1>${words.rules[alert.rule]}</h1>
<p>${tag({ text: words.states[alert.state], tone: isOpen ? 'bad' : 'neutral' })}${!isOpen && alert.decision !== null && html` ${decisionTag(locale, alert.decision)}`}</p>
<p class="socle-lead">${factsText(locale, alert.rule, alert.facts)}.</p>
${isOpen && alert.quietSince !== null && inset(words.quiet(formatDate(locale, alert.quietSince, timeZone)))}
${!isOpen && alert.decision === 'support' && view.maySeekSupport && buttonGroup([button({ text: words.alert.askSupport, href: supportAddress(alert) })])}
<h2>${words.alert.facts}</h2>
${summaryList({
  rows: [
    {
      key: words.alert.project,
      value: html`<a class="govuk-link" href="/projects/files/${alert.fileId}">${alert.fileName}</a>, ${money(locale, alert.fullCostCents)}`,
    },
    { key: words.alert.organisation, value: alert.organisationName },
    {
      key: words.alert.rule,
      value: html`${words.rules[alert.rule]} <span class="govuk-hint">${words.rulesVersion(alert.ruleVersion)}</span>`,
    },
    {
      key: words.alert.opened,
      value: html`${formatDate(locale, alert.openedAt, timeZone)}${alert.reopened > 0 && html` <span class="govuk-hint">${words.reopened(alert.reopened)}</span>`}`,
    },
    { key: words.alert.checked, value: formatDate(locale, alert.firedAt, timeZone) },
    ...(alert.restsUntil === null
      ? []
      : [{ key: words.alert.rests, value: formatDay(locale, alert.restsUntil) }]),
  ],
})}
${isOpen && decisionForm(locale, view)}
<h2>${words.alert.history}</h2>
${view.decisions.length === 0 ? html`<p>${words.alert.noHistory}</p>` : timeline({ events: view.decisions.map((one) => shownDecision(locale, alert, one, timeZone)) })}`,
  };
}

function decisionForm(locale: Locale, view: AlertView): Html {
  const words = watchMessages(locale);
  const { alert: labels } = words;
  const { alert, typed, faults, others } = view;
  const error = (field: string) => faultOf(locale, faults, field);
  if (!view.mayDecide) return html`<h2>${labels.decide}</h2><p>${labels.waits}</p>`;
  return html`<h2>${labels.decide}</h2>
${form({
  action: alertAddress(alert.id, '/decisions'),
  csrf: view.csrf,
  content: html`${hiddenFields({ version: String(alert.version) })}
${radios({ locale, name: 'decision', label: labels.decision, value: typed.decision, error: error('decision'), items: ALERT_DECISIONS.map((value) => ({ value, text: words.decisions[value], hint: words.decisionHints[value] })) })}
${textarea({ locale, name: 'reason', label: labels.reason, hint: labels.reasonHint, rows: 5, limit: 2000, value: typed.reason, error: error('reason') })}
${textInput({ locale, name: 'until', label: labels.until, hint: labels.untilHint, type: 'date', optional: true, value: typed.until, error: error('until') })}
${others > 0 && checkboxes({ locale, name: 'others', label: labels.othersLabel, values: typed.others ? ['yes'] : [], items: [{ value: 'yes', text: labels.others(others) }] })}
${button({ text: labels.send })}`,
})}`;
}

function shownDecision(
  locale: Locale,
  { rule }: Alert,
  { decision, reason, until, facts, decidedAt, byName, conferenceId, auditId, ledgerEntry }: DecidedAlert,
  timeZone: string,
) {
  const words = watchMessages(locale);
  return {
    title: words.decisions[decision],
    at: { iso: decidedAt.toISOString(), text: formatDateTime(locale, decidedAt, timeZone) },
    ...(byName === null ? {} : { byline: words.alert.by(byName) }),
    description: html`<p>${lines(reason)}</p>
${until !== null && html`<p>${words.alert.until2(formatDay(locale, until))}</p>`}
<p class="govuk-hint">${factsText(locale, rule, facts)}</p>
${conferenceId !== null && html`<p><a class="govuk-link" href="/projects/conferences/${conferenceId}">${words.alert.seeConference}</a></p>`}
${auditId !== null && html`<p><a class="govuk-link" href="/projects/audits/${auditId}">${words.alert.seeAudit}</a></p>`}
<p class="govuk-hint">${words.alert.ledger(ledgerEntry)}</p>`,
  };
}
