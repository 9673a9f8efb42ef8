// The pages of jury members: what they score, and the form of one application. A member with a conflict sees no form.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatEuroCents, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import { fundingMessages } from './funding.messages.ts';
import type { Application, Score, WindowCriterion } from './funding.types.ts';

const POINTS = ['0', '1', '2', '3', '4', '5'].map((text) => ({ value: text, text }));

/** What the reader's juries score now. */
export function toScorePage(locale: Locale, { items }: { readonly items: readonly Application[] }): Page {
  const words = fundingMessages(locale);
  return {
    title: words.toScore,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${words.toScore}</h1>
<p class="socle-lead">${words.toScoreLead}</p>
${table({
  locale,
  caption: words.toScore,
  captionHidden: true,
  columns: [
    { text: words.application },
    { text: words.organisation },
    { text: words.window },
    { text: words.asked, numeric: true },
  ],
  rows: items.map((one) => [
    html`<a href="/support/jury/${one.id}">${one.title}</a>`,
    one.organisationName,
    one.windowTitle,
    formatEuroCents(locale, one.askedCents),
  ]),
  empty: words.nothingToScore,
})}`,
  };
}

/** An application, for a member of its jury to score; `own` are the points that they gave. */
export function scorePage(
  locale: Locale,
  {
    application,
    criteria,
    own,
    mayScore,
    csrf,
    faults,
    typed,
  }: {
    readonly application: Application;
    readonly criteria: readonly WindowCriterion[];
    readonly own: readonly Score[];
    readonly mayScore: boolean;
    readonly csrf: Html;
    readonly faults: readonly FieldError[];
    readonly typed: Readonly<Record<string, string>>;
  },
): Page {
  const words = fundingMessages(locale);
  const given = new Map(own.map((score) => [score.position, score]));
  const isOpen = application.state === 'eligible' && application.windowState === 'in-jury';
  const to = `/support/jury/${application.id}`;
  return {
    title: application.title,
    breadcrumbs: [supportCrumb(locale), { text: words.toScore, href: '/support/jury' }],
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${application.title}</h1>
${summaryList({
  rows: [
    { key: words.organisation, value: application.organisationName },
    { key: words.asked, value: formatEuroCents(locale, application.askedCents) },
    { key: words.subject, value: application.subject },
    { key: words.form.change, value: application.change },
    { key: words.form.plan, value: application.plan },
  ],
})}
${!mayScore && inset(words.mayNotScore)}
${mayScore && !isOpen && inset(words.scoringIsOver)}
${
  mayScore &&
  isOpen &&
  html`${form({
    action: to,
    csrf,
    content: html`${criteria.map(({ position, title, weight }) => {
      const [points, comment] = [`points-${position}`, `comment-${position}`];
      const before = given.get(position);
      return html`${radios({ locale, name: points, label: words.points(title, formatNumber(locale, weight)), hint: words.pointsHint, inline: true, items: POINTS, value: typed[points] ?? before?.points.toString(), error: faultOf(locale, faults, points) })}
${textarea({ locale, name: comment, label: words.comment(title), rows: 2, optional: true, value: typed[comment] ?? before?.comment ?? '', error: faultOf(locale, faults, comment) })}`;
    })}
${button({ text: words.score })}`,
  })}
${details({
  summary: words.conflict,
  open: faults.some(({ field }) => field === 'reason'),
  content: form({
    action: `${to}/conflict`,
    csrf,
    content: html`${textarea({ locale, name: 'reason', label: words.conflictReason, hint: words.conflictHint, rows: 2, limit: 1000, value: typed.reason ?? '', error: faultOf(locale, faults, 'reason') })}
${button({ text: words.conflictSubmit, kind: 'secondary' })}`,
  }),
})}`
}`,
  };
}
