// The page of an accreditation: what it grants, which fields leave, who calls, until when, and what happened to it.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html } from '#ui/html.ts';
import { accreditationAddress } from './accreditation-address.ts';
import { accreditationCrumbs, accreditationTag, stageTag } from './accreditation-parts.pages.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import type {
  AccreditationEvent,
  AccreditedClient,
  Grant,
  WholeAccreditation,
} from './accreditations.types.ts';

/** What the page of an accreditation shows. */
export interface AccreditationView {
  readonly accreditation: WholeAccreditation;
  readonly events: readonly AccreditationEvent[];
  /** Names of the people in it, by id; empty where the reader is not told who. */
  readonly names: ReadonlyMap<string, string>;
  /** Revokes it, lowers and restores scopes. */
  readonly decides: boolean;
  /** Adds and removes clients. */
  readonly keepsClients: boolean;
  /** In whose name the reader revokes clients; null when in nobody's. */
  readonly revokesAs: 'consumer' | 'distributor' | null;
  readonly timeZone: string;
}

/** The page of an accreditation. */
export function accreditationPage(locale: Locale, view: AccreditationView): Page {
  const { accreditation, decides } = view;
  const words = accreditationsMessages(locale);
  const { one } = words;
  const { number, state, stage, purpose } = accreditation;
  const title = words.numbered(String(number));
  const isInForce = state === 'active';
  return {
    title,
    breadcrumbs: accreditationCrumbs(locale),
    main: html`<h1>${title}</h1>
${tags([accreditationTag(locale, state), stageTag(locale, stage)])}
<p class="socle-lead">${accreditation.organisationName}${locale === 'fr' ? '\u00A0' : ''}: ${purpose}</p>
<h2 id="facts">${one.facts}</h2>
${facts(locale, view)}
<h2 id="granted">${one.granted}</h2>
<p>${one.grantedLead}</p>
${grantsByApi(accreditation.grants).map((grants) => apiGrants(locale, view, grants))}
<h2 id="clients">${words.clients}</h2>
<p>${one.clientsLead}</p>
${clientsTable(locale, view)}
${
  view.keepsClients &&
  isInForce &&
  button({ text: one.addClient, href: accreditationAddress(number, '/clients/new'), kind: 'secondary' })
}
<h2 id="history">${one.history}</h2>
${history(locale, view)}
${
  decides &&
  isInForce &&
  buttonGroup([button({ text: one.revoke, href: accreditationAddress(number, '/revoke'), kind: 'warning' })])
}`,
  };
}

function facts(locale: Locale, { accreditation, names, timeZone }: AccreditationView): Html {
  const words = accreditationsMessages(locale);
  const { one } = words;
  const a = accreditation;
  const day = (moment: Date) => formatDate(locale, moment, timeZone);
  const decider = a.decidedBy === null ? undefined : names.get(a.decidedBy);
  return summaryList({
    rows: [
      { key: words.holder, value: a.organisationName },
      {
        key: one.request,
        value: html`<a href="/exchange/requests/${a.requestId}">${one.requestNumber(String(a.requestNumber))}</a>`,
      },
      { key: one.purpose, value: a.purpose },
      { key: one.legalBasis, value: a.legalBasis ?? one.noLegalBasis },
      {
        key: one.volume,
        value:
          a.declaredCallsPerDay === null
            ? one.noVolume
            : one.volumeOf(formatNumber(locale, a.declaredCallsPerDay)),
      },
      { key: one.hours, value: one.hoursOf(String(a.declaredFromHour), String(a.declaredToHour)) },
      {
        key: one.quota,
        value: a.quotaPerMinute === null ? one.ownQuota : one.quotaOf(formatNumber(locale, a.quotaPerMinute)),
      },
      { key: one.from, value: day(a.validFrom) },
      { key: words.validUntil, value: a.validUntil === null ? words.noEnd : day(a.validUntil) },
      ...(decider === undefined ? [] : [{ key: one.decidedBy, value: decider }]),
      ...(a.endedAt === null ? [] : [{ key: one.endedAt, value: day(a.endedAt) }]),
      ...(a.endReason === null ? [] : [{ key: one.endReason, value: a.endReason }]),
    ],
  });
}

/** What is granted of each API, in the order given. */
function grantsByApi(grants: readonly Grant[]): Grant[][] {
  const byApi = new Map<string, Grant[]>();
  for (const grant of grants) byApi.set(grant.apiId, [...(byApi.get(grant.apiId) ?? []), grant]);
  return [...byApi.values()];
}

function apiGrants(locale: Locale, view: AccreditationView, grants: readonly Grant[]): Html | null {
  const [first] = grants;
  if (!first) return null;
  const { one } = accreditationsMessages(locale);
  const acts = view.decides && view.accreditation.state === 'active';
  return html`<h3><a href="/apis/${first.apiSlug}">${first.apiName}</a></h3>
<p>${one.providedBy(first.producerName)}</p>
${table({
  locale,
  caption: `${one.granted}, ${first.apiName}`,
  captionHidden: true,
  columns: [
    { text: one.scope },
    { text: one.fields },
    { text: one.grantState },
    ...(acts ? [{ text: one.actions }] : []),
  ],
  rows: grants.map((grant) => [
    html`${grant.scopeTitle}${grant.isSensitive && html` ${tag({ text: one.sensitive, tone: 'warning' })}`}<br><code>${grant.scopeName}</code>`,
    html`<ul class="govuk-list">${grant.fields.map((field) => html`<li><code>${field}</code></li>`)}</ul>`,
    grantState(locale, view, grant),
    ...(acts ? [grantAction(locale, view, grant)] : []),
  ]),
})}`;
}

function grantState(
  locale: Locale,
  { timeZone }: AccreditationView,
  { withdrawnAt, withdrawalReason }: Grant,
): Html {
  const { one } = accreditationsMessages(locale);
  if (withdrawnAt === null) return tag({ text: one.isGranted, tone: 'good' });
  return html`${tag({ text: one.isWithdrawn(formatDate(locale, withdrawnAt, timeZone)), tone: 'bad' })}${withdrawalReason !== null && html`<br>${withdrawalReason}`}`;
}

function grantAction(
  locale: Locale,
  { accreditation: { number } }: AccreditationView,
  { scopeId, scopeName, withdrawnAt }: Grant,
): Html {
  const { one } = accreditationsMessages(locale);
  const path = withdrawnAt === null ? 'withdraw' : 'restore';
  return html`<a href="${accreditationAddress(number, `/scopes/${scopeId}/${path}`)}">${one[path]}<span class="govuk-visually-hidden"> ${scopeName}</span></a>`;
}

function clientsTable(locale: Locale, view: AccreditationView): Html {
  const { accreditation, keepsClients, revokesAs, timeZone } = view;
  const words = accreditationsMessages(locale);
  const { one } = words;
  const acts = keepsClients || revokesAs !== null;
  return table({
    locale,
    caption: words.clients,
    captionHidden: true,
    columns: [
      { text: one.clientName },
      { text: one.clientState },
      { text: one.since },
      ...(acts ? [{ text: one.actions }] : []),
    ],
    rows: accreditation.clients.map((client) => [
      html`${client.name}<br><code>${client.clientId}</code>`,
      clientState(locale, client, timeZone),
      formatDate(locale, client.addedAt, timeZone),
      ...(acts ? [clientActions(locale, view, client)] : []),
    ]),
    empty: keepsClients ? one.noClients : one.noClientsOfOthers,
  });
}

function clientState(locale: Locale, client: AccreditedClient, timeZone: string): Html {
  const { one } = accreditationsMessages(locale);
  const { revokedAt, revokedAs, serviceState } = client;
  if (revokedAt !== null && revokedAs !== null) {
    return html`${tag({ text: one.revoked(formatDate(locale, revokedAt, timeZone)), tone: 'bad' })}<br>${one.revokedBy[revokedAs]}`;
  }
  const calls = serviceState === 'production' || serviceState === 'test';
  return tag({ text: one.serviceStates[serviceState], tone: calls ? 'good' : 'bad' });
}

function clientActions(
  locale: Locale,
  { accreditation: { number, state }, keepsClients, revokesAs }: AccreditationView,
  { clientId, name, revokedAs }: AccreditedClient,
): Html {
  const { one } = accreditationsMessages(locale);
  const link = (path: string, text: string) =>
    html`<li><a href="${accreditationAddress(number, `/clients/${encodeURIComponent(clientId)}/${path}`)}">${text}<span class="govuk-visually-hidden"> ${name}</span></a></li>`;
  const mayLift = revokesAs === 'distributor' || (revokesAs === 'consumer' && revokedAs === 'consumer');
  return html`<ul class="govuk-list">${keepsClients && state === 'active' && link('remove', one.remove)}
${revokesAs !== null && revokedAs === null && link('revoke', one.revokeClient)}
${revokedAs !== null && mayLift && link('restore', one.restoreClient)}</ul>`;
}

function history(locale: Locale, { events, names, timeZone }: AccreditationView): Html {
  const words = accreditationsMessages(locale);
  if (events.length === 0) return html`<p>${words.one.noHistory}</p>`;
  return timeline({
    events: events.map(({ kind, at, byPerson, data }) => {
      const name = byPerson === null ? undefined : names.get(byPerson);
      return {
        title: words.events[kind],
        at: { iso: at.toISOString(), text: formatDateTime(locale, at, timeZone) },
        ...(name === undefined ? {} : { byline: words.one.by(name) }),
        description: details(locale, data),
      };
    }),
  });
}

function details(locale: Locale, data: AccreditationEvent['data']): Html | null {
  const words = accreditationsMessages(locale).eventDetails;
  const { number, scope, api, client, clientId, days, reason } = data;
  const sentences = [
    number === undefined ? null : words.replacedBy(number),
    scope === undefined ? null : words.scope(scope, api ?? ''),
    client === undefined ? null : words.client(client, clientId ?? ''),
    days === undefined ? null : words.days(days),
    reason === undefined ? null : words.reason(reason),
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}`;
}
