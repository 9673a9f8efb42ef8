// The first breadcrumb of the module.
import type { Locale } from '#platform/i18n/locale.ts';
import { supportEntryMessages } from './entry.messages.ts';

/** The first breadcrumb of every page of the module. */
export function supportCrumb(locale: Locale): { text: string; href: string } {
  return { text: supportEntryMessages(locale).title, href: '/support' };
}
