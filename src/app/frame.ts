// What stands round every page of this installation: the navigation of all modules, and the word on fictitious data.
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import type { Frame } from '#platform/http/send-page.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Module } from '#platform/module.ts';

const FICTITIOUS: Translated = {
  fr: 'Ses organisations, ses personnes et ses chiffres sont inventés, sauf ceux marqués « Données publiées ».',
  en: 'Its organisations, people and figures are invented, except those marked “Published data”.',
};

/** The frame of an installation. Whether its data is fictitious is asked once: it never changes afterwards. */
export async function frameFor({ db }: Kernel, modules: readonly Module[]): Promise<Frame> {
  const banner = (await demonstrationIsLoaded(db)) ? FICTITIOUS : null;
  return { navigation: modules.flatMap(({ navigation = [] }) => navigation), banner };
}
