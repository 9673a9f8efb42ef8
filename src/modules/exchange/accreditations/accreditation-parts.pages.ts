// What the pages of accreditations share: their address, the way back up, and how states are shown.
import type { Locale } from '#platform/i18n/locale.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import type { Html } from '#ui/html.ts';
import { ACCREDITATIONS, accreditationAddress } from './accreditation-address.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import type { Accreditation, AccreditationStage, AccreditationState } from './accreditations.types.ts';

/** The way back up: from the list, or from an accreditation. */
export function accreditationCrumbs(
  locale: Locale,
  { inList = true, accreditation }: { inList?: boolean; accreditation?: Pick<Accreditation, 'number'> } = {},
): { text: string; href: string }[] {
  const words = accreditationsMessages(locale);
  return [
    { text: words.room, href: '/exchange' },
    ...(inList ? [{ text: words.title, href: ACCREDITATIONS }] : []),
    ...(accreditation
      ? [
          {
            text: words.numbered(String(accreditation.number)),
            href: accreditationAddress(accreditation.number),
          },
        ]
      : []),
  ];
}

const TONES: Record<AccreditationState, TagTone> = {
  active: 'good',
  obsolete: 'neutral',
  revoked: 'bad',
  expired: 'neutral',
};

/** The state of an accreditation, as a tag. */
export function accreditationTag(locale: Locale, state: AccreditationState): Html {
  return tag({ text: accreditationsMessages(locale).states[state], tone: TONES[state] });
}

/** Its stage, as a tag. */
export function stageTag(locale: Locale, stage: AccreditationStage): Html {
  return tag({
    text: accreditationsMessages(locale).stages[stage],
    tone: stage === 'sandbox' ? 'info' : 'neutral',
  });
}
