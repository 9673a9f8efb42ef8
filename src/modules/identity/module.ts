// The identity module, as the application mounts it: people, organisations, roles, and the door.
import type { Module } from '#platform/module.ts';
import { accountRoutes } from './account.routes.ts';
import { loadDemonstration } from './demonstration.ts';
import { glance } from './glance.ts';
import { forgetOldAttempts } from './identity.jobs.ts';
import { identityMessages } from './identity.messages.ts';
import { meApi } from './me.api.ts';
import { organisationsApi } from './organisations.api.ts';
import { organisationsRoutes } from './organisations.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { permissions } from './permissions.ts';
import { addFactorRoutes } from './second-factors.routes.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { userCommands } from './user.commands.ts';

const words = { fr: identityMessages('fr'), en: identityMessages('en') };

/** People, organisations, memberships and sign-in. */
export const identity: Module = {
  name: 'identity',
  imports: [],
  migrations: new URL('./migrations/', import.meta.url),
  permissions: Object.values(permissions),
  navigation: [
    {
      href: '/organisations',
      text: { fr: words.fr.organisations.navigation, en: words.en.organisations.navigation },
      permission: permissions.manageOrganisations,
    },
    {
      href: '/people',
      text: { fr: words.fr.people.navigation, en: words.en.people.navigation },
      permission: permissions.managePeople,
    },
  ],
  scripts: { 'passkey.js': new URL('./passkey.client.js', import.meta.url) },
  jobs: [forgetOldAttempts],
  routes(app, kernel) {
    signInRoutes(app, kernel);
    addFactorRoutes(app, kernel);
    accountRoutes(app, kernel);
    organisationsRoutes(app, kernel);
    organisationsApi(app, kernel);
    peopleRoutes(app, kernel);
    meApi(app);
  },
  glance,
  commands: userCommands,
  demonstration: loadDemonstration,
};
