// The statistics addresses of the demonstration State's products, as one small HTTP server on loopback: what a source reads
// there is computed for each day, and grows by one a day.

import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inventedId } from '#modules/identity/public.ts';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { type LoopbackServer, serveOnLoopback } from '#platform/http/loopback-server.ts';
import type { Kernel } from '#platform/kernel.ts';
import { inventedValue } from '../indicators/indicators.demonstration.ts';
import { INVENTED_INDICATORS, type InventedIndicator } from '../indicators/indicators.demonstration-data.ts';
import { findIndicators } from '../indicators/indicators.repository.ts';

/** Days that a product publishes: until yesterday, since a day counts once it is over. */
const PUBLISHED_DAYS = 90;
const DAY_MS = 86_400_000;

/** Where a product publishes the statistics of an indicator, under the server's origin. */
export function statisticsPath({ word, publishes }: InventedIndicator): string {
  return `/${word}/statistiques.${publishes ?? ''}`;
}

/**
 * Starts the products' server. One whose series ended some time ago is not there any more, as happens when a site is made
 * anew: its address answers 404. Rejects with the system's error (`EADDRINUSE`) when the port is taken.
 */
export async function startDemonstrationProducts(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  port: number,
): Promise<LoopbackServer> {
  const standing = INVENTED_INDICATORS.filter(({ publishes, endsMonthsAgo }) => publishes && !endsMonthsAgo);
  const loaded = await findIndicators(
    db,
    standing.map(({ word }) => inventedId('indicator', word)),
  );
  const published = standing.flatMap((invented) => {
    const indicator = loaded.find(({ id }) => id === inventedId('indicator', invented.word));
    return indicator ? [{ invented, first: dayIn(indicator.createdAt, config.timeZone) }] : [];
  });
  return serveOnLoopback((request, response) => {
    const path = URL.parse(request.url ?? '', 'http://product.example')?.pathname;
    const found = published.find(({ invented }) => statisticsPath(invented) === path);
    if (!found) return response.writeHead(404).end();
    answer(request, response, found.invented, daysOf(found, dayIn(clock.now(), config.timeZone)));
  }, port);
}

interface PublishedDay {
  readonly jour: string;
  readonly valeur: number;
}

function daysOf(
  { invented, first }: { readonly invented: InventedIndicator; readonly first: string },
  today: string,
): PublishedDay[] {
  return Array.from({ length: PUBLISHED_DAYS }, (_, at) => {
    const jour = daysBefore(today, PUBLISHED_DAYS - at);
    const passed = (Date.parse(jour) - Date.parse(first)) / DAY_MS;
    return { jour, valeur: inventedValue(invented, 'measured', passed) };
  });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { subject, publishes }: InventedIndicator,
  days: readonly PublishedDay[],
): void {
  request.resume();
  const isJson = publishes === 'json';
  const body = isJson
    ? JSON.stringify({ produit: subject, statistiques: days })
    : `jour;valeur\n${days.map(({ jour, valeur }) => `${jour};${valeur}\n`).join('')}`;
  const etag = `"${hash('sha256', body).slice(0, 32)}"`;
  response.setHeader('etag', etag);
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('content-type', `${isJson ? 'application/json' : 'text/csv'}; charset=utf-8`);
  response.end(body);
}
