// Pages by which administrators record people, give and end roles, invite, close and reopen.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { invitePerson, invitePersonIn } from './invitations.actions.ts';
import { addMembership, endMembership } from './memberships.actions.ts';
import { listMembershipsOf } from './memberships.repository.ts';
import { givesItsRole } from './memberships.rules.ts';
import type { MembershipInput } from './memberships.types.ts';
import { listOrganisations } from './organisations.repository.ts';
import { idParams } from './organisations.schemas.ts';
import { changePerson, closeAccount, recordPersonIn, reopenAccount } from './people.actions.ts';
import { membershipFormPage, peoplePage, personFormPage, personPage } from './people.pages.ts';
import { findPerson, pageOfPeople } from './people.repository.ts';
import {
  invitationForm,
  membershipForm,
  membershipParams,
  peopleQuery,
  personForm,
  personQuery,
} from './people.schemas.ts';
import type { Person, PersonInput } from './people.types.ts';
import { permissions } from './permissions.ts';

const PAGE_SIZE = 50;

/** `/people` and what is under it. */
export function peopleRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: permissions.managePeople };
  const byWhom = (request: FastifyRequest): LedgerActor => ({
    kind: 'person',
    personId: actorOf(request).personId,
    role: 'administrator',
  });

  async function personAt(id: string): Promise<Person> {
    const person = isUuid(id) ? await findPerson(db, id) : undefined;
    if (!person) throw notFound();
    return person;
  }

  app.get('/people', { config, schema: { querystring: peopleQuery } }, async (request, reply) => {
    const { search, role, account, page: number = 1 } = request.query;
    const filter = {
      ...(search ? { search } : {}),
      ...(role ? { role } : {}),
      ...(account ? { account } : {}),
    };
    const now = clock.now();
    const { items, total } = await pageOfPeople(db, filter, { number, size: PAGE_SIZE }, now);
    const held = await listMembershipsOf(
      db,
      items.map(({ id }) => id),
    );
    const current = held.filter((membership) => givesItsRole(membership, now));
    const page = peoplePage(request.locale, {
      filter,
      items,
      memberships: current,
      total,
      page: { number, size: PAGE_SIZE },
    });
    return sendPage(reply, page);
  });

  function showPersonForm(
    request: FastifyRequest,
    reply: FastifyReply,
    before: Person | null,
    { typed, faults }: { typed: PersonInput; faults: FormFaults },
  ) {
    const page = personFormPage(request.locale, { csrf: csrfField(request), before, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/people/new', { config }, async (request, reply) =>
    showPersonForm(request, reply, null, {
      typed: { name: '', email: '', locale: request.locale },
      faults: [],
    }),
  );

  app.post('/people/new', { config, schema: { body: personForm } }, async (request, reply) => {
    const by = byWhom(request);
    const attempt = await attemptForm(() =>
      db.transaction().execute(async (trx) => {
        const person = await recordPersonIn(trx, clock.now(), by, request.body);
        await invitePersonIn(trx, kernel, by, person.id, { byMail: true, resetSecondFactors: false });
        return person;
      }),
    );
    if (attempt.done) return reply.redirect(`/people/${attempt.result.id}?invited=yes`, 303);
    return showPersonForm(request, reply, null, { typed: request.body, faults: attempt.faults });
  });

  app.get(
    '/people/:id',
    { config, schema: { params: idParams, querystring: personQuery } },
    async (request, reply) => {
      const wasInvited = request.query.invited === 'yes';
      return showPerson(request, reply, await personAt(request.params.id), { wasInvited, faults: [] });
    },
  );

  async function showPerson(
    request: FastifyRequest,
    reply: FastifyReply,
    person: Person,
    { wasInvited, faults }: { wasInvited: boolean; faults: FormFaults },
  ) {
    const page = personPage(request.locale, {
      csrf: csrfField(request),
      person,
      memberships: await listMembershipsOf(db, [person.id]),
      now: clock.now(),
      wasInvited,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  /** Does what a button of the person's page asks; a refusal is shown on that page. */
  async function press(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, next }: { id: string; next: string },
    work: () => Promise<unknown>,
  ) {
    const person = await personAt(id);
    const attempt = await attemptForm(work);
    if (attempt.done) return reply.redirect(next, 303);
    return showPerson(request, reply, person, { wasInvited: false, faults: attempt.faults });
  }

  app.get('/people/:id/edit', { config, schema: { params: idParams } }, async (request, reply) => {
    const before = await personAt(request.params.id);
    return showPersonForm(request, reply, before, { typed: before, faults: [] });
  });

  app.post(
    '/people/:id/edit',
    { config, schema: { params: idParams, body: personForm } },
    async (request, reply) => {
      const before = await personAt(request.params.id);
      const attempt = await attemptForm(() => changePerson(kernel, byWhom(request), before.id, request.body));
      if (attempt.done) return reply.redirect(`/people/${before.id}`, 303);
      return showPersonForm(request, reply, before, { typed: request.body, faults: attempt.faults });
    },
  );

  async function showMembershipForm(
    request: FastifyRequest,
    reply: FastifyReply,
    person: Person,
    { typed, faults }: { typed: MembershipInput; faults: FormFaults },
  ) {
    const organisations = await listOrganisations(db);
    const page = membershipFormPage(request.locale, {
      csrf: csrfField(request),
      person,
      organisations,
      typed,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/people/:id/memberships/new', { config, schema: { params: idParams } }, async (request, reply) => {
    const typed = { role: '', organisationId: '', from: '', until: '' };
    return showMembershipForm(request, reply, await personAt(request.params.id), { typed, faults: [] });
  });

  app.post(
    '/people/:id/memberships/new',
    { config, schema: { params: idParams, body: membershipForm } },
    async (request, reply) => {
      const person = await personAt(request.params.id);
      const attempt = await attemptForm(() =>
        addMembership(kernel, byWhom(request), person.id, request.body),
      );
      if (attempt.done) return reply.redirect(`/people/${person.id}`, 303);
      return showMembershipForm(request, reply, person, { typed: request.body, faults: attempt.faults });
    },
  );

  app.post(
    '/people/:id/memberships/:membershipId/end',
    { config, schema: { params: membershipParams } },
    async (request, reply) => {
      const { id, membershipId } = request.params;
      const ids = { personId: id, membershipId };
      return press(request, reply, { id, next: `/people/${id}` }, () =>
        endMembership(kernel, byWhom(request), ids),
      );
    },
  );

  app.post(
    '/people/:id/invitation',
    { config, schema: { params: idParams, body: invitationForm } },
    async (request, reply) => {
      const { id } = request.params;
      const way = { byMail: true, resetSecondFactors: request.body.resetFactors === 'yes' };
      const next = `/people/${id}?invited=yes`;
      return press(request, reply, { id, next }, () => invitePerson(kernel, byWhom(request), id, way));
    },
  );

  app.post('/people/:id/close', { config, schema: { params: idParams } }, async (request, reply) => {
    const { id } = request.params;
    return press(request, reply, { id, next: `/people/${id}` }, () =>
      closeAccount(kernel, byWhom(request), id),
    );
  });

  app.post('/people/:id/reopen', { config, schema: { params: idParams } }, async (request, reply) => {
    const { id } = request.params;
    return press(request, reply, { id, next: `/people/${id}` }, () =>
      reopenAccount(kernel, byWhom(request), id),
    );
  });
}
