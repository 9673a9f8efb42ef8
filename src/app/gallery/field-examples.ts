// Every field of a form: usual, filled in, refused, long.
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { checkbox, checkboxes } from '#ui/components/checkboxes.ts';
import { dateInput } from '#ui/components/date-input.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { fileUpload } from '#ui/components/file-upload.ts';
import { form } from '#ui/components/form.ts';
import { inputTable } from '#ui/components/input-table.ts';
import { passwordInput } from '#ui/components/password-input.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';
import { fieldExampleMessages } from './field-examples.messages.ts';

/** Every field of a form in its states. */
export function fieldExamples(locale: Locale): Html {
  return html`${textFields(locale)}${choiceFields(locale)}${otherFields(locale)}`;
}

function textFields(locale: Locale): Html {
  const words = fieldExampleMessages(locale);
  return html`${component(
    words.textInput,
    [
      {
        name: words.withHint,
        example: textInput({ locale, name: 'name', label: words.name, hint: words.nameHint }),
      },
      {
        name: words.error,
        example: textInput({
          locale,
          name: 'name-error',
          label: words.name,
          hint: words.nameHint,
          error: words.nameError,
        }),
      },
      {
        name: words.optional,
        example: html`${textInput({
          locale,
          name: 'cost',
          label: words.money,
          optional: true,
          inputMode: 'decimal',
          width: 10,
          suffix: 'M€',
        })}
${textInput({ locale, name: 'cost-error', label: words.money, inputMode: 'decimal', width: 10, suffix: 'M€', value: 'beaucoup', error: words.moneyError })}`,
      },
      {
        name: words.long,
        example: textInput({ locale, name: 'long', label: words.longLabel, value: words.longLabel }),
      },
    ],
    'sideBySide',
  )}
${component(
  words.textarea,
  [
    {
      name: words.usual,
      example: textarea({ locale, name: 'opinion', label: words.opinion, hint: words.opinionHint }),
    },
    {
      name: words.limited,
      example: textarea({
        locale,
        name: 'opinion-limit',
        label: words.opinion,
        limit: 1200,
        value: words.opinionValue,
      }),
    },
    {
      name: words.error,
      example: textarea({
        locale,
        name: 'opinion-error',
        label: words.opinion,
        limit: 25,
        rows: 3,
        value: words.opinionValue,
        error: words.tooLong,
      }),
    },
  ],
  'sideBySide',
)}
${component(
  words.password,
  [
    {
      name: words.usual,
      example: passwordInput({
        locale,
        name: 'password',
        label: words.passwordLabel,
        autocomplete: 'current-password',
      }),
    },
    {
      name: words.error,
      example: passwordInput({
        locale,
        name: 'password-error',
        label: words.passwordLabel,
        autocomplete: 'current-password',
        error: words.passwordError,
      }),
    },
  ],
  'sideBySide',
)}`;
}

function choiceFields(locale: Locale): Html {
  const words = fieldExampleMessages(locale);
  const ministries = words.ministries.map((text, at) => ({ value: String(at), text }));
  const verdicts = Object.entries(words.verdicts).map(([value, { text, hint }]) => ({ value, text, hint }));
  const zones = words.zoneNames.map((text, at) => ({ value: String(at), text }));
  const plainVerdicts = verdicts.map(({ value, text }) => ({ value, text }));
  return html`${component(
    words.select,
    [
      {
        name: words.usual,
        example: select({
          locale,
          name: 'ministry',
          label: words.ministry,
          items: ministries,
          placeholder: true,
        }),
      },
      {
        name: words.filled,
        example: select({
          locale,
          name: 'ministry-filled',
          label: words.ministry,
          items: ministries,
          value: '2',
        }),
      },
      {
        name: words.error,
        example: select({
          locale,
          name: 'ministry-error',
          label: words.ministry,
          items: ministries,
          placeholder: true,
          error: words.ministryError,
        }),
      },
    ],
    'sideBySide',
  )}
${component(
  words.radios,
  [
    {
      name: words.filled,
      example: radios({ locale, name: 'verdict', label: words.verdict, items: verdicts, value: 'reserved' }),
    },
    {
      name: words.inline,
      example: radios({
        locale,
        name: 'published',
        label: words.published,
        items: words.yesNo.map((text) => ({ value: text, text })),
        inline: true,
      }),
    },
    {
      name: words.error,
      example: radios({
        locale,
        name: 'verdict-error',
        label: words.verdict,
        items: plainVerdicts,
        error: words.verdictError,
      }),
    },
  ],
  'sideBySide',
)}
${component(
  words.checkboxes,
  [
    {
      name: words.filled,
      example: checkboxes({
        locale,
        name: 'zones',
        label: words.zones,
        hint: words.zonesHint,
        items: zones,
        values: ['0', '2'],
      }),
    },
    {
      name: words.error,
      example: checkboxes({
        locale,
        name: 'zones-error',
        label: words.zones,
        items: zones,
        error: words.zonesError,
      }),
    },
  ],
  'sideBySide',
)}
${component(
  words.checkbox,
  [
    { name: words.usual, example: checkbox({ locale, name: 'agree', label: words.agree }) },
    {
      name: words.error,
      example: checkbox({ locale, name: 'agree-error', label: words.agree, error: words.agreeError }),
    },
  ],
  'sideBySide',
)}`;
}

function otherFields(locale: Locale): Html {
  const words = fieldExampleMessages(locale);
  return html`${component(
    words.date,
    [
      {
        name: words.usual,
        example: dateInput({ locale, name: 'start', label: words.start, hint: words.startHint }),
      },
      {
        name: words.error,
        example: dateInput({
          locale,
          name: 'start-error',
          label: words.start,
          hint: words.startHint,
          value: { day: '27', month: '3' },
          wrong: ['year'],
          error: words.startError,
        }),
      },
    ],
    'sideBySide',
  )}
${component(
  words.file,
  [
    {
      name: words.usual,
      example: fileUpload({
        locale,
        name: 'sheet',
        label: words.sheet,
        hint: words.sheetHint,
        accept: '.csv,text/csv',
      }),
    },
    {
      name: words.error,
      example: fileUpload({
        locale,
        name: 'sheet-error',
        label: words.sheet,
        hint: words.sheetHint,
        accept: '.csv,text/csv',
        error: words.sheetError,
      }),
    },
  ],
  'sideBySide',
)}
${component(words.inputTable, [
  {
    name: words.error,
    example: inputTable({
      locale,
      caption: words.milestones,
      columns: [
        { name: 'milestone', text: words.milestone },
        { name: 'planned', text: words.planned, kind: 'date' },
      ],
      rows: [
        { milestone: words.zoneNames[0] ?? '', planned: '2027-03-31' },
        { milestone: words.zoneNames[1] ?? '', planned: '' },
      ],
      rowName: (row) => `${words.line} ${row}`,
      errorOf: (field) => (field === 'planned_1' ? words.dayError : undefined),
      remove: { name: 'remove', text: words.remove },
    }),
  },
])}
${component(
  words.fieldset,
  [
    {
      name: words.usual,
      example: form({
        action: '/ui',
        csrf: null,
        content: html`${fieldset({
          legend: words.address,
          legendSize: 'medium',
          content: html`${textInput({ locale, name: 'person', label: words.person, autocomplete: 'name' })}
${textInput({ locale, name: 'mail', label: words.mail, type: 'email', autocomplete: 'email' })}`,
        })}
${button({ text: words.send })}`,
      }),
    },
  ],
  'sideBySide',
)}`;
}
