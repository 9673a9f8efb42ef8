// Languages: which there are, and dictionaries that hold the same words in each. No text of a page lives here.

/** The languages that every page and error is complete in, the first being the default. */
export const LOCALES = ['fr', 'en'] as const;

/** A language of the pages: French or English. */
export type Locale = (typeof LOCALES)[number];

/** The language of whoever states no preference. */
export const DEFAULT_LOCALE: Locale = 'fr';

/** One text in every language. */
export type Translated = Readonly<Record<Locale, string>>;

/** Tells whether `value` names a language of the pages. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** A dictionary's entry: a text, a list of texts, a sentence with gaps, or a group of entries. */
export type MessageTree = {
  readonly [key: string]: string | readonly string[] | ((...gaps: never[]) => string) | MessageTree;
};

const registered: { name: string; dictionaries: Record<Locale, MessageTree> }[] = [];

/**
 * Declares a dictionary in every language and returns the reader of it.
 * The French one gives the shape; a missing or extra English key is a type error, and the dictionary test
 * (test/dictionaries.test.ts) compares them once more at run time.
 */
export function defineMessages<M extends MessageTree>(
  name: string,
  dictionaries: { fr: M; en: NoInfer<M> },
): (locale: Locale) => M {
  registered.push({ name, dictionaries });
  return (locale) => dictionaries[locale];
}

/** Every dictionary declared so far, for the test that compares them. */
export function allMessages(): readonly { name: string; dictionaries: Record<Locale, MessageTree> }[] {
  return registered;
}

/**
 * The language asked for by an Accept-Language header (RFC 9110, section 12.5.4): the listed language of the
 * highest weight that the pages have, else French.
 */
export function localeOfAcceptLanguage(header: string | undefined): Locale {
  let best: { locale: Locale; weight: number } | undefined;
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const locale = range.split('-')[0];
    const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find(Boolean);
    const weight = quality === undefined ? 1 : Number(quality);
    if (isLocale(locale) && weight > 0 && weight > (best?.weight ?? 0)) best = { locale, weight };
  }
  return best?.locale ?? DEFAULT_LOCALE;
}
