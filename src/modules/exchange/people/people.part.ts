// The person's room as a part of the module.
import type { Part } from '#platform/parts.ts';
import { peopleApi } from './people.api.ts';
import { consumerQuestionItems, personDeskItems } from './people.desk.ts';
import { peoplePermissions } from './people.permissions.ts';
import { ownAccessesRoutes } from './people.routes.ts';
import { questionsRoutes } from './questions.routes.ts';

/** Who obtained which data about a person, and what that person asks about it. */
export const peoplePart: Part = {
  permissions: Object.values(peoplePermissions),
  routes(app, kernel) {
    ownAccessesRoutes(app, kernel);
    questionsRoutes(app, kernel);
    peopleApi(app, kernel);
  },
  async desk(kernel, actor, locale) {
    const own = await personDeskItems(kernel, actor, locale);
    return [...own, ...(await consumerQuestionItems(kernel, actor, locale))];
  },
};
