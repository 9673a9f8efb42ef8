// The pages of one's own account.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { SessionSummary } from '#platform/http/session-store.ts';
import { formatDate, formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { passwordInput } from '#ui/components/password-input.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { browserName } from './browser-name.rules.ts';
import { hubAccountsMessages } from './hub-accounts/hub-accounts.messages.ts';
import { identityMessages } from './identity.messages.ts';
import type { NamedMembership } from './memberships.types.ts';
import type { Person } from './people.types.ts';
import type { SecondFactors } from './second-factors.types.ts';
import { newPasswordFields } from './sign-in.pages.ts';

/** What the account's page shows. */
export interface AccountPageOptions {
  readonly csrf: Html;
  readonly person: Person;
  /** Those that run now. */
  readonly memberships: readonly NamedMembership[];
  /** True when a role does not count for want of a second factor. */
  readonly rolesAreHeldBack: boolean;
  readonly factors: SecondFactors;
  readonly passwordChangedAt: Date | null;
  readonly sessions: readonly SessionSummary[];
  /** The `idHash` of the session in which the page is read. */
  readonly thisSession: string;
}

/** One's own account. */
export function accountPage(locale: Locale, options: AccountPageOptions): Page {
  const words = identityMessages(locale).account;
  const { person, rolesAreHeldBack } = options;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
${rolesAreHeldBack && notificationBanner({ locale, kind: 'important', text: words.heldBack })}
<h2>${words.details}</h2>
${summaryList({
  rows: [
    { key: words.name, value: person.name },
    { key: words.email, value: person.email },
    { key: words.since, value: formatDate(locale, person.createdAt) },
  ],
})}
<h2>${words.memberships}</h2>
${memberships(locale, options.memberships)}
<h2>${words.password}</h2>
${password(locale, options)}
<h2>${words.factors}</h2>
${factors(locale, options)}
<h2>${words.sessions}</h2>
${sessions(locale, options)}
<p><a href="/account/connections">${hubAccountsMessages(locale).connections.title}</a></p>`,
  };
}

function memberships(locale: Locale, held: readonly NamedMembership[]): Html {
  const { account: words, common, roles } = identityMessages(locale);
  return table({
    locale,
    caption: words.memberships,
    captionHidden: true,
    columns: [
      { text: common.role },
      { text: common.organisation },
      { text: common.from },
      { text: common.until },
    ],
    rows: held.map(({ role, organisationName, startsAt, endsAt }) => [
      roles[role],
      organisationName ?? (role === 'citizen' ? common.forOneself : common.everywhere),
      formatDate(locale, startsAt),
      endsAt === null ? common.noEnd : formatDate(locale, endsAt),
    ]),
    empty: words.noMemberships,
  });
}

function password(locale: Locale, { passwordChangedAt, person }: AccountPageOptions): Html {
  const words = identityMessages(locale).account;
  return html`<p>${passwordChangedAt === null ? words.noPassword : words.passwordChangedOn(formatDate(locale, passwordChangedAt))}</p>
${!person.isFictitious && button({ text: words.changePassword, href: '/account/password', kind: 'secondary' })}`;
}

function factors(locale: Locale, { csrf, factors: had }: AccountPageOptions): Html {
  const { account: words, common } = identityMessages(locale);
  const date = (moment: Date) => formatDate(locale, moment);
  const remove = (factor: string, name: string) => ({
    href: `/account/second-factors/${factor}/remove`,
    text: common.remove,
    hiddenText: name,
  });
  const rows = [
    ...(had.totpSince === null
      ? []
      : [
          {
            key: words.totp,
            value: words.totpSince(date(had.totpSince)),
            actions: [remove('totp', words.totp)],
          },
        ]),
    ...had.passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      key: words.passkey(name),
      value: words.passkeyUse(date(createdAt), lastUsedAt && date(lastUsedAt)),
      actions: [remove(id, words.passkey(name))],
    })),
  ];
  return html`${rows.length === 0 ? html`<p>${words.noFactors}</p>` : summaryList({ rows })}
${button({ text: words.addFactor, href: '/account/second-factors/add', kind: 'secondary' })}
${
  rows.length > 0 &&
  html`<p>${words.codesLeft(had.recoveryCodesLeft)}</p>
${form({ action: '/account/recovery-codes', csrf, content: button({ text: words.renewCodes, kind: 'secondary' }) })}`
}`;
}

function sessions(locale: Locale, { csrf, sessions: open, thisSession }: AccountPageOptions): Html {
  const { account: words, common } = identityMessages(locale);
  const list = table({
    locale,
    caption: words.sessions,
    captionHidden: true,
    columns: [
      { text: words.device },
      { text: words.begun },
      { text: words.lastSeen },
      { text: common.actions },
    ],
    rows: open.map(({ idHash, userAgent, createdAt, lastSeenAt }) => {
      const device = browserName(userAgent) ?? words.unknownDevice;
      return [
        device,
        formatDateTime(locale, createdAt),
        formatDateTime(locale, lastSeenAt),
        idHash === thisSession
          ? tag({ text: words.thisSession, tone: 'info' })
          : button({
              text: words.endSession,
              hiddenText: device,
              kind: 'secondary',
              small: true,
              name: 'session',
              value: idHash,
            }),
      ];
    }),
  });
  if (open.length === 1) return html`<p>${words.sessionsHelp}</p>${list}`;
  return html`<p>${words.sessionsHelp}</p>
${form({
  action: '/account/sessions/end',
  csrf,
  content: html`${list}
${button({ text: words.endOthers, kind: 'secondary', name: 'session', value: 'others' })}`,
})}`;
}

/** The page that changes one's own password. */
export function changePasswordPage(
  locale: Locale,
  { csrf, faults }: { csrf: Html; faults: readonly FieldError[] },
): Page {
  const { account: words, common } = identityMessages(locale);
  return {
    title: words.changePassword,
    hasErrors: faults.length > 0,
    breadcrumbs: [{ text: words.title, href: '/account' }],
    main: html`${faultSummary(locale, faults)}
<h1>${words.changePassword}</h1>
${form({
  action: '/account/password',
  csrf,
  content: html`${passwordInput({ locale, name: 'current', label: common.confirmPassword, autocomplete: 'current-password', error: faultOf(locale, faults, 'current') })}
${newPasswordFields(locale, faults)}
${button({ text: common.save })}`,
})}`,
  };
}

/** The page that removes a second factor: `passkeyName` is null for the application. */
export function removeFactorPage(
  locale: Locale,
  {
    csrf,
    factor,
    passkeyName,
    asksPassword,
    faults,
  }: {
    csrf: Html;
    factor: string;
    passkeyName: string | null;
    asksPassword: boolean;
    faults: readonly FieldError[];
  },
): Page {
  const { account: words, common } = identityMessages(locale);
  const title = passkeyName === null ? words.removeTotpTitle : words.removePasskeyTitle(passkeyName);
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: [{ text: words.title, href: '/account' }],
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p>${words.removeHelp}</p>
${form({
  action: `/account/second-factors/${factor}/remove`,
  csrf,
  content: html`${asksPassword && passwordInput({ locale, name: 'current', label: common.confirmPassword, autocomplete: 'current-password', error: faultOf(locale, faults, 'current') })}
${button({ text: common.remove, kind: 'warning' })}`,
})}`,
  };
}
