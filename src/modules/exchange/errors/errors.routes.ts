// Pages and API that explain the refusals of the gateway.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { originAsked } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { entryPermissions } from '../entry/entry.permissions.ts';
import { GATEWAY_ERRORS, type GatewayErrorCode } from '../gateway-errors.ts';
import { errorPage, errorsPage } from './errors.pages.ts';

const params = Type.Object({ code: Type.String({ maxLength: 60 }) });
const words = Type.Object({ fr: Type.String(), en: Type.String() });
const refusal = Type.Object({
  code: Type.String(),
  status: Type.Integer(),
  title: words,
  explanation: words,
  remedy: words,
  page: Type.String(),
});

function knownCode(code: string): GatewayErrorCode {
  if (!Object.hasOwn(GATEWAY_ERRORS, code)) throw notFound();
  return code as GatewayErrorCode;
}

function asJson(code: GatewayErrorCode) {
  return { code, ...GATEWAY_ERRORS[code], page: `/exchange/errors/${code}` };
}

const CODES = Object.keys(GATEWAY_ERRORS) as GatewayErrorCode[];

/** `/exchange/errors`, and the same over the REST interface. */
export function errorsRoutes(untyped: FastifyInstance, { config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: entryPermissions.browseExchange };
  const tags = ['exchange'];

  app.get('/exchange/errors', { config: { ...config, cache: 'public' } }, (request, reply) =>
    sendPage(reply, errorsPage(request.locale)),
  );

  app.get('/exchange/errors.csv', { config, schema: { hide: true } }, ({ locale }, reply) => {
    const rows = CODES.map((code) => {
      const { status, title, explanation, remedy } = GATEWAY_ERRORS[code];
      return [code, status, title[locale], explanation[locale], remedy[locale]];
    });
    return sendCsv(reply, 'errors.csv', ['code', 'status', 'title', 'explanation', 'remedy'], rows);
  });

  app.get('/exchange/errors/:code', { config, schema: { params } }, (request, reply) => {
    const origin = originAsked(request, settings) ?? `http://localhost:${settings.port}`;
    return sendPage(reply, errorPage(request.locale, { code: knownCode(request.params.code), origin }));
  });

  app.get(
    '/api/v1/exchange/errors',
    {
      config,
      schema: {
        summary: 'List the refusals of the gateway, with what each means and what to do',
        tags,
        response: { 200: Type.Object({ items: Type.Array(refusal) }) },
      },
    },
    () => ({ items: CODES.map(asJson) }),
  );

  app.get(
    '/api/v1/exchange/errors/:code',
    {
      config,
      schema: { summary: 'Read one refusal of the gateway', tags, params, response: { 200: refusal } },
    },
    ({ params: { code } }) => asJson(knownCode(code)),
  );
}
