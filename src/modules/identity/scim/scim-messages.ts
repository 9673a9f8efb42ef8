// What a directory's request says, read with the library: a whole user, or a PATCH of one. It decides nothing.
import { invalidInput, isSocleError } from '#platform/errors.ts';
import { scimFilterRefused, scimPathRefused, scimSyntax } from './scim.errors.ts';
import { ENTERPRISE_SCHEMA, isWithinDepth, withBooleans } from './scim-attributes.rules.ts';
import { conditionsOf, maskFilter } from './scim-filter.rules.ts';
import { plainResource, type ScimLibrary, scimLibrary } from './scim-library.ts';
import { MOST_OPERATIONS, operationOn, operationsAsMeant } from './scim-patch.rules.ts';
import type { ScimFilter, ScimUser } from './scim-users.types.ts';

type Resource = Record<string, unknown>;

/** The body as an object that is not nested without end. Throws `identity.scim-syntax`. */
function objectIn(body: unknown): Resource {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw scimSyntax({}, { fr: 'un objet JSON est attendu.', en: 'a JSON object is expected.' });
  }
  if (!isWithinDepth(body)) {
    throw scimSyntax({}, { fr: 'il est imbriqué trop profondément.', en: 'it is nested too deeply.' });
  }
  return body as Resource;
}

/** Does `work` of the library, whose plain errors all mean that a value is not what its schema says. */
async function withLibrary<T>(work: (library: ScimLibrary) => T | Promise<T>): Promise<T> {
  const library = await scimLibrary();
  try {
    return await work(library);
  } catch (error) {
    if (isSocleError(error) || (error as Error).name === 'SCIMError') throw error;
    if (!(error instanceof TypeError)) throw error;
    const { message } = error;
    throw invalidInput({ fields: [{ field: '', text: { fr: message, en: message } }], cause: error });
  }
}

/** The user that a POST or a PUT describes. Throws `invalid-input`, `identity.scim-syntax` or the library's error. */
export function userInBody(body: unknown): Promise<Resource> {
  const sent = withBooleans(objectIn(body)) as Resource;
  return withLibrary(({ Schemas }) => {
    const { schemas } = sent;
    if (schemas !== undefined && !(Array.isArray(schemas) && schemas.includes(Schemas.User.id))) {
      throw scimSyntax(
        {},
        { fr: 'schemas doit nommer celui des utilisateurs.', en: 'schemas must name that of users.' },
      );
    }
    return plainResource(new Schemas.User(sent, 'in'));
  });
}

/** What a PATCH makes of a user. Throws `identity.scim-path-refused`, `invalid-input` or the library's error. */
export async function patchInBody(body: unknown): Promise<(user: ScimUser) => Promise<Resource>> {
  const sent = objectIn(body);
  if (Array.isArray(sent.Operations) && sent.Operations.length > MOST_OPERATIONS) {
    throw scimSyntax(
      {},
      { fr: `au plus ${MOST_OPERATIONS} opérations.`, en: `at most ${MOST_OPERATIONS} operations.` },
    );
  }
  const operations = await withLibrary(({ Messages }) => {
    const patch = new Messages.PatchOp(sent as unknown as ConstructorParameters<typeof Messages.PatchOp>[0]);
    return operationsAsMeant(patch.Operations);
  });
  if (operations === null) throw scimPathRefused();
  return (user) =>
    withLibrary(async ({ Messages, Schemas }) => {
      const { userName, externalId, isActive, attributes } = user;
      let resource = plainResource(
        new Schemas.User(
          { ...attributes, userName, active: isActive, ...(externalId !== null && { externalId }) },
          'both',
        ),
      );
      // One at a time, since what an operation means may depend on what those before it did.
      for (const operation of operations) {
        // The library removes parts of an extension, and not the whole.
        if (operation.op === 'remove' && operation.path === ENTERPRISE_SCHEMA) {
          delete resource[ENTERPRISE_SCHEMA];
          continue;
        }
        const step = new Messages.PatchOp({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [operationOn(resource, operation)],
        });
        const changed = await step.apply(new Schemas.User(resource, 'both'));
        if (changed) resource = plainResource(changed);
      }
      return resource;
    });
}

/** What a filter asks for; null for none. Throws `identity.scim-filter-refused`. */
export async function filterInQuery(filter: string | undefined): Promise<ScimFilter | null> {
  if (filter === undefined) return null;
  const masked = maskFilter(filter);
  if (!masked.ok) throw scimFilterRefused({}, masked.reason);
  const { Types } = await scimLibrary();
  let branches: object[];
  try {
    branches = [...new Types.Filter(masked.value.expression)] as object[];
  } catch (cause) {
    throw scimFilterRefused({ cause }, { fr: 'il ne se lit pas.', en: 'it cannot be read.' });
  }
  const read = conditionsOf(branches, masked.value.texts);
  if (!read.ok) throw scimFilterRefused({}, read.reason);
  return read.value;
}
