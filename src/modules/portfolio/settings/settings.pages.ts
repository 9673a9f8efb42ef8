// The pages of settings: what is in force, and for each its history and the form of a new value.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import {
  formatDate,
  formatDay,
  formatEuroCents,
  formatNumber,
  formatPercent,
} from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { settingsMessages } from './settings.messages.ts';
import {
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type SettingRow,
  type SettingValue,
} from './settings.types.ts';

/** Names of organisations and people by id. */
type Names = ReadonlyMap<string, string>;

/** A value as a reader of the page's language writes it. */
export function writtenSetting(locale: Locale, key: SettingKey, value: SettingValue, names: Names): string {
  const { units } = settingsMessages(locale);
  switch (SETTINGS[key].kind) {
    case 'money':
      return formatEuroCents(locale, value as number);
    case 'count': {
      const count = formatNumber(locale, value as number);
      if (key.endsWith('-months')) return units.months(count);
      return key.endsWith('-days') ? units.days(count) : count;
    }
    case 'share':
      return formatPercent(locale, value as number, 2);
    case 'steps':
      return units.steps((value as readonly number[]).join(', '));
    case 'organisation':
      return names.get(value as string) ?? (value as string);
    case 'organisations': {
      const all = (value as readonly string[]).map((id) => names.get(id) ?? id);
      return all.length === 0 ? settingsMessages(locale).none : all.join(', ');
    }
  }
}

/** The list of settings. */
export function settingsPage(
  locale: Locale,
  view: {
    readonly inForce: ReadonlyMap<SettingKey, SettingRow>;
    /** The next value of each key that has one. */
    readonly next: ReadonlyMap<SettingKey, SettingRow>;
    readonly names: Names;
  },
): Page {
  const words = settingsMessages(locale);
  const { inForce, next, names } = view;
  return {
    title: words.title,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.setting }, { text: words.value }, { text: words.since }, { text: words.next }],
  rows: SETTING_KEYS.map((key) => {
    const row = inForce.get(key);
    const coming = next.get(key);
    return [
      html`<a href="/projects/settings/${key}">${words.keys[key]}</a>`,
      row ? writtenSetting(locale, key, row.value, names) : words.none,
      row ? formatDay(locale, row.effectiveOn) : '',
      coming
        ? words.planned(
            writtenSetting(locale, key, coming.value, names),
            formatDay(locale, coming.effectiveOn),
          )
        : words.nothingPlanned,
    ];
  }),
})}
${dataLinks({ locale, csv: '/projects/settings.csv', json: '/api/v1/project-settings' })}`,
  };
}

/** What the page of a setting shows. */
export interface SettingView {
  readonly key: SettingKey;
  /** Every row of the key, the latest day of effect first. */
  readonly rows: readonly SettingRow[];
  readonly inForce: SettingRow | undefined;
  readonly names: Names;
  /** The form; null for who may not decide. */
  readonly change: {
    readonly csrf: Html;
    readonly typed: {
      readonly value: readonly string[];
      readonly effectiveOn: string;
      readonly reason: string;
    };
    readonly faults: readonly FieldError[];
    readonly organisations: readonly { readonly id: string; readonly name: string }[];
  } | null;
}

/** The page of one setting. */
export function settingPage(locale: Locale, view: SettingView): Page {
  const words = settingsMessages(locale);
  const { key, rows, inForce, names, change } = view;
  const title = words.keys[key];
  return {
    title,
    hasErrors: (change?.faults.length ?? 0) > 0,
    breadcrumbs: [oversightCrumb(locale), { text: words.title, href: '/projects/settings' }],
    main: html`${change !== null && faultSummary(locale, change.faults)}
<h1>${title}</h1>
${inset(
  inForce
    ? words.inForce(writtenSetting(locale, key, inForce.value, names), formatDay(locale, inForce.effectiveOn))
    : words.notInForce,
)}
${table({
  locale,
  caption: words.history,
  columns: [
    { text: words.effectiveOn },
    { text: words.value },
    { text: words.reason },
    { text: words.decidedBy },
  ],
  rows: rows.map((row) => [
    formatDay(locale, row.effectiveOn),
    writtenSetting(locale, key, row.value, names),
    row.reason,
    row.decidedBy.kind === 'person'
      ? html`${names.get(row.decidedBy.personId) ?? ''}<br>${formatDate(locale, row.decidedAt)}`
      : words.shipped,
  ]),
  empty: words.emptyHistory,
})}
${change !== null && changeForm(locale, view, change)}`,
  };
}

function changeForm(
  locale: Locale,
  { key }: SettingView,
  { csrf, typed, faults, organisations }: NonNullable<SettingView['change']>,
): Html {
  const words = settingsMessages(locale);
  const { kind } = SETTINGS[key];
  const error = (name: string) => faultOf(locale, faults, name);
  const items = organisations.map(({ id, name }) => ({ value: id, text: name }));
  const common = {
    locale,
    name: 'value',
    label: words.value,
    error: error('value'),
    hint: words.hints[kind],
  };
  const [first = ''] = typed.value;
  return html`<h2>${words.change}</h2>
${form({
  action: `/projects/settings/${key}`,
  csrf,
  content: html`${
    kind === 'organisation'
      ? select({ ...common, items, value: first, placeholder: true })
      : kind === 'organisations'
        ? checkboxes({ ...common, items, values: typed.value })
        : textInput({
            ...common,
            value: first,
            width: kind === 'count' || kind === 'share' ? 5 : 20,
            inputMode: kind === 'steps' ? 'text' : 'decimal',
            ...(kind === 'money' ? { suffix: '€' } : kind === 'share' ? { suffix: '%' } : {}),
          })
  }
${textInput({ locale, name: 'effectiveOn', label: words.effectiveOn, hint: words.effectiveHint, type: 'date', width: 10, value: typed.effectiveOn, error: error('effectiveOn') })}
${textarea({ locale, name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3, limit: 1000, value: typed.reason, error: error('reason') })}
${button({ text: words.decide })}`,
})}`;
}
