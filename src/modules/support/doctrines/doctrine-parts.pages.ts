// What several pages of doctrines and assessments draw: crumbs, tags, shares.
import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Breadcrumb } from '#ui/components/breadcrumbs.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import type { Conformity, ExemptionState, Rate } from './assessments.types.ts';
import { doctrinesMessages } from './doctrines.messages.ts';

const CONFORMITY_TONES: Record<Conformity, TagTone> = {
  conform: 'good',
  partly: 'warning',
  not: 'bad',
  'not-assessed': 'neutral',
};

const EXEMPTION_TONES: Record<ExemptionState, TagTone> = {
  asked: 'info',
  granted: 'good',
  refused: 'bad',
  expired: 'warning',
  withdrawn: 'bad',
};

/** The way back up from a page of doctrines. */
export function doctrineCrumbs(
  locale: Locale,
  doctrine?: { readonly word: string; readonly title: Readonly<Record<Locale, string>> },
): Breadcrumb[] {
  return [
    supportCrumb(locale),
    { text: doctrinesMessages(locale).title, href: '/support/doctrines' },
    ...(doctrine ? [{ text: doctrine.title[locale], href: `/support/doctrines/${doctrine.word}` }] : []),
  ];
}

/** The way back up from a page of assessments. */
export function assessmentCrumbs(
  locale: Locale,
  one?: { readonly id: string; readonly text: string },
): Breadcrumb[] {
  return [
    supportCrumb(locale),
    { text: doctrinesMessages(locale).assessments.title, href: '/support/assessments' },
    ...(one ? [{ text: one.text, href: assessmentAddress(one.id) }] : []),
  ];
}

/** The address of an assessment, or of a page under it. */
export function assessmentAddress(id: string, under = ''): string {
  return `/support/assessments/${id}${under}`;
}

/** What an assessment comes to. */
export function conformityTag(locale: Locale, conformity: Conformity): Html {
  return tag({
    text: doctrinesMessages(locale).conformities[conformity],
    tone: CONFORMITY_TONES[conformity],
  });
}

/** Where an exemption is. */
export function exemptionTag(locale: Locale, state: ExemptionState): Html {
  return tag({ text: doctrinesMessages(locale).exemptionStates[state], tone: EXEMPTION_TONES[state] });
}

/** A rate as a share, and the figures that it is of. */
export function writtenRate(locale: Locale, { conforming, of }: Rate): Html {
  if (of === 0) return html`–`;
  return html`${formatPercent(locale, conforming / of)} <span class="socle-secondary">(${formatNumber(locale, conforming)}/${formatNumber(locale, of)})</span>`;
}
