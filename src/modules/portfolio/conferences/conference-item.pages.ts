// One project of a conference: its sheet, the ministry's comment, what the session concludes, decides and recommends.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { radios } from '#ui/components/radios.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html, lines } from '#ui/html.ts';
import { recommendationsTable } from '../recommendations/recommendation-parts.pages.ts';
import type { Recommendation } from '../recommendations/recommendations.types.ts';
import { decisionTag } from '../watch/alert-parts.pages.ts';
import { watchMessages } from '../watch/watch.messages.ts';
import { ALERT_DECISIONS } from '../watch/watch.types.ts';
import { conferenceAddress, conferenceCrumbs, reasonText, sheetRows } from './conference-parts.pages.ts';
import { conferencesMessages } from './conferences.messages.ts';
import type { Conference, ConferenceItem, ConferenceSheet } from './conferences.types.ts';

/** What was typed in the forms of the page. */
export interface TypedItem {
  readonly comment: string;
  readonly conclusions: string;
  readonly decision: string;
  readonly reason: string;
  readonly until: string;
  readonly text: string;
  readonly dueOn: string;
}

/** What the page of a conference's project shows. */
export interface ItemView {
  readonly csrf: () => Html;
  readonly conference: Conference;
  readonly item: ConferenceItem;
  /** As handed in, else as it stands now. */
  readonly sheet: ConferenceSheet | null;
  readonly recommendations: readonly Recommendation[];
  readonly openAlerts: number;
  readonly mayComment: boolean;
  readonly mayRecord: boolean;
  readonly typed: TypedItem;
  readonly faults: readonly FieldError[];
  readonly today: string;
}

/** The page of a conference's project. */
export function conferenceItemPage(locale: Locale, view: ItemView): Page {
  const words = conferencesMessages(locale);
  const { conference, item, sheet, faults } = view;
  return {
    title: `${item.fileName}, ${words.sheet.title}`,
    breadcrumbs: conferenceCrumbs(locale, conference),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${words.one(conference.organisationName, formatDay(locale, conference.heldOn))}</span>
<h1>${item.fileName}</h1>
<p>${reasonText(locale, item.why)}</p>
<h2>${words.sheet.title}</h2>
${
  sheet &&
  html`<p>${item.sheet === null ? words.sheet.live : words.sheet.frozen(formatDay(locale, sheet.takenOn))}</p>
${summaryList({ rows: sheetRows(locale, sheet).map(([key, value]) => ({ key, value: lines(value) })) })}`
}
<p><a class="govuk-link" href="/projects/files/${item.fileId}">${words.agenda.project}${locale === 'fr' ? '\u00A0: ' : ': '}${item.fileName}</a></p>
${comment(locale, view)}
<h2>${words.session.title}</h2>
${outcome(locale, view)}
<p><a class="govuk-link" href="${conferenceAddress(conference.id)}">${words.sheet.back}</a></p>`,
  };
}

function itemForm({ csrf, conference, item }: ItemView, rest: string, content: Html): Html {
  return form({
    action: conferenceAddress(conference.id, `/items/${item.id}/${rest}`),
    csrf: csrf(),
    content: html`${hiddenFields({ version: String(conference.version) })}${content}`,
  });
}

function comment(locale: Locale, view: ItemView): Html {
  const { sheet: words } = conferencesMessages(locale);
  const { item, typed, faults } = view;
  if (!view.mayComment)
    return html`<h2>${words.comment}</h2><p>${item.comment === '' ? words.noComment : lines(item.comment)}</p>`;
  return itemForm(
    view,
    'comment',
    html`${textarea({ locale, name: 'comment', label: words.comment, hint: words.commentHint, rows: 6, limit: 8000, optional: true, value: typed.comment, error: faultOf(locale, faults, 'comment') })}
${button({ text: words.save })}`,
  );
}

function outcome(locale: Locale, view: ItemView): Html {
  const words = conferencesMessages(locale);
  const { item: labels } = words;
  const { item, typed, faults, recommendations, mayRecord } = view;
  const error = (field: string) => faultOf(locale, faults, field);
  return html`${
    mayRecord
      ? itemForm(
          view,
          'conclusions',
          html`${textarea({ locale, name: 'conclusions', label: labels.conclusions, hint: labels.conclusionsHint, rows: 5, limit: 8000, value: typed.conclusions, error: error('conclusions') })}
${button({ text: labels.saveConclusions, kind: 'secondary' })}`,
        )
      : html`<p>${item.conclusions === '' ? labels.noConclusions : lines(item.conclusions)}</p>`
  }
${decision(locale, view)}
<h3>${labels.recommendations}</h3>
${recommendations.length === 0 ? html`<p>${labels.noRecommendations}</p>` : recommendationsTable(locale, { items: recommendations, today: view.today, withProject: false, empty: '' })}
${
  mayRecord &&
  html`<h3>${labels.recommendTitle}</h3>${itemForm(
    view,
    'recommendations',
    html`${textarea({ locale, name: 'text', label: labels.text, hint: labels.textHint, rows: 4, limit: 4000, value: typed.text, error: error('text') })}
${textInput({ locale, name: 'dueOn', label: labels.dueOn, type: 'date', value: typed.dueOn, error: error('dueOn') })}
${button({ text: labels.recommend, kind: 'secondary' })}`,
  )}`
}`;
}

function decision(locale: Locale, view: ItemView): Html {
  const { item: labels } = conferencesMessages(locale);
  const words = watchMessages(locale);
  const { item, typed, faults } = view;
  const error = (field: string) => faultOf(locale, faults, field);
  if (item.decision !== null)
    return html`<h3>${labels.decision}</h3><p>${decisionTag(locale, item.decision)}</p><p>${lines(item.decisionReason)}</p>${item.decisionUntil !== null && html`<p>${labels.until2(formatDay(locale, item.decisionUntil))}</p>`}`;
  if (!view.mayRecord) return html``;
  return html`<h3>${labels.decisionTitle}</h3><p>${labels.decisionText(view.openAlerts)}</p>
${itemForm(
  view,
  'decision',
  html`${radios({ locale, name: 'decision', label: labels.decision, value: typed.decision, error: error('decision'), items: ALERT_DECISIONS.map((value) => ({ value, text: words.decisions[value], hint: words.decisionHints[value] })) })}
${textarea({ locale, name: 'reason', label: labels.reason, rows: 4, limit: 2000, value: typed.reason, error: error('reason') })}
${textInput({ locale, name: 'until', label: labels.until, hint: labels.untilHint, type: 'date', optional: true, value: typed.until, error: error('until') })}
${button({ text: labels.decide, kind: 'secondary' })}`,
)}`;
}
