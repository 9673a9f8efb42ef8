// Pages of organisations: everyone reads them, administrators record and change them.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { changeOrganisation, recordOrganisation } from './organisations.actions.ts';
import { organisationFormPage, organisationPage, organisationsPage } from './organisations.pages.ts';
import {
  eachOrganisation,
  findOrganisation,
  listOrganisations,
  organisationsUnder,
  pageOfOrganisations,
} from './organisations.repository.ts';
import { idParams, organisationForm, organisationQuery } from './organisations.schemas.ts';
import type { Organisation, OrganisationInput, OrganisationKind } from './organisations.types.ts';
import { permissions } from './permissions.ts';

const PAGE_SIZE = 50;

const COLUMNS = ['id', 'kind', 'name', 'code', 'siret', 'parent_id', 'exists_from', 'exists_until'];

const EMPTY_FORM: OrganisationInput = {
  kind: '',
  name: '',
  code: '',
  siret: '',
  parentId: '',
  existsFrom: '',
  existsUntil: '',
};

function filterOf(query: { search?: string; kind?: '' | OrganisationKind }) {
  return { ...(query.search ? { search: query.search } : {}), ...(query.kind ? { kind: query.kind } : {}) };
}

function asForm(organisation: Organisation): OrganisationInput {
  const { kind, name, code, siret, parentId, existsFrom, existsUntil } = organisation;
  return {
    kind,
    name,
    code: code ?? '',
    siret: siret ?? '',
    parentId: parentId ?? '',
    existsFrom: existsFrom ?? '',
    existsUntil: existsUntil ?? '',
  };
}

/** `/organisations` and what is under it. */
export function organisationsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const read = { permission: permissions.readOrganisations, cache: 'public' } as const;
  const manage = { permission: permissions.manageOrganisations };

  async function organisationAt(id: string): Promise<Organisation> {
    const organisation = isUuid(id) ? await findOrganisation(db, id) : undefined;
    if (!organisation) throw notFound();
    return organisation;
  }

  app.get(
    '/organisations',
    { config: read, schema: { querystring: organisationQuery } },
    async (request, reply) => {
      const filter = filterOf(request.query);
      const number = request.query.page ?? 1;
      const { items, total } = await pageOfOrganisations(db, filter, { number, size: PAGE_SIZE });
      const page = organisationsPage(request.locale, {
        filter,
        items,
        total,
        page: { number, size: PAGE_SIZE },
        mayManage: isAllowed(permissions.manageOrganisations, request.actor),
      });
      return sendPage(reply, page);
    },
  );

  app.get(
    '/organisations.csv',
    { config: { permission: permissions.readOrganisations }, schema: { querystring: organisationQuery } },
    async (request, reply) => {
      const source = eachOrganisation(db, filterOf(request.query));
      return sendCsv(reply, 'organisations.csv', COLUMNS, rowsOf(source));
    },
  );

  app.get('/organisations/:id', { config: read, schema: { params: idParams } }, async (request, reply) => {
    const organisation = await organisationAt(request.params.id);
    const [parent, under] = await Promise.all([
      organisation.parentId ? findOrganisation(db, organisation.parentId) : undefined,
      organisationsUnder(db, organisation.id),
    ]);
    const page = organisationPage(request.locale, {
      organisation,
      parent: parent ?? null,
      under,
      mayManage: isAllowed(permissions.manageOrganisations, request.actor),
    });
    return sendPage(reply, page);
  });

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    before: Organisation | null,
    { typed, faults }: { typed: OrganisationInput; faults: FormFaults },
  ) {
    const parents = (await listOrganisations(db)).filter(({ id }) => id !== before?.id);
    const page = organisationFormPage(request.locale, {
      csrf: csrfField(request),
      before,
      typed,
      faults,
      parents,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/organisations/new', { config: manage }, async (request, reply) =>
    showForm(request, reply, null, { typed: EMPTY_FORM, faults: [] }),
  );

  app.post(
    '/organisations/new',
    { config: manage, schema: { body: organisationForm } },
    async (request, reply) => {
      const by = { kind: 'person', personId: actorOf(request).personId, role: 'administrator' } as const;
      const attempt = await attemptForm(() => recordOrganisation(kernel, by, request.body));
      if (attempt.done) return reply.redirect(`/organisations/${attempt.result.id}`, 303);
      return showForm(request, reply, null, { typed: request.body, faults: attempt.faults });
    },
  );

  app.get(
    '/organisations/:id/edit',
    { config: manage, schema: { params: idParams } },
    async (request, reply) => {
      const before = await organisationAt(request.params.id);
      return showForm(request, reply, before, { typed: asForm(before), faults: [] });
    },
  );

  app.post(
    '/organisations/:id/edit',
    { config: manage, schema: { params: idParams, body: organisationForm } },
    async (request, reply) => {
      const before = await organisationAt(request.params.id);
      const by = { kind: 'person', personId: actorOf(request).personId, role: 'administrator' } as const;
      const attempt = await attemptForm(() => changeOrganisation(kernel, by, before.id, request.body));
      if (attempt.done) return reply.redirect(`/organisations/${before.id}`, 303);
      return showForm(request, reply, before, { typed: request.body, faults: attempt.faults });
    },
  );
}

async function* rowsOf(organisations: AsyncIterable<Organisation>) {
  for await (const { id, kind, name, code, siret, parentId, existsFrom, existsUntil } of organisations) {
    yield [id, kind, name, code, siret, parentId, existsFrom, existsUntil];
  }
}
