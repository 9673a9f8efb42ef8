// The public pages of doctrines: the list, and one with its criteria, versions and difference.
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import type { SeenAssessment } from './assessment-at.ts';
import { assessmentAddress, conformityTag, doctrineCrumbs, writtenRate } from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import type { ListedDoctrine } from './doctrines.repository.ts';
import type { Criterion, Doctrine, DoctrineVersion } from './doctrines.types.ts';
import { differenceOf } from './versions.rules.ts';

/** Every doctrine, with the version in force. */
export function doctrinesPage(
  locale: Locale,
  { doctrines, showsDrafts }: { doctrines: readonly ListedDoctrine[]; showsDrafts: boolean },
): Page {
  const words = doctrinesMessages(locale);
  return {
    title: words.title,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.doctrine },
    { text: words.steward },
    { text: words.inForce },
    { text: words.criteriaCount, numeric: true },
  ],
  rows: doctrines.map(({ word, title, summary, steward, inForce, hasDraft }) => [
    html`<a href="/support/doctrines/${word}">${title[locale]}</a><br><span class="socle-secondary">${summary[locale]}</span>`,
    steward,
    html`${inForce === null ? words.none : html`${words.version(inForce.number)}<br><span class="socle-secondary">${words.since(formatDay(locale, inForce.from))}</span>`}${showsDrafts && hasDraft && html`<br>${tag({ text: words.hasDraft, tone: 'info' })}`}`,
    formatNumber(locale, inForce?.criteria ?? 0),
  ]),
  empty: words.noDoctrines,
})}
${dataLinks({ locale, csv: '/support/doctrines.csv', json: '/api/v1/support/doctrines', about: words.title })}`,
  };
}

/** What the page of a doctrine shows. */
export interface DoctrineView {
  readonly csrf: Html | null;
  readonly doctrine: Doctrine;
  /** Newest first; drafts only for those who write them. */
  readonly versions: readonly DoctrineVersion[];
  readonly shown: DoctrineVersion | null;
  readonly published: readonly SeenAssessment[];
  readonly may: { readonly publish: boolean; readonly assess: boolean };
}

/** A doctrine: the criteria of one version, the versions, what it changed of the one before. */
export function doctrinePage(locale: Locale, view: DoctrineView): Page {
  const words = doctrinesMessages(locale);
  const { doctrine, versions, shown, may } = view;
  const path = `/support/doctrines/${doctrine.word}`;
  const before =
    shown && versions.find(({ number, state }) => state !== 'draft' && number === shown.number - 1);
  return {
    title: doctrine.title[locale],
    breadcrumbs: doctrineCrumbs(locale),
    main: html`<h1>${doctrine.title[locale]}</h1>
<p class="socle-lead">${doctrine.summary[locale]}</p>
<p>${words.steward}${locale === 'fr' ? '\u00A0' : ''}: ${doctrine.steward}</p>
${may.assess && button({ text: words.assessYours, href: `/support/assessments/new?doctrine=${doctrine.word}` })}
${draftActions(locale, view)}
${
  shown &&
  html`<h2>${words.version(shown.number)}</h2>
${shown.state === 'replaced' && inset(html`${words.notInForce} <a href="${path}">${words.seeInForce}</a>`)}
<p>${words.appliesFrom(formatDay(locale, shown.from))} ${shown.changes[locale]}</p>
${criteriaTable(locale, shown.criteria, words.criteria)}
${dataLinks({ locale, csv: `${path}/criteria.csv?version=${shown.number}`, json: `/api/v1/support/doctrines/${doctrine.word}`, about: words.criteria })}`
}
${shown && before && differenceTable(locale, before, shown)}
<h2>${words.versions}</h2>
${table({
  locale,
  caption: words.versions,
  captionHidden: true,
  columns: [{ text: words.versionColumn }, { text: words.changes }],
  rows: versions
    .filter(({ state }) => state !== 'draft')
    .map(({ number, state, from, changes }) => [
      html`<a href="${path}?version=${number}">${words.version(number)}</a> ${tag({ text: words.versionStates[state], tone: state === 'published' ? 'good' : 'neutral' })}<br><span class="socle-secondary">${words.since(formatDay(locale, from))}</span>`,
      changes[locale],
    ]),
  empty: words.none,
})}
<h2>${words.publishedAssessments}</h2>
${publishedTable(locale, view.published)}
${dataLinks({ locale, csv: `${path}/assessments.csv`, json: `/api/v1/support/published-assessments?doctrine=${doctrine.word}`, about: words.publishedAssessments })}`,
  };
}

function draftActions(locale: Locale, { may, versions, doctrine, csrf }: DoctrineView): Html | null {
  if (!may.publish) return null;
  const words = doctrinesMessages(locale);
  const path = `/support/doctrines/${doctrine.word}/draft`;
  if (versions.some(({ state }) => state === 'draft'))
    return button({ text: words.openDraft, href: path, kind: 'secondary' });
  return form({
    action: `${path}/begin`,
    csrf,
    content: button({ text: words.begin, kind: 'secondary' }),
  });
}

function criteriaTable(locale: Locale, criteria: readonly Criterion[], caption: string): Html {
  const words = doctrinesMessages(locale);
  return table({
    locale,
    caption,
    captionHidden: true,
    columns: [{ text: words.criterion }, { text: words.weightAndCheck }],
    rows: criteria.map(({ code, text, weight, checkedBy, source }) => [
      html`<strong>${code}</strong> ${text[locale]}<br><span class="socle-secondary">${source}</span>`,
      html`${tag({ text: words.weights[weight], tone: weight === 'essential' ? 'info' : 'neutral' })}<br><span class="socle-secondary">${words.checks[checkedBy]}</span>`,
    ]),
  });
}

function differenceTable(locale: Locale, before: DoctrineVersion, after: DoctrineVersion): Html {
  const words = doctrinesMessages(locale);
  const { added, removed, changed } = differenceOf(before.criteria, after.criteria);
  const said = ({ text, weight, checkedBy, source }: Criterion) =>
    html`${text[locale]}<br><span class="socle-secondary">${words.weights[weight]}, ${words.checks[checkedBy].toLowerCase()}. ${source}</span>`;
  const named = ({ code }: Criterion, what: 'added' | 'removed' | 'changed', tone: TagTone) =>
    html`${code} ${tag({ text: words[what], tone })}`;
  const caption = words.difference(before.number);
  return html`<h2>${caption}</h2>
${table({
  locale,
  caption,
  captionHidden: true,
  columns: [{ text: words.criterion }, { text: words.changes }],
  rows: [
    ...changed.map((one) => [
      named(one.after, 'changed', 'warning'),
      html`${said(one.after)}<br>${words.was} ${said(one.before)}`,
    ]),
    ...added.map((one) => [named(one, 'added', 'good'), said(one)]),
    ...removed.map((one) => [named(one, 'removed', 'bad'), said(one)]),
  ],
  empty: words.sameCriteria,
})}`;
}

function publishedTable(locale: Locale, published: readonly SeenAssessment[]): Html {
  const words = doctrinesMessages(locale);
  const { assessments } = words;
  return table({
    locale,
    caption: words.publishedAssessments,
    captionHidden: true,
    columns: [
      { text: assessments.subject },
      { text: assessments.conformity },
      { text: assessments.declared, numeric: true },
      { text: assessments.evidenced, numeric: true },
    ],
    rows: published.map(({ id, subjectName, organisationName, findings }) => [
      html`<a href="${assessmentAddress(id)}">${subjectName}</a><br><span class="socle-secondary">${organisationName}</span>`,
      conformityTag(locale, findings.conformity),
      writtenRate(locale, findings.declared),
      writtenRate(locale, findings.evidenced),
    ]),
    empty: words.publishedNone,
  });
}
