// The identity module's figure on the home page: the organisations that the platform knows. It decides nothing.
import { formatNumber } from '#platform/i18n/format.ts';
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { GlanceFigure } from '#platform/module.ts';
import { demonstrationIsLoaded } from './demonstration.repository.ts';
import { pageOfOrganisations } from './organisations.repository.ts';

const glanceMessages = defineMessages('identity-glance', {
  fr: {
    title: 'Organisations',
    explanation: (ministries: string) =>
      `Administrations, collectivités, entreprises et associations connues de la plateforme, dont ${ministries} ministères.`,
    measured: 'Compté dans l’annuaire de cette installation',
    demonstration: 'État fictif de démonstration',
    link: 'Voir les organisations',
  },
  en: {
    title: 'Organisations',
    explanation: (ministries: string) =>
      `Administrations, local authorities, companies and associations that the platform knows, ${ministries} ministries among them.`,
    measured: 'Counted in the directory of this installation',
    demonstration: 'Fictitious demonstration State',
    link: 'Open the organisations',
  },
});

/** How many organisations there are; null while there is none. */
export async function glance({ db }: Pick<Kernel, 'db'>, locale: Locale): Promise<GlanceFigure | null> {
  const first = { number: 1, size: 1 };
  const [all, ministries, isDemonstration] = await Promise.all([
    pageOfOrganisations(db, {}, first),
    pageOfOrganisations(db, { kind: 'ministry' }, first),
    demonstrationIsLoaded(db),
  ]);
  if (all.total === 0) return null;
  const words = glanceMessages(locale);
  return {
    title: words.title,
    value: formatNumber(locale, all.total),
    explanation: words.explanation(formatNumber(locale, ministries.total)),
    trend: [],
    origin: isDemonstration ? 'demonstration' : 'measured',
    source: isDemonstration ? words.demonstration : words.measured,
    link: { href: '/organisations', text: words.link },
  };
}
