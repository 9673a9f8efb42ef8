// The pages of provisioning: tokens, how to configure a directory, the last changes; and those around one token.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { pagesOf } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import type { Organisation } from '../organisations.types.ts';
import { provisioningMessages } from './provisioning.messages.ts';
import type { NamedScimToken, ScimTokenInput } from './scim-tokens.types.ts';
import type { ScimChange } from './scim-users.types.ts';

const PATH = '/provisioning';

/** Tokens, configuration, changes. `base` is the address of SCIM; null where no public address is known. */
export function provisioningPage(
  locale: Locale,
  {
    tokens,
    base,
    changes,
    total,
    page,
    mayReadPeople,
  }: {
    tokens: readonly NamedScimToken[];
    base: string | null;
    changes: readonly ScimChange[];
    total: number;
    page: { number: number; size: number };
    mayReadPeople: boolean;
  },
): Page {
  const words = provisioningMessages(locale);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<h2>${words.tokens}</h2>
<p>${words.tokensHelp}</p>
${button({ text: words.add, href: `${PATH}/tokens/new` })}
${tokensTable(locale, tokens)}
<h2>${words.changes}</h2>
${changesTable(locale, changes, mayReadPeople)}
${pagination({ locale, ...pagesOf(PATH, {}, page, total) })}
${configuration(locale, base)}`,
  };
}

function tokensTable(locale: Locale, tokens: readonly NamedScimToken[]): Html {
  const words = provisioningMessages(locale);
  return table({
    locale,
    caption: words.tokens,
    captionHidden: true,
    columns: [
      { text: words.name },
      { text: words.organisation },
      { text: words.ending },
      { text: words.createdAt },
      { text: words.lastUsedAt },
      { text: words.state },
      { text: words.actions },
    ],
    rows: tokens.map(({ id, name, organisationName, ending, createdAt, lastUsedAt, revokedAt }) => [
      name,
      organisationName,
      `…${ending}`,
      formatDate(locale, createdAt),
      lastUsedAt === null ? words.neverUsed : formatDateTime(locale, lastUsedAt),
      revokedAt === null
        ? tag({ text: words.valid, tone: 'good' })
        : tag({ text: words.revoked, tone: 'neutral' }),
      revokedAt === null &&
        html`<a href="${PATH}/tokens/${id}/revoke" aria-label="${words.revokeOf(name, organisationName)}">${words.revoke}</a>`,
    ]),
    empty: words.noTokens,
  });
}

function changesTable(locale: Locale, changes: readonly ScimChange[], mayReadPeople: boolean): Html {
  const words = provisioningMessages(locale);
  const state = ({ isActive, isDeleted }: ScimChange) => {
    if (isDeleted) return tag({ text: words.deleted, tone: 'neutral' });
    return isActive
      ? tag({ text: words.active, tone: 'good' })
      : tag({ text: words.inactive, tone: 'warning' });
  };
  return table({
    locale,
    caption: words.changes,
    captionHidden: true,
    columns: [
      { text: words.person },
      { text: words.organisation },
      { text: words.userName },
      { text: words.state },
      { text: words.changedAt },
    ],
    rows: changes.map((change) => [
      mayReadPeople ? html`<a href="/people/${change.personId}">${change.personName}</a>` : change.personName,
      change.organisationName,
      change.userName,
      state(change),
      formatDateTime(locale, change.changedAt),
    ]),
    empty: words.noChanges,
  });
}

function configuration(locale: Locale, base: string | null): Html {
  const words = provisioningMessages(locale);
  const { meanings } = words;
  const code = (text: string) => html`<code>${text}</code>`;
  return html`<h2>${words.configure}</h2>
<p>${words.configureHelp}</p>
${summaryList({
  rows: [
    { key: words.baseAddress, value: base === null ? words.noBaseAddress : code(base) },
    { key: words.authentication, value: words.authenticationValue },
    { key: words.notOffered, value: words.notOfferedValue },
  ],
})}
${table({
  locale,
  caption: words.mapping,
  columns: [{ text: words.attribute }, { text: words.meaning }],
  rows: [
    [code('userName'), meanings.userName],
    [code('externalId'), meanings.externalId],
    [code('emails[type eq "work"].value'), meanings.emails],
    [html`${code('displayName')}, ${code('name.givenName')}, ${code('name.familyName')}`, meanings.name],
    [code('active'), meanings.active],
    [html`${code('employeeNumber')}, ${code('department')}`, meanings.enterprise],
  ],
})}
<h3>${words.rulesTitle}</h3>
<p>${words.rules}</p>
<h3>${words.example}</h3>
<pre tabindex="0" role="region" aria-label="${words.exampleLabel}"><code>${exampleOf(base ?? 'https://socle.example/scim/v2')}</code></pre>`;
}

function exampleOf(base: string): string {
  return `curl -X POST ${base}/Users \\
  -H 'Authorization: Bearer scim_…' \\
  -H 'Content-Type: application/scim+json' \\
  -d '{"userName": "ana.roy@ministry.example", "displayName": "Ana Roy", "active": true}'`;
}

/** The form that makes a token. */
export function tokenFormPage(
  locale: Locale,
  {
    csrf,
    organisations,
    typed,
    faults,
  }: {
    csrf: Html;
    organisations: readonly Organisation[];
    typed: ScimTokenInput;
    faults: readonly FieldError[];
  },
): Page {
  const words = provisioningMessages(locale);
  return {
    title: words.add,
    hasErrors: faults.length > 0,
    breadcrumbs: [{ text: words.title, href: PATH }],
    main: html`${faultSummary(locale, faults)}
<h1>${words.add}</h1>
${form({
  action: `${PATH}/tokens/new`,
  csrf,
  content: html`${textInput({
    locale,
    name: 'name',
    label: words.name,
    hint: words.nameHint,
    value: typed.name,
    error: faultOf(locale, faults, 'name'),
  })}
${select({
  locale,
  name: 'organisationId',
  label: words.organisation,
  value: typed.organisationId,
  placeholder: true,
  items: organisations.map(({ id, name }) => ({ value: id, text: name })),
  error: faultOf(locale, faults, 'organisationId'),
})}
${buttonGroup([button({ text: words.save }), html`<a href="${PATH}">${words.cancel}</a>`])}`,
})}`,
  };
}

/** The page that shows a new token, once. */
export function tokenMadePage(locale: Locale, token: string): Page {
  const words = provisioningMessages(locale);
  return {
    title: words.madeTitle,
    breadcrumbs: [{ text: words.title, href: PATH }],
    main: html`<h1>${words.madeTitle}</h1>
${warningText({ locale, text: words.madeHelp })}
${inset(html`<code>${token}</code>`)}
${button({ text: words.back, href: PATH })}`,
  };
}

/** The page that asks before a token is revoked. */
export function tokenRevokePage(
  locale: Locale,
  { csrf, token: { id, name, organisationName, ending } }: { csrf: Html; token: NamedScimToken },
): Page {
  const words = provisioningMessages(locale);
  return {
    title: words.revokeTitle,
    breadcrumbs: [{ text: words.title, href: PATH }],
    main: html`<h1>${words.revokeTitle}</h1>
${summaryList({
  rows: [
    { key: words.name, value: name },
    { key: words.organisation, value: organisationName },
    { key: words.ending, value: html`<code>${ending}</code>` },
  ],
})}
${warningText({ locale, text: words.revokeWarning })}
${form({
  action: `${PATH}/tokens/${id}/revoke`,
  csrf,
  content: buttonGroup([
    button({ text: words.revokeConfirm, kind: 'warning' }),
    html`<a href="${PATH}">${words.cancel}</a>`,
  ]),
})}`,
  };
}
