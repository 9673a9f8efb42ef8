// The first breadcrumb of the module.
import type { Locale } from '#platform/i18n/locale.ts';
import { impactEntryMessages } from './entry.messages.ts';

/** The first breadcrumb of every page of the module. */
export function impactCrumb(locale: Locale): { text: string; href: string } {
  return { text: impactEntryMessages(locale).title, href: '/impact' };
}
