// The first step of the way back up from every page of the oversight.
import type { Locale } from '#platform/i18n/locale.ts';

/** The first breadcrumb of the pages of settings, opinions and audits. */
export function oversightCrumb(locale: Locale): { text: string; href: string } {
  return { text: { fr: 'Projets', en: 'Projects' }[locale], href: '/projects' };
}
