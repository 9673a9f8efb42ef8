// The sign-in pages of the demonstration providers: who there is to be, and one button each. They decide nothing.
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { searchBox } from '#ui/components/search-box.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { ASSURANCES, type Assurance } from '../hub/realms.ts';
import { roleName } from '../identity.messages.ts';
import { siretAsRead } from '../siret.rules.ts';
import { demonstrationProviderMessages } from './providers.messages.ts';
import type { DemonstrationAgent, DemonstrationCitizen } from './providers.types.ts';

/** What every sign-in page is given: its own address and the hidden field of its form. */
interface SignInPage {
  readonly action: string;
  readonly csrf: Html;
}

/** The way back to the service, without signing in; in a form of its own, so that Enter in the other never takes it. */
function wayBack(locale: Locale, { action, csrf }: SignInPage): Html {
  const words = demonstrationProviderMessages(locale).signIn;
  const content = button({ text: words.cancel, kind: 'secondary', name: 'cancel', value: 'yes' });
  return form({ action, csrf, content });
}

function rolesOf(locale: Locale, agent: DemonstrationAgent): string {
  return [...new Set(agent.roles)].map((role) => roleName(locale, role)).join(', ');
}

/** A person of a list: the button that is them, first in its row so that it stays in sight on a phone. */
function personButton(
  locale: Locale,
  { id, name, under }: { id: string; name: string; under: string[] },
): Html {
  const hiddenText = demonstrationProviderMessages(locale).signIn.enter;
  return html`${button({ text: name, hiddenText, kind: 'secondary', small: true, name: 'person', value: id })}${under.map((line) => html`<br><small>${line}</small>`)}`;
}

/** The ministry's page when the service told whom it expects: that person and one button. */
export function expectedAgentPage(
  locale: Locale,
  { agent, ...page }: SignInPage & { agent: DemonstrationAgent },
): Page {
  const { signIn: words, label } = demonstrationProviderMessages(locale);
  return {
    title: words.ministryTitle,
    main: html`<h1>${words.ministryTitle}</h1>
${warningText({ locale, text: label })}
<p>${words.recognised}</p>
${summaryList({
  rows: [
    { key: words.person, value: agent.name },
    { key: words.email, value: agent.email },
    { key: words.role, value: rolesOf(locale, agent) },
    { key: words.organisation, value: agent.organisationName ?? words.noOrganisation },
    {
      key: words.siret,
      value: agent.siret === null ? words.noSiret : siretAsRead(agent.siret),
    },
  ],
})}
${agent.trialOf !== null && inset(words.trialOf[agent.trialOf])}
${form({ action: page.action, csrf: page.csrf, content: button({ text: words.enterAsFull(agent.name), name: 'person', value: agent.id }) })}
<p><a href="${page.action}?q=">${words.another}</a></p>
${wayBack(locale, page)}`,
  };
}

/** The ministry's page: a search and the people found, `notKnown` being the address that the service expected in vain. */
export function agentsPage(
  locale: Locale,
  {
    search,
    notKnown,
    agents,
    more,
    forTrial,
    ...page
  }: SignInPage & {
    search: string;
    notKnown: string | null;
    agents: readonly DemonstrationAgent[];
    /** True when there are more than are shown. */
    more: boolean;
    forTrial: readonly DemonstrationAgent[];
  },
): Page {
  const { signIn: words, label } = demonstrationProviderMessages(locale);
  const person = ({ id, name, email }: DemonstrationAgent) =>
    personButton(locale, { id, name, under: [email] });
  const columns = (second: string) => [words.person, second, words.organisation].map((text) => ({ text }));
  return {
    title: words.ministryTitle,
    main: html`<h1>${words.ministryTitle}</h1>
${warningText({ locale, text: label })}
<p>${words.ministryLead}</p>
${notKnown !== null && inset(words.notKnown(notKnown))}
${searchBox({ locale, action: page.action, label: words.searchLabel, value: search })}
<h2>${words.agents}</h2>
${more && html`<p>${words.firstOnes(formatNumber(locale, agents.length))}</p>`}
${form({
  action: page.action,
  csrf: page.csrf,
  content: table({
    locale,
    caption: words.agents,
    captionHidden: true,
    columns: columns(words.role),
    empty: words.nobody,
    rows: agents.map((agent) => [
      person(agent),
      rolesOf(locale, agent),
      agent.organisationName ?? words.noOrganisation,
    ]),
  }),
})}
${
  forTrial.length > 0 &&
  html`<h2>${words.trial}</h2>
<p>${words.trialLead}</p>
${form({
  action: page.action,
  csrf: page.csrf,
  content: table({
    locale,
    caption: words.trial,
    captionHidden: true,
    columns: columns(words.refusalExpected),
    rows: forTrial.map((agent) => [
      person(agent),
      agent.trialOf !== null && tag({ text: words.trialOf[agent.trialOf], tone: 'warning' }),
      agent.organisationName ?? words.noOrganisation,
    ]),
  }),
})}`
}
${wayBack(locale, page)}`,
  };
}

/** The citizens' page: a level of assurance, `proposed` unless another is chosen, and the people. */
export function citizensPage(
  locale: Locale,
  {
    proposed,
    asked,
    citizens,
    ...page
  }: SignInPage & {
    proposed: Assurance;
    /** True when the service asked for `proposed`. */
    asked: boolean;
    citizens: readonly DemonstrationCitizen[];
  },
): Page {
  const { signIn: words, label } = demonstrationProviderMessages(locale);
  const place = ({ birthplace, birthcountry }: DemonstrationCitizen) =>
    birthplace === '' ? words.abroad(birthcountry) : words.commune(birthplace);
  return {
    title: words.citizenTitle,
    main: html`<h1>${words.citizenTitle}</h1>
${warningText({ locale, text: label })}
<p>${words.citizenLead}</p>
${form({
  action: page.action,
  csrf: page.csrf,
  content: html`${radios({
    locale,
    name: 'level',
    label: words.level,
    ...(asked && { hint: words.levelAsked(words.levels[proposed]) }),
    value: proposed,
    items: ASSURANCES.map((level) => ({
      value: level,
      text: words.levels[level],
      hint: words.levelHints[level],
    })),
  })}
<h2>${words.citizens}</h2>
${table({
  locale,
  caption: words.citizens,
  captionHidden: true,
  columns: [words.person, words.birth].map((text) => ({ text })),
  rows: citizens.map((citizen) => [
    personButton(locale, {
      id: citizen.id,
      name: `${citizen.givenNames} ${citizen.familyName}`,
      under: [...(citizen.usedName === undefined ? [] : [words.usedName(citizen.usedName)]), citizen.email],
    }),
    words.born[citizen.gender](formatDay(locale, citizen.birthdate), place(citizen)),
  ]),
})}`,
})}
${wayBack(locale, page)}`,
  };
}
