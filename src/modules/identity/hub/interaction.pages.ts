// The pages of a sign-in: one's address, the choice of a provider, what is passed on, and why it did not succeed.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { inset } from '#ui/components/inset.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html, nothing } from '#ui/html.ts';
import type { Upstream } from '../upstreams/upstreams.types.ts';
import type { SignInRefusal } from './federation.types.ts';
import { hubMessages } from './hub.messages.ts';
import { type Assurance, isAtLeast } from './realms.ts';

/** What every page of a sign-in knows of it. */
export interface InteractionView {
  readonly locale: Locale;
  /** Address of the interaction, under which its forms are sent. */
  readonly base: string;
  readonly serviceName: string;
  readonly isTest: boolean;
}

// The address of an interaction is the secret that binds its forms to the browser: no other token is needed.
const NO_TOKEN = nothing;

function leaving(view: InteractionView, reason = ''): Html {
  const words = hubMessages(view.locale).signIn;
  return form({
    action: `${view.base}/abort`,
    csrf: NO_TOKEN,
    content: html`${hiddenFields({ reason })}${button({ text: words.back(view.serviceName), kind: 'secondary' })}`,
  });
}

function testNote(view: InteractionView): Html {
  return view.isTest ? inset(hubMessages(view.locale).signIn.test) : nothing;
}

/** Agents: asks for the work address. */
export function emailPage(
  view: InteractionView,
  { email, faults }: { email: string; faults: readonly FieldError[] },
): Page {
  const { locale } = view;
  const words = hubMessages(locale).signIn;
  const title = words.agentsTitle(view.serviceName);
  return {
    title,
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${testNote(view)}
<p>${words.agentsLead}</p>
${form({
  action: `${view.base}/email`,
  csrf: NO_TOKEN,
  content: html`${textInput({
    locale,
    name: 'email',
    label: words.email,
    hint: words.emailHint,
    type: 'email',
    value: email,
    autocomplete: 'email',
    spellcheck: false,
    error: faultOf(locale, faults, 'email'),
  })}
${button({ text: words.next })}`,
})}
${leaving(view)}
<p><a href="/sign-in-providers">${words.providersState}</a></p>`,
  };
}

function providerForm(view: InteractionView, upstream: Upstream, email: string, note: Html): Html {
  const words = hubMessages(view.locale).signIn;
  return html`<li>${form({
    action: `${view.base}/provider`,
    csrf: NO_TOKEN,
    content: html`${hiddenFields({ upstream: upstream.id, email })}
${button({ text: upstream.name })}
${note}${upstream.state === 'down' && html` ${tag({ text: words.down, tone: 'warning' })}`}`,
  })}</li>`;
}

/** Agents: several providers serve the domain, so the person chooses; or none does, and is told what to do. */
export function agentChoicePage(
  view: InteractionView,
  { email, domain, upstreams }: { email: string; domain: string; upstreams: readonly Upstream[] },
): Page {
  const words = hubMessages(view.locale).signIn;
  const title = upstreams.length > 0 ? words.choiceTitle : words.noneTitle;
  return {
    title,
    main: html`<h1>${title}</h1>
<p>${upstreams.length > 0 ? words.choiceLead(domain) : words.noneLead(domain)}</p>
${upstreams.length > 0 && html`<ul class="socle-choices">${upstreams.map((one) => providerForm(view, one, email, nothing))}</ul>`}
<p><a href="${view.base}">${words.another}</a></p>
${leaving(view)}`,
  };
}

/** Citizens: the choice of a provider, each with its level of assurance. */
export function citizenChoicePage(
  view: InteractionView,
  { upstreams, asked }: { upstreams: readonly Upstream[]; asked: Assurance | null },
): Page {
  const { signIn: words, assurances } = hubMessages(view.locale);
  const title = words.citizensTitle(view.serviceName);
  const suits = (upstream: Upstream) => asked === null || isAtLeast(upstream.bestAssurance, asked);
  return {
    title,
    main: html`<h1>${title}</h1>
${testNote(view)}
<p>${words.citizensLead}</p>
${asked !== null && html`<p>${words.asksLevel(assurances[asked])}</p>`}
${upstreams.length === 0 && html`<p>${words.noProviders}</p>`}
<ul class="socle-choices">
${upstreams.map((upstream) =>
  suits(upstream)
    ? providerForm(
        view,
        upstream,
        '',
        html`<p class="govuk-hint">${words.levelOf(assurances[upstream.bestAssurance])}</p>`,
      )
    : html`<li><p><strong>${upstream.name}</strong></p><p class="govuk-hint">${words.belowLevel}</p></li>`,
)}
</ul>
${leaving(view)}
<p><a href="/sign-in-providers">${words.providersState}</a></p>`,
  };
}

/** What a service will be told, to know (`information`) or to agree to (`consent`). */
export function passedOnPage(
  view: InteractionView,
  {
    organisationName,
    screen,
    passed,
  }: {
    organisationName: string;
    screen: 'information' | 'consent';
    passed: readonly { claim: string; value: string; reason: string }[];
  },
): Page {
  const { screen: words, claims: names } = hubMessages(view.locale);
  const title = words.title(view.serviceName);
  const lead =
    screen === 'consent' ? words.consentLead(organisationName) : words.informationLead(organisationName);
  return {
    title,
    main: html`<h1>${title}</h1>
${testNote(view)}
${
  passed.length === 0
    ? html`<p>${words.nothing}</p>`
    : html`<p>${lead}</p>
${table({
  locale: view.locale,
  caption: title,
  captionHidden: true,
  columns: [{ text: words.what }, { text: '' }, { text: words.why }],
  rows: passed.map(({ claim, value, reason }) => [
    names[claim as keyof typeof names] ?? claim,
    value,
    reason,
  ]),
})}
<p>${words.own}</p>`
}
${form({
  action: `${view.base}/accept`,
  csrf: NO_TOKEN,
  content: buttonGroup([
    button({ text: screen === 'consent' ? words.accept : words.continue(view.serviceName) }),
    button({ text: words.refuse, kind: 'secondary', formAction: `${view.base}/abort` }),
  ]),
})}`,
  };
}

/** Why the sign-in did not succeed, and what the person can do. */
export function refusalPage(
  view: InteractionView,
  {
    refusal,
    text,
    organisationName,
  }: {
    refusal: SignInRefusal;
    text: string | null;
    organisationName: string | null;
  },
): Page {
  const words = hubMessages(view.locale).refusal;
  const sentences: Readonly<Record<string, string>> = words.byCode;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p>${text ?? sentences[refusal] ?? ''}</p>
${organisationName !== null && html`<p>${words.waitingAt(organisationName)}</p>`}
<p>${button({ text: words.again, href: view.base })}</p>
${leaving(view, refusal)}
<p class="govuk-hint">${words.code} : <code>${refusal}</code></p>`,
  };
}
