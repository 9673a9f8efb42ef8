// What several pages of a service show: its state, its name with the way back, and the ways between its pages.
import type { Locale } from '#platform/i18n/locale.ts';
import { switcher } from '#ui/components/switcher.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, html } from '#ui/html.ts';
import { servicesMessages } from './services.messages.ts';
import type { NamedService, ServiceState } from './services.types.ts';

const TONES: Record<ServiceState, TagTone> = {
  test: 'info',
  production: 'good',
  suspended: 'bad',
  closed: 'neutral',
};

function tagsOf(
  locale: Locale,
  { state, isUnderReview }: Pick<NamedService, 'state' | 'isUnderReview'>,
): Html[] {
  const words = servicesMessages(locale);
  return [
    tag({ text: words.states[state], tone: TONES[state] }),
    ...(isUnderReview ? [tag({ text: words.underReview, tone: 'warning' })] : []),
  ];
}

/** The state of a service, and whether a request waits, for a row of a list. */
export function stateTags(locale: Locale, service: Pick<NamedService, 'state' | 'isUnderReview'>): Html {
  return html`${tagsOf(locale, service).map((one) => html`${one} `)}`;
}

/** The pages of a service. */
export type ServicePage = 'overview' | 'credentials' | 'connections' | 'review';

const PATHS: Record<ServicePage, string> = {
  overview: '',
  credentials: '/keys',
  connections: '/connections',
  review: '/review',
};

/** The head of one of a service's pages: its name, state, and the ways to its other pages. */
export function serviceHead(
  locale: Locale,
  service: NamedService,
  current: ServicePage | null,
  title?: string,
): Html {
  const words = servicesMessages(locale).one;
  return html`<h1>${title ?? service.name}</h1>
${tags(tagsOf(locale, service))}
${
  current !== null &&
  switcher({
    label: words.pages,
    items: (Object.keys(PATHS) as ServicePage[]).map((page) => ({
      text: words[page],
      href: `/services/${service.id}${PATHS[page]}`,
      current: page === current,
    })),
  })
}`;
}

/** The way back up from a page of a service. */
export function serviceCrumbs(locale: Locale, service?: NamedService): { text: string; href: string }[] {
  const { title } = servicesMessages(locale);
  return [
    { text: title, href: '/services' },
    ...(service ? [{ text: service.name, href: `/services/${service.id}` }] : []),
  ];
}
