// One recommendation: what it asks, how it stands, its effect, what its reader can do, its history.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatDay, formatMillionEuros } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html, lines } from '#ui/html.ts';
import type { KeptForecast } from '../forecast/kept-forecasts.types.ts';
import { recommendationAddress, recommendationTags, registerCrumbs } from './recommendation-parts.pages.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import {
  RECOMMENDATION_STEPS,
  type Recommendation,
  type RecommendationEvent,
  type RecommendationStep,
} from './recommendations.types.ts';

/** What is shown of a forecast. */
type ShownForecast = Pick<KeptForecast, 'madeAt' | 'p80CostCents' | 'p80EndOn'>;

/** What the page of a recommendation shows. */
export interface RecommendationView {
  readonly csrf: Html;
  readonly recommendation: Recommendation;
  readonly events: readonly RecommendationEvent[];
  /** Where it comes from, for its reader to follow; null where they may not. */
  readonly sourceHref: string | null;
  /** What the reader may do. */
  readonly steps: readonly RecommendationStep[];
  /** True where only the reader's own part in it keeps them from closing it. */
  readonly mayNotCloseOwn: boolean;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Its project's forecasts; null where there was none. */
  readonly effect: {
    readonly before: ShownForecast | null;
    readonly after: ShownForecast | null;
    readonly now: ShownForecast | null;
  };
  readonly typed: {
    readonly step: string;
    readonly text: string;
    readonly plannedOn: string;
    readonly personId: string;
  };
  readonly faults: readonly FieldError[];
  readonly today: string;
  readonly timeZone: string;
}

/** The page of a recommendation. */
export function recommendationPage(locale: Locale, view: RecommendationView): Page {
  const words = recommendationsMessages(locale);
  const { recommendation: one, faults } = view;
  return {
    title: `${words.number(one.number)}, ${one.fileName}`,
    breadcrumbs: registerCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${one.fileName}</span>
<h1>${words.number(one.number)}</h1>
<p>${recommendationTags(locale, one, view.today)}</p>
<p class="socle-lead">${lines(one.text)}</p>
<h2>${words.facts.title}</h2>
${facts(locale, view)}
${whatToDo(locale, view)}
<h2>${words.history}</h2>
${timeline({ events: view.events.toReversed().map((event) => shownEvent(locale, event, view.timeZone)) })}`,
  };
}

function facts(
  locale: Locale,
  { recommendation: one, sourceHref, effect, timeZone }: RecommendationView,
): Html {
  const words = recommendationsMessages(locale);
  const { facts: keys } = words;
  const source = words.sources[one.sourceKind];
  return summaryList({
    rows: [
      {
        key: keys.project,
        value: html`<a class="govuk-link" href="/projects/files/${one.fileId}">${one.fileName}</a>`,
      },
      { key: keys.organisation, value: one.organisationName },
      {
        key: keys.source,
        value: sourceHref === null ? source : html`<a class="govuk-link" href="${sourceHref}">${source}</a>`,
      },
      { key: keys.owner, value: one.ownerName },
      { key: keys.due, value: formatDay(locale, one.dueOn) },
      ...(one.plannedOn === null
        ? []
        : [
            {
              key: keys.planned,
              value: html`${keys.plannedBy(formatDay(locale, one.plannedOn), one.plannedByName ?? one.ownerName)}${one.plannedOn > one.dueOn && html`<br><span class="govuk-hint">${keys.plannedLate}</span>`}`,
            },
          ]),
      ...(one.escalated === 0
        ? []
        : [{ key: keys.escalated, value: words.levels.slice(0, one.escalated).join(', ') }]),
      { key: keys.issued, value: formatDate(locale, one.issuedAt, timeZone) },
      ...(one.closedAt === null
        ? []
        : [{ key: keys.closed, value: formatDate(locale, one.closedAt, timeZone) }]),
      { key: keys.effect, value: effectText(locale, one, effect) },
    ],
  });
}

function effectText(
  locale: Locale,
  { closedAt }: Recommendation,
  { before, after, now }: RecommendationView['effect'],
): Html {
  const { effect: words } = recommendationsMessages(locale);
  const shown = ({ madeAt, p80CostCents, p80EndOn }: ShownForecast) =>
    words.forecast(
      formatMillionEuros(locale, p80CostCents / 100_000_000),
      formatDay(locale, p80EndOn),
      formatDate(locale, madeAt),
    );
  const said = [
    before === null ? words.none : words.before(shown(before)),
    ...(after === null ? [] : [words.after(shown(after))]),
    ...(closedAt === null && now !== null ? [words.now(shown(now))] : []),
  ];
  return html`${said.map((text, at) => html`${at > 0 && html`<br>`}${text}`)}`;
}

function whatToDo(locale: Locale, view: RecommendationView): Html {
  const { act } = recommendationsMessages(locale);
  const { recommendation: one, steps, typed, faults } = view;
  const error = (field: string) => faultOf(locale, faults, field);
  const plans = steps.includes('plan');
  return html`<h2>${act.title}</h2>
${view.mayNotCloseOwn && html`<p>${act.ownClose}</p>`}
${
  steps.length === 0
    ? !view.mayNotCloseOwn && html`<p>${act.none}</p>`
    : form({
        action: recommendationAddress(one.id, '/steps'),
        csrf: view.csrf,
        content: html`${hiddenFields({ version: String(one.version) })}
${radios({ locale, name: 'step', label: act.step, value: typed.step, error: error('step'), items: RECOMMENDATION_STEPS.filter((step) => steps.includes(step)).map((value) => ({ value, text: act.steps[value] })) })}
${textarea({ locale, name: 'text', label: act.text, hint: act.textHint, rows: 4, limit: 4000, optional: true, value: typed.text, error: error('text') })}
${plans && textInput({ locale, name: 'plannedOn', label: act.plannedOn, hint: act.plannedOnHint, type: 'date', optional: true, value: typed.plannedOn, error: error('plannedOn') })}
${(plans || steps.includes('hand-over')) && select({ locale, name: 'personId', label: act.person, optional: true, placeholder: true, value: typed.personId, error: error('personId'), items: view.people.map(({ id, name }) => ({ value: id, text: name })) })}
${button({ text: act.send })}`,
      })
}`;
}

function shownEvent(locale: Locale, event: RecommendationEvent, timeZone: string) {
  const words = recommendationsMessages(locale);
  const { step, at, byName, text, details } = event;
  const said = [
    ...(step === 'plan' && details.plannedOn !== undefined
      ? [words.eventPlan(formatDay(locale, details.plannedOn), details.toName ?? '')]
      : []),
    ...(step === 'hand-over' ? [words.eventTo(details.toName ?? '')] : []),
    ...(step === 'escalate' ? [words.eventLevel(words.levels[(details.level ?? 1) - 1] ?? '')] : []),
  ];
  return {
    title: words.events[step],
    at: { iso: at.toISOString(), text: formatDateTime(locale, at, timeZone) },
    byline: byName === null ? words.system : words.by(byName),
    ...(said.length > 0 || text !== null
      ? {
          description: html`${said.map((one) => html`<p>${one}</p>`)}${text !== null && html`<p>${lines(text)}</p>`}`,
        }
      : {}),
  };
}
