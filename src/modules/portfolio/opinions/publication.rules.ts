// What is published of an opinion or audit: its texts, the passages that are marked in copies of them, and the texts without
// those. Pure.
import type { FieldError } from '#platform/errors.ts';
import { GROUNDS, type Ground, type Opinion } from './opinions.types.ts';
import { type Redaction, redacted, redactionsAsMarked } from './redaction.rules.ts';

/** The texts of an opinion that may be struck out, by their field. */
export function publishableTexts({
  summary,
  axes,
  recommendations,
}: Pick<Opinion, 'summary' | 'axes' | 'recommendations'>) {
  return {
    summary,
    ...axes,
    recommendations: recommendations.map(({ text }) => text.replaceAll('\n', ' ')).join('\n'),
  };
}

/** What is asked of a publication: each text with its passages between double brackets, and on what ground. */
export interface TypedPublication extends Readonly<Record<string, unknown>> {
  readonly ground: string;
}

/** The passages that are marked in copies of `texts`, or the faults of the fields that are no copies. */
export function redactionsOf(
  texts: Readonly<Record<string, string>>,
  typed: TypedPublication,
): { ground: Ground; redactions: Redaction[] } | FieldError[] {
  const faults: FieldError[] = [];
  const redactions = Object.entries(texts).flatMap(([field, text]) => {
    const marked = typed[field];
    if (text === '' || marked === undefined) return [];
    const found = redactionsAsMarked(field, text, String(marked));
    if (found === null)
      faults.push({
        field,
        text: {
          fr: 'Ne changez rien à ce texte\u00A0: mettez seulement entre doubles crochets [[ ]] ce qui doit être occulté.',
          en: 'Change nothing in this text: only put double brackets [[ ]] around what must be struck out.',
        },
      });
    return found ?? [];
  });
  const ground = GROUNDS.find((one) => one === typed.ground);
  if (!ground || (ground === 'none') !== (redactions.length === 0))
    faults.push({
      field: 'ground',
      text: {
        fr: 'Dites pourquoi des passages sont occultés, ou qu’aucun ne l’est.',
        en: 'Say on what ground passages are struck out, or that none is.',
      },
    });
  return faults.length > 0 || !ground ? faults : { ground, redactions };
}

/** `texts` without their passages. */
export function redactedTexts<F extends string>(
  texts: Readonly<Record<F, string>>,
  redactions: readonly Redaction[],
): Record<F, string> {
  return Object.fromEntries(
    Object.entries<string>(texts).map(([field, text]) => [
      field,
      redacted(
        text,
        redactions.filter((one) => one.field === field),
      ),
    ]),
  ) as Record<F, string>;
}
