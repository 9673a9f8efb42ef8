// Cost tables over the REST interface: the same action as the form.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { seesFileDetail } from '../files/file-access.rules.ts';
import { fileAt } from '../files/file-at.ts';
import { FILES_API } from '../files/files.api.ts';
import { filesPermissions } from '../files/files.permissions.ts';
import { fileParams } from '../files/files.schemas.ts';
import { saveCosts } from './costs.actions.ts';
import { listCosts } from './costs.repository.ts';
import { centsAsInput, MOST_COST_LINES, totalsOf } from './costs.rules.ts';
import { ACTIVITIES, NATURES, RESOURCES } from './costs.types.ts';

const cents = Type.Integer({ minimum: -1e15, maximum: 1e15 });
const line = Type.Object({
  year: Type.Integer({ minimum: 0, maximum: 9999 }),
  activity: Type.Enum(ACTIVITIES),
  resource: Type.Enum(RESOURCES),
  nature: Type.Enum(NATURES),
  commitmentCents: cents,
  paymentCents: cents,
});
const costs = Type.Object({
  version: Type.Integer({
    description: 'The version of the file, to be sent back when the table is written.',
  }),
  totals: Type.Record(Type.String(), Type.Integer()),
  lines: Type.Array(line),
});
const body = Type.Object({
  version: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  fullCostCents: Type.Integer({
    minimum: -1e15,
    maximum: 1e15,
    description: 'Must equal the sum of the commitments.',
  }),
  reason: Type.String({
    maxLength: 10_000,
    default: '',
    description: 'Once submitted, when the sum changes.',
  }),
  lines: Type.Array(line, { maxItems: MOST_COST_LINES }),
});

/** `/api/v1/project-files/:id/costs`. */
export function costsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const path = `${FILES_API}/:id/costs`;
  const tags = ['project files'];

  async function answer(request: FastifyRequest, id: string) {
    const file = await fileAt(db, request.actor, id);
    if (!seesFileDetail(request.actor, file)) throw roleRequired();
    const lines = await listCosts(db, file.id);
    return { version: file.version, totals: { ...totalsOf(lines) }, lines };
  }

  app.get(
    path,
    {
      config: { permission: filesPermissions.readFiles },
      schema: {
        summary: 'The cost table of a file, for its ministry and the directorate',
        tags,
        params: fileParams,
        response: { 200: costs },
      },
    },
    (request) => answer(request, request.params.id),
  );

  app.put(
    path,
    {
      config: { permission: filesPermissions.draftFiles },
      schema: {
        summary: 'Write the cost table anew',
        tags,
        params: fileParams,
        body,
        response: { 200: costs },
      },
    },
    async (request) => {
      const { version, fullCostCents, reason, lines } = request.body;
      const typed = lines.map(({ year, commitmentCents, paymentCents, ...rest }) => ({
        ...rest,
        year: String(year),
        commitment: centsAsInput(commitmentCents),
        payment: centsAsInput(paymentCents),
      }));
      const table = { version, lines: typed, declaredTotal: centsAsInput(fullCostCents), reason };
      await saveCosts(kernel, actorOf(request), request.params.id, table);
      return answer(request, request.params.id);
    },
  );
}
