// The exchange module, as the application mounts it: the sum of its parts, one line each.
import type { Module } from '#platform/module.ts';
import { type Part, sumOfParts } from '#platform/parts.ts';
import { accreditationsPart } from './accreditations/accreditations.part.ts';
import { cataloguePart } from './catalogue/catalogue.part.ts';
import { cataloguePermissions } from './catalogue/catalogue.permissions.ts';
import { consumersPart } from './consumers/consumers.part.ts';
import { demonstrationPart } from './demonstration/demonstration.part.ts';
import { glance } from './entry/entry.glance.ts';
import { entryPart } from './entry/entry.part.ts';
import { entryPermissions } from './entry/entry.permissions.ts';
import { gatewayCommands } from './gateway/gateway.commands.ts';
import { GATEWAYS_FOLDER, holdLogs } from './gateway/log/hold-log.ts';
import { openDataPart } from './open-data/open-data.part.ts';
import { peoplePart } from './people/people.part.ts';
import { policyPart } from './policy/policy.part.ts';
import { producersPart } from './producers/producers.part.ts';
import { recordsPart } from './records/records.part.ts';
import { requestsPart } from './requests/requests.part.ts';
import { stopsPart } from './stops/stops.part.ts';
import { webhooksPart } from './webhooks/webhooks.part.ts';

const parts: readonly Part[] = [
  policyPart,
  entryPart,
  cataloguePart,
  requestsPart,
  accreditationsPart,
  openDataPart,
  webhooksPart,
  recordsPart,
  stopsPart,
  producersPart,
  consumersPart,
  peoplePart,
];

/** The exchange of data between administrations: accredit once, trace always, stop at once. */
export const exchange: Module = {
  name: 'exchange',
  imports: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  navigation: [
    { href: '/apis', text: { fr: 'API', en: 'APIs' }, permission: cataloguePermissions.browseApis },
    {
      href: '/exchange',
      text: { fr: 'Échanges de données', en: 'Data exchange' },
      permission: entryPermissions.browseExchange,
    },
  ],
  folders: [{ name: GATEWAYS_FOLDER, hold: holdLogs }],
  ...sumOfParts(parts),
  glance,
  commands(socle, line) {
    gatewayCommands(socle, line);
  },
  demonstration: demonstrationPart.demonstration,
  background: demonstrationPart.background,
};
