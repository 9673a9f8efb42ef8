// Says in the demonstration State who is consulted, who is the head of government's office, and what audits leave out.
import { inventedId } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { recordSetting } from './settings.actions.ts';
import type { SettingKey, SettingValue } from './settings.types.ts';

const at = (code: string) => inventedId('organisation', code);

const INVENTED: readonly (readonly [SettingKey, SettingValue, string])[] = [
  ['security-agency', at('ASN'), 'L’agence qui conseille les projets de l’État sur leur sécurité.'],
  ['budget-directorate', at('DBU'), 'La direction du budget donne son avis sur le financement.'],
  ['prime-minister-office', at('SPM'), 'Les services de la Première ministre.'],
  [
    'audit-excluded-organisations',
    [at('MDA'), at('DSN')],
    'Décret, article 4\u00A0: défense et sécurité intérieure.',
  ],
];

/** Loads them, in force since the directorate exists. */
export async function loadDemonstrationSettings({ db, clock }: Kernel): Promise<void> {
  for (const [key, value, reason] of INVENTED)
    await recordSetting(db, clock.now(), {
      key,
      value,
      effectiveOn: '2019-10-28',
      reason,
      decidedBy: { kind: 'system', name: 'demonstration' },
    });
}
