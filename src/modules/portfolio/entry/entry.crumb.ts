// The first breadcrumb of the module.
import type { Locale } from '#platform/i18n/locale.ts';
import { oversightMessages } from './entry.messages.ts';

/** The first breadcrumb of every page of the module. */
export function oversightCrumb(locale: Locale): { text: string; href: string } {
  return { text: oversightMessages(locale).title, href: '/oversight' };
}
