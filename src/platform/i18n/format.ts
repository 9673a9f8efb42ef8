// Numbers, money and dates as a reader of each language writes them, all through Intl. No wording lives here.
import type { Locale } from './locale.ts';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };

// A format is dear to make and cheap to use, so each is made once, under a name of its own.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: Locale, name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${name}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(TAGS[locale], options);
    numberFormats.set(key, format);
  }
  return format;
}

function dateFormat(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(TAGS[locale], options);
    dateFormats.set(key, format);
  }
  return format;
}

/** A number with at most `digits` decimals (1 unless told). */
export function formatNumber(locale: Locale, value: number, digits = 1): string {
  return numberFormat(locale, `number ${digits}`, { maximumFractionDigits: digits }).format(value);
}

/** A share: 0.24 is written 24 %. At most `digits` decimals (0 unless told). */
export function formatPercent(locale: Locale, share: number, digits = 0): string {
  const options = { style: 'percent', maximumFractionDigits: digits } as const;
  return numberFormat(locale, `percent ${digits}`, options).format(share);
}

/** A signed share: 0.24 is written +24 %. */
export function formatSignedPercent(locale: Locale, share: number, digits = 0): string {
  const options = { style: 'percent', maximumFractionDigits: digits, signDisplay: 'exceptZero' } as const;
  return numberFormat(locale, `signed ${digits}`, options).format(share);
}

/** An amount given in whole euro cents; cents are written where there are some. */
export function formatEuroCents(locale: Locale, cents: number): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  const options = {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return numberFormat(locale, `cents ${digits}`, options).format(cents / 100);
}

/** An amount given in millions of euros, written in M€. */
export function formatMillionEuros(locale: Locale, millions: number, digits = 1): string {
  return `${formatNumber(locale, millions, digits)}\u00A0M€`;
}

/** A day, such as 3 novembre 2016, in the State's time zone (`timeZone`, UTC unless told). */
export function formatDate(locale: Locale, date: Date, timeZone = 'UTC'): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  return dateFormat(locale, `day ${timeZone}`, options).format(date);
}

/** A day of the calendar given as YYYY-MM-DD, such as 3 novembre 2016. */
export function formatDay(locale: Locale, day: string): string {
  return formatDate(locale, new Date(`${day}T00:00:00Z`));
}

/** A moment, to the minute. */
export function formatDateTime(locale: Locale, date: Date, timeZone = 'UTC'): string {
  const options = {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  } as const;
  return dateFormat(locale, `moment ${timeZone}`, options).format(date);
}

/** The time of day of a moment, to the minute. */
export function formatTime(locale: Locale, date: Date, timeZone = 'UTC'): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone } as const;
  return dateFormat(locale, `time ${timeZone}`, options).format(date);
}

/** A moment, to the millisecond: what logs are compared by. */
export function formatInstant(locale: Locale, date: Date, timeZone = 'UTC'): string {
  const options = {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZone,
  } as const;
  return dateFormat(locale, `instant ${timeZone}`, options).format(date);
}

/** A month given as YYYY-MM, such as novembre 2016. */
export function formatMonth(locale: Locale, month: string): string {
  return dateFormat(locale, 'month', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  );
}

/** The same, as short as a reader still understands it: nov. 2016. */
export function formatShortMonth(locale: Locale, month: string): string {
  const options = { month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return dateFormat(locale, 'short month', options).format(new Date(`${month}-01`));
}
