// From a page to the answer: the layout goes round it, with what the frame needs to know of the reader.
import type { FastifyReply } from 'fastify';
import { layout } from '#ui/layout.ts';
import { isAllowed } from '../access.ts';
import type { Translated } from '../i18n/locale.ts';
import type { NavigationItem } from '../module.ts';
import { csrfField } from './csrf.ts';
import type { Page } from './page.ts';

/** What stands round every page of one installation. */
export interface Frame {
  readonly navigation: readonly NavigationItem[];
  /** The sentence over the whole site, such as that its data is fictitious; null for none. */
  readonly banner: Translated | null;
}

declare module 'fastify' {
  interface FastifyInstance {
    frame: Frame;
  }
}

/** Sends `page` inside the layout, with `status` (200 unless told). */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  const { request } = reply;
  const { frame } = reply.server;
  const path = request.url.split('?')[0] ?? '/';
  const items = frame.navigation.filter((item) => isAllowed(item.permission, request.actor));
  // The one that the page says it lies under; else of those that lead here the one that leads nearer.
  const under = page.breadcrumbs?.[0]?.href;
  const [current] = items
    .map(({ href }) => href)
    .filter((href) => href === under || path === href || path.startsWith(`${href}/`))
    .sort((x, y) => Number(y === under) - Number(x === under) || y.length - x.length);
  const document = layout({
    locale: request.locale,
    page,
    path: request.url,
    navigation: items.map(({ href, text }) => ({
      href,
      text: text[request.locale],
      current: href === current,
    })),
    actorName: request.actor?.name ?? null,
    signOutField: request.actor ? csrfField(request) : null,
    banner: frame.banner?.[request.locale] ?? null,
  });
  return reply.code(status).type('text/html; charset=utf-8').send(document.toString());
}
