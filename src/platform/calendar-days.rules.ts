// Days of the calendar, written YYYY-MM-DD: which one it is somewhere, and days counted from others. Pure; knows no noun.

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

// To make one takes longer than to use it a hundred times.
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The day of `moment` in `timeZone`. */
export function dayIn(moment: Date, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The day `count` days after `day`. */
export function dayAfter(day: string, count = 1): string {
  return new Date(startOf(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The day `count` days before `day`. */
export function daysBefore(day: string, count: number): string {
  return dayAfter(day, -count);
}

/** How many days there are from one day to another; below zero when `until` comes first. */
export function daysBetween(from: string, until: string): number {
  return (startOf(until) - startOf(from)) / DAY_MS;
}

/** The first day of the month after that of `day`. */
export function nextMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
