// The identity module, as the application mounts it: people, organisations, roles, and the door.
import type { Module } from '#platform/module.ts';
import { accountRoutes } from './account.routes.ts';
import { loadDemonstration } from './demonstration.ts';
import { loadDemonstrationHub } from './demonstration-hub.ts';
import { demonstrationProviderPermissions } from './demonstration-providers/providers.permissions.ts';
import { demonstrationProvidersRoutes } from './demonstration-providers/providers.routes.ts';
import { glance } from './glance.ts';
import { hubPermissions } from './hub/hub.permissions.ts';
import { hubProtocols, hubRoutes } from './hub/hub.routes.ts';
import { openHub } from './hub/hub.ts';
import { ownSignInRoutes } from './hub/own-sign-in.routes.ts';
import { endHubSessionsOfPerson } from './hub-accounts/closing.ts';
import { hubCommands } from './hub-accounts/hub.commands.ts';
import { hubJobs } from './hub-accounts/hub.jobs.ts';
import { hubAccountsMessages } from './hub-accounts/hub-accounts.messages.ts';
import { hubAccountsPermissions } from './hub-accounts/hub-accounts.permissions.ts';
import { hubAccountsApi, hubAccountsRoutes } from './hub-accounts/hub-accounts.routes.ts';
import { linksDesk } from './hub-accounts/links-desk.ts';
import { forgetOldAttempts } from './identity.jobs.ts';
import { identityMessages } from './identity.messages.ts';
import { meApi } from './me.api.ts';
import { organisationsApi } from './organisations.api.ts';
import { organisationsRoutes } from './organisations.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { permissions } from './permissions.ts';
import { provisioningMessages } from './scim/provisioning.messages.ts';
import { provisioningRoutes } from './scim/provisioning.routes.ts';
import { scimPermissions } from './scim/scim.permissions.ts';
import { scimRoutes } from './scim/scim.routes.ts';
import { addFactorRoutes } from './second-factors.routes.ts';
import { resourcesRoutes } from './services/resources.routes.ts';
import { servicesApi } from './services/services.api.ts';
import { servicesDesk } from './services/services.desk.ts';
import { servicesMessages } from './services/services.messages.ts';
import { servicesPermissions } from './services/services.permissions.ts';
import { servicesRoutes } from './services/services.routes.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { watchUpstreams } from './upstreams/upstream-watch.jobs.ts';
import { upstreamsApi } from './upstreams/upstreams.api.ts';
import { upstreamsMessages } from './upstreams/upstreams.messages.ts';
import { upstreamsPermissions } from './upstreams/upstreams.permissions.ts';
import { upstreamsRoutes } from './upstreams/upstreams.routes.ts';
import { userCommands } from './user.commands.ts';

const words = { fr: identityMessages('fr'), en: identityMessages('en') };

/** The contract of `Module.desk`. */
const MOST_ON_A_DESK = 20;

/** People, organisations, memberships and sign-in. */
export const identity: Module = {
  name: 'identity',
  imports: [],
  migrations: new URL('./migrations/', import.meta.url),
  permissions: [
    permissions,
    hubPermissions,
    hubAccountsPermissions,
    demonstrationProviderPermissions,
    scimPermissions,
    servicesPermissions,
    upstreamsPermissions,
  ].flatMap((table) => Object.values(table)),
  navigation: [
    {
      href: '/services',
      text: { fr: servicesMessages('fr').navigation, en: servicesMessages('en').navigation },
      permission: servicesPermissions.readServices,
    },
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
    {
      href: '/organisation-links',
      text: {
        fr: hubAccountsMessages('fr').links.navigation,
        en: hubAccountsMessages('en').links.navigation,
      },
      permission: hubAccountsPermissions.decideOrganisationLinks,
    },
    {
      href: '/provisioning',
      text: { fr: provisioningMessages('fr').navigation, en: provisioningMessages('en').navigation },
      permission: scimPermissions.manageProvisioning,
    },
    {
      href: '/sign-in-providers',
      text: { fr: upstreamsMessages('fr').navigation, en: upstreamsMessages('en').navigation },
      permission: upstreamsPermissions.manageSignInProviders,
    },
  ],
  scripts: { 'passkey.js': new URL('./passkey.client.js', import.meta.url) },
  jobs: [forgetOldAttempts, watchUpstreams, ...hubJobs],
  protocols(app, kernel) {
    hubProtocols(app, kernel);
  },
  routes(app, kernel) {
    signInRoutes(app, kernel);
    addFactorRoutes(app, kernel);
    accountRoutes(app, kernel);
    organisationsRoutes(app, kernel);
    organisationsApi(app, kernel);
    peopleRoutes(app, kernel);
    meApi(app);
    const hub = openHub(kernel);
    hubRoutes(app, kernel);
    ownSignInRoutes(app, kernel);
    hubAccountsRoutes(app, kernel, hub);
    hubAccountsApi(app, kernel);
    upstreamsRoutes(app, kernel);
    upstreamsApi(app, kernel);
    servicesRoutes(app, kernel);
    servicesApi(app, kernel);
    resourcesRoutes(app, kernel);
    provisioningRoutes(app, kernel);
    scimRoutes(app, kernel, {
      endHubSessions: (trx, personId, now) => endHubSessionsOfPerson(kernel, trx, personId, now),
    });
    demonstrationProvidersRoutes(app, kernel);
  },
  glance,
  async desk(kernel, actor, locale) {
    const parts = [servicesDesk(kernel, actor, locale), linksDesk(kernel, actor, locale)];
    return (await Promise.all(parts)).flat().slice(0, MOST_ON_A_DESK);
  },
  commands(socle, line) {
    userCommands(socle, line);
    hubCommands(socle, line);
  },
  async demonstration(kernel) {
    await loadDemonstration(kernel);
    await loadDemonstrationHub(kernel);
  },
};
