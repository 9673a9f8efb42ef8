// The pages of the door: sign-in, second factor, invitation. They show what they are given and decide nothing.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { passwordInput } from '#ui/components/password-input.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html, nothing } from '#ui/html.ts';
import type { DemonstrationPerson } from './demonstration.types.ts';
import type { PeopleRealm } from './hub/realms.ts';
import { identityMessages } from './identity.messages.ts';
import { passkeyForm } from './passkey-form.pages.ts';

/** The sign-in page: in a demonstration, first the people whom one may be with one click. */
export function signInPage(
  locale: Locale,
  {
    csrf,
    email,
    people,
    realms,
    faults,
  }: {
    csrf: Html;
    email: string;
    people: readonly DemonstrationPerson[];
    /** The realms of the hub in which some provider signs people in. */
    realms: readonly PeopleRealm[];
    faults: readonly FieldError[];
  },
): Page {
  const words = identityMessages(locale).signIn;
  const withPassword = html`${form({
    action: '/sign-in',
    csrf,
    content: html`${textInput({ locale, name: 'email', label: words.email, type: 'email', value: email, autocomplete: 'username', spellcheck: false, error: faultOf(locale, faults, 'email') })}
${passwordInput({ locale, name: 'password', label: words.password, autocomplete: 'current-password', error: faultOf(locale, faults, 'password') })}
${button({ text: words.submit })}`,
  })}
${details({ summary: words.forgotten, content: html`<p>${words.forgottenHelp}</p>` })}`;
  return {
    title: words.title,
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
${people.length > 0 && demonstration(locale, csrf, people)}
${realms.length > 0 && throughTheHub(locale, realms)}
${(people.length > 0 || realms.length > 0) && html`<h2>${words.withPassword}</h2>`}
${withPassword}`,
  };
}

function throughTheHub(locale: Locale, realms: readonly PeopleRealm[]): Html {
  const { signIn: words } = identityMessages(locale);
  const choices = realms.map(
    (
      realm,
    ) => html`<li>${button({ text: words.realms[realm].enter, href: `/sign-in/with/${realm}`, kind: 'secondary' })}
<p class="govuk-hint">${words.realms[realm].help}</p></li>`,
  );
  return html`<h2>${words.throughTheHub}</h2>
<ul class="socle-choices">${choices}</ul>
<p><a href="/sign-in-providers">${words.providersState}</a></p>`;
}

function demonstration(locale: Locale, csrf: Html, people: readonly DemonstrationPerson[]): Html {
  const { signIn: words, roles } = identityMessages(locale);
  const isFirstOfRole = (person: DemonstrationPerson) =>
    people.find((other) => other.roles[0]?.role === person.roles[0]?.role) === person;
  const others = people.filter((person) => !isFirstOfRole(person));
  const list = (caption: string, listed: readonly DemonstrationPerson[]) =>
    table({
      locale,
      caption,
      captionHidden: true,
      columns: [
        { text: identityMessages(locale).common.role },
        { text: identityMessages(locale).common.organisation },
        { text: identityMessages(locale).common.actions },
      ],
      rows: listed.map((person) => [
        [...new Set(person.roles.map(({ role }) => roles[role]))].join(', '),
        person.roles[0]?.organisationName ?? identityMessages(locale).common.forOneself,
        button({
          text: words.enterAs(person.name),
          kind: 'secondary',
          small: true,
          name: 'personId',
          value: person.personId,
        }),
      ]),
    });
  return html`<h2>${words.demonstrationTitle}</h2>
<p>${words.demonstrationHelp}</p>
${form({
  action: '/sign-in/demonstration',
  csrf,
  content: html`${list(words.demonstrationTitle, people.filter(isFirstOfRole))}
${others.length > 0 && details({ summary: words.others(others.length), content: list(words.others(others.length), others) })}`,
})}`;
}

/** The page after the password of whoever has a second factor. */
export function secondFactorPage(
  locale: Locale,
  {
    csrf,
    passkeyOptions,
    faults,
  }: { csrf: Html; passkeyOptions: string | null; faults: readonly FieldError[] },
): Page {
  const words = identityMessages(locale).secondFactor;
  return {
    title: words.title,
    hasErrors: faults.length > 0,
    ...(passkeyOptions === null ? {} : { scripts: ['passkey.js'] }),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p>${words.lead}</p>
${
  passkeyOptions === null
    ? nothing
    : html`<h2>${words.passkeyTitle}</h2>
${passkeyForm(locale, { csrf, action: '/sign-in/second-factor/passkey', does: 'prove', options: passkeyOptions, submit: words.passkey })}`
}
<h2>${words.codeTitle}</h2>
${form({
  action: '/sign-in/second-factor',
  csrf,
  content: html`${textInput({ locale, name: 'code', label: words.code, hint: words.codeHint, autocomplete: 'one-time-code', spellcheck: false, width: 20, error: faultOf(locale, faults, 'code') })}
${button({ text: words.submit })}`,
})}
<p><a href="/sign-in">${words.startAgain}</a></p>`,
  };
}

/** The page of an invitation: its reader chooses a password. */
export function invitationPage(
  locale: Locale,
  {
    csrf,
    token,
    name,
    email,
    faults,
  }: { csrf: Html; token: string; name: string; email: string; faults: readonly FieldError[] },
): Page {
  const words = identityMessages(locale).invitation;
  return {
    title: words.title,
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p>${words.lead(name, email)}</p>
${form({
  action: `/sign-in/invitation/${token}`,
  csrf,
  content: html`<input type="text" name="username" value="${email}" autocomplete="username" readonly hidden>
${newPasswordFields(locale, faults)}
${button({ text: words.submit })}`,
})}`,
  };
}

/** The two fields of a new password. */
export function newPasswordFields(locale: Locale, faults: readonly FieldError[]): Html {
  const words = identityMessages(locale).invitation;
  return html`${passwordInput({ locale, name: 'password', label: words.password, hint: words.passwordHint, autocomplete: 'new-password', error: faultOf(locale, faults, 'password') })}
${passwordInput({ locale, name: 'repeated', label: words.repeated, autocomplete: 'new-password', error: faultOf(locale, faults, 'repeated') })}`;
}
