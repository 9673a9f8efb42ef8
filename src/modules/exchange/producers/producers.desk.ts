// What of the exchange is on the desks of producers, of the distributor and of consumers: anomalies, and flows stopped.
import type { Actor } from '#platform/access.ts';
import { formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { flowInWords } from '../stops/stop-notices.mail.ts';
import { listStopsConcerning } from '../stops/stop-notices.repository.ts';
import { stopsMessages } from '../stops/stops.messages.ts';
import { listStops } from '../stops/stops.repository.ts';
import { producersOverseenBy, sideOf, stopStateAt } from '../stops/stops.rules.ts';
import type { Stop } from '../stops/stops.types.ts';
import { listAnomalies } from './anomalies.repository.ts';
import { anomalyFinding } from './anomaly-words.ts';
import { producersMessages } from './producers.messages.ts';

const SHOWN_ANOMALIES = 4;
const SHOWN_STOPS = 4;
/** How long a stop is news. */
const NEWS_MS = 14 * 86_400_000;

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The actor's part: at most thirteen items. */
export async function producerDeskItems(kernel: Needs, actor: Actor, locale: Locale): Promise<DeskItem[]> {
  const reach = producersOverseenBy(actor);
  const oversees = reach === 'all' || reach.length > 0;
  const consumers = actor.roles.flatMap(({ role, organisationId }) =>
    (role === 'api-consumer' || role === 'product-team') && organisationId !== null ? [organisationId] : [],
  );
  const [anomalies, ordered, suffered] = await Promise.all([
    oversees ? anomalyItems(kernel, actor, locale) : [],
    oversees ? orderedItems(kernel, actor, locale) : [],
    consumers.length > 0 ? consumerItems(kernel, consumers, locale) : [],
  ]);
  return [...anomalies, ...ordered, ...suffered];
}

async function anomalyItems({ db }: Needs, actor: Actor, locale: Locale): Promise<DeskItem[]> {
  const words = producersMessages(locale).desk;
  // Producers look at theirs; the distributor sees them in the room.
  const own = producersOverseenBy({
    ...actor,
    roles: actor.roles.filter(({ role }) => role === 'data-producer'),
  });
  const waiting = await listAnomalies(db, own, { waiting: true, limit: SHOWN_ANOMALIES + 1 });
  const items = waiting.slice(0, SHOWN_ANOMALIES).map(
    (anomaly): DeskItem => ({
      section: 'waiting',
      text: words.anomaly(anomaly.apiName),
      href: `/exchange/producer/anomalies/${anomaly.id}`,
      note: `${anomaly.organisationName}\u00A0– ${anomalyFinding(locale, anomaly)}`,
    }),
  );
  if (waiting.length > SHOWN_ANOMALIES) {
    items.push({
      section: 'waiting',
      text: words.more,
      href: '/exchange/producer/anomalies',
      note: words.moreNote,
    });
  }
  return items;
}

function stopItem({ clock, config }: Needs, locale: Locale, stop: Stop, href: string): DeskItem {
  const words = stopsMessages(locale).desk;
  const isInForce = stopStateAt(stop, clock.now()) === 'in-force';
  const since = isInForce ? stop.orderedAt : (stop.resumedAt ?? stop.endsAt ?? stop.orderedAt);
  return {
    section: 'changed',
    text: isInForce ? words.stopped(stop.apiName) : words.resumed(stop.apiName),
    href,
    note: words.stoppedNote(flowInWords(locale, stop), formatDateTime(locale, since, config.timeZone)),
  };
}

/** What the other side ordered: the distributor on a producer's API, a producer to the distributor's knowledge. */
async function orderedItems(kernel: Needs, actor: Actor, locale: Locale): Promise<DeskItem[]> {
  const now = kernel.clock.now();
  const stops = await listStops(
    kernel.db,
    producersOverseenBy(actor),
    {},
    { after: null, limit: SHOWN_STOPS * 4, now },
  );
  return stops
    .filter((stop) => sideOf(actor, stop.producerId) !== stop.orderedAs)
    .filter(({ orderedAt }) => orderedAt.getTime() > now.getTime() - NEWS_MS)
    .slice(0, SHOWN_STOPS)
    .map((stop) => stopItem(kernel, locale, stop, `/exchange/producer/stops/${stop.id}`));
}

/** Stops of flows that a consumer's accreditations open. */
async function consumerItems(
  kernel: Needs,
  organisationIds: readonly string[],
  locale: Locale,
): Promise<DeskItem[]> {
  const since = new Date(kernel.clock.now().getTime() - NEWS_MS);
  const stops = await listStopsConcerning(kernel.db, organisationIds, { since, limit: SHOWN_STOPS });
  return stops.map((stop) => stopItem(kernel, locale, stop, '/exchange/consumer'));
}
