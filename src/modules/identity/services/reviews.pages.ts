// The pages of production: what a service still lacks, its requests, the form that decides, and what waits.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { radios } from '#ui/components/radios.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { hubMessages } from '../hub/hub.messages.ts';
import { claimsNotGranted, type ProductionNeed } from './production.rules.ts';
import { needText } from './reviews.rules.ts';
import type { Review, ReviewOfService } from './reviews.types.ts';
import { serviceCrumbs, serviceHead } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';
import type { NamedService } from './services.types.ts';

/** What the page of a service's production shows. */
export interface ReviewView {
  readonly csrf: Html;
  readonly service: NamedService;
  readonly needs: readonly ProductionNeed[];
  /** Its requests, newest first. */
  readonly reviews: readonly Review[];
  readonly mayManage: boolean;
  /** Whether the reader decides on requests. */
  readonly decides: boolean;
  readonly readerId: string;
  readonly timeZone: string;
  readonly typed: { readonly message?: string; readonly decision?: string; readonly reason?: string };
  readonly faults: readonly FieldError[];
}

const TONES: Record<string, TagTone> = {
  accepted: 'good',
  refused: 'bad',
  withdrawn: 'neutral',
  waiting: 'warning',
};

/** The way of a service into production. */
export function reviewPage(locale: Locale, view: ReviewView): Page {
  const { service, reviews, faults, timeZone } = view;
  const words = servicesMessages(locale).review;
  const waiting = reviews.find(({ decision }) => decision === null);
  return {
    title: `${words.title} – ${service.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: serviceCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
${serviceHead(locale, service, 'review')}
${waiting ? waitingPart(locale, view, waiting) : askPart(locale, view)}
${table({
  locale,
  caption: words.history,
  columns: [
    { text: words.askedAt },
    { text: words.askedBy },
    { text: words.outcome },
    { text: words.reason },
  ],
  rows: reviews.map(({ askedAt, askedByName, decision, reason }) => [
    formatDate(locale, askedAt, timeZone),
    askedByName,
    tag({ text: words.outcomes[decision ?? 'waiting'], tone: TONES[decision ?? 'waiting'] ?? 'neutral' }),
    reason ?? '',
  ]),
  empty: words.noHistory,
})}`,
  };
}

function claimNames(locale: Locale, claims: readonly string[]): string {
  const names: Readonly<Record<string, string>> = hubMessages(locale).claims;
  return claims.map((claim) => names[claim] ?? claim).join(', ');
}

function askPart(locale: Locale, { csrf, service, needs, mayManage, typed, faults }: ReviewView): Html {
  const words = servicesMessages(locale).review;
  const ungranted = claimsNotGranted(service);
  if (service.state === 'closed') return html`<p>${words.closed}</p>`;
  if (service.state === 'suspended') return html`<p>${words.suspended}</p>`;
  if (service.state === 'production' && ungranted.length === 0) return html`<p>${words.done}</p>`;
  if (needs.length > 0) {
    return html`<p>${words.missing}</p>
<ul class="govuk-list govuk-list--bullet">${needs.map((need) => html`<li>${needText(need)[locale]}</li>`)}</ul>`;
  }
  const title = service.state === 'production' ? words.askClaimsTitle : words.askTitle;
  return html`<p>${words.ready}</p>
${
  mayManage &&
  html`<h2>${title}</h2>
<p>${words.askLead}</p>
${ungranted.length > 0 && html`<p>${words.newClaims(claimNames(locale, ungranted))}</p>`}
${form({
  action: `/services/${service.id}/review`,
  csrf,
  content: html`${textarea({
    locale,
    name: 'message',
    label: words.message,
    value: typed.message ?? '',
    limit: 1000,
    optional: true,
    error: faultOf(locale, faults, 'message'),
  })}
${button({ text: words.ask })}`,
})}`
}`;
}

function waitingPart(locale: Locale, view: ReviewView, waiting: Review): Html {
  const { csrf, service, mayManage, decides, readerId, timeZone } = view;
  const words = servicesMessages(locale).review;
  const when = formatDateTime(locale, waiting.askedAt, timeZone);
  const ungranted = claimsNotGranted(service);
  return html`${inset(html`<p>${words.waiting(when, waiting.askedByName)}</p>
${waiting.message !== '' && html`<p>${waiting.message}</p>`}
${ungranted.length > 0 && html`<p>${words.newClaims(claimNames(locale, ungranted))}</p>`}`)}
${
  mayManage &&
  form({
    action: `/services/${service.id}/review/withdraw`,
    csrf,
    content: button({ text: words.withdraw, kind: 'secondary' }),
  })
}
${decides && (waiting.askedBy === readerId ? html`<p>${words.own}</p>` : decisionForm(locale, view, waiting))}`;
}

function decisionForm(locale: Locale, view: ReviewView, waiting: Review): Html {
  const { csrf, service, typed, faults } = view;
  const words = servicesMessages(locale).review;
  return html`<h2>${words.decideTitle}</h2>
<p><a href="/services/${service.id}">${words.decideLead}</a></p>
${form({
  action: `/services/reviews/${waiting.id}/decision`,
  csrf,
  content: html`<input type="hidden" name="readAt" value="${service.changedAt.toISOString()}">
${radios({
  locale,
  name: 'decision',
  label: words.decision,
  value: typed.decision,
  items: [
    { value: 'accepted', text: words.accept },
    { value: 'refused', text: words.refuse },
  ],
  error: faultOf(locale, faults, 'decision'),
})}
${textarea({
  locale,
  name: 'reason',
  label: words.reason,
  hint: words.reasonHint,
  value: typed.reason ?? '',
  limit: 1000,
  optional: true,
  error: faultOf(locale, faults, 'reason'),
})}
${buttonGroup([button({ text: words.decide })])}`,
})}`;
}

/** What waits for a decision, oldest first. */
export function reviewsPage(
  locale: Locale,
  {
    items,
    total,
    next,
    isFirst,
    timeZone,
  }: {
    items: readonly ReviewOfService[];
    total: number;
    next: string | null;
    isFirst: boolean;
    timeZone: string;
  },
): Page {
  const { review: words, organisation } = servicesMessages(locale);
  return {
    title: words.listTitle,
    breadcrumbs: serviceCrumbs(locale),
    main: html`<h1>${words.listTitle}</h1>
<p class="socle-lead">${words.listLead}</p>
${table({
  locale,
  caption: `${words.listTitle} (${formatNumber(locale, total)})`,
  captionHidden: true,
  columns: [
    { text: words.service },
    { text: organisation },
    { text: words.kind },
    { text: words.askedAt },
    { text: words.askedBy },
  ],
  rows: items.map((review) => [
    html`<a href="/services/${review.serviceId}/review">${review.serviceName}</a>`,
    review.organisationName,
    words.kinds[review.serviceState === 'production' ? 'claims' : 'production'],
    formatDateTime(locale, review.askedAt, timeZone),
    review.askedByName,
  ]),
  empty: words.nothingWaits,
})}
${nextPage({
  locale,
  nextHref: next === null ? null : `/services/reviews?cursor=${next}`,
  ...(isFirst ? {} : { firstHref: '/services/reviews' }),
})}`,
  };
}
