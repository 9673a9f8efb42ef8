// The words of sign-in providers' pages, put together, and those that say what is wrong with a provider.
import { defineMessages, LOCALES, type Translated } from '#platform/i18n/locale.ts';
import type { DiscoveryLook } from './upstream-discovery.types.ts';
import { DISCOVERY_FAULTS } from './upstream-discovery.types.ts';
import { en } from './upstreams.messages.en.ts';
import { fr } from './upstreams.messages.fr.ts';

/** The words in `locale`. */
export const upstreamsMessages = defineMessages('identity.upstreams', { fr, en });

/** What is wrong with what a provider says of itself, and what to do. The detail is the protocol's own words. */
export function faultOfLook(look: DiscoveryLook & { fault: string }): Translated {
  const [french, english] = LOCALES.map((locale) => {
    const { faults, detail } = upstreamsMessages(locale);
    return `${faults[look.fault]} ${detail(look.detail.slice(0, 200))}`;
  });
  return { fr: french ?? '', en: english ?? '' };
}

/** A recorded fault (`word: detail`) in a few words; as it stands when its word is none of ours. */
export function faultAsRead(locale: 'fr' | 'en', recorded: string): string {
  const word = DISCOVERY_FAULTS.find((fault) => recorded.startsWith(`${fault}: `));
  if (word === undefined) return recorded;
  const { faultNames, detail } = upstreamsMessages(locale);
  return `${faultNames[word]} ${detail(recorded.slice(word.length + 2))}`;
}
