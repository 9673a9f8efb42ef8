// What every chart takes, and the two layouts that each is drawn in. No drawing lives here.

import type { Locale } from '#platform/i18n/locale.ts';
import type { Html, HtmlValue } from '#ui/html.ts';

/** A value of a chart; null and undefined mean that it is not known, and so does a number that is not finite. */
export type ChartValue = number | null | undefined;

/** A position along time or along another measure. */
export type ChartPosition = Date | number;

/** A value worth a line across the chart, such as an average or a limit. */
export interface ChartReference {
  readonly value: number;
  readonly label: string;
}

/** What every chart takes. */
export interface ChartOptions {
  /** Unique in the page; every id inside the chart starts with it. */
  readonly id: string;
  readonly locale: Locale;
  /** What the chart shows: the figure's caption and the picture's name. */
  readonly title: string;
  /** Below the title: unit, scope, how to read it. */
  readonly subtitle?: string;
  /** What a person who does not see the picture should know; a summary of the figures unless told. */
  readonly description?: string;
  /** Below the picture: where the figures come from. */
  readonly source?: HtmlValue;
  /** Writes a value with its unit: on axes, on marks and in the table. */
  readonly formatValue: (value: number) => string;
}

/** One of the two layouts: the picture's width and text size in its own units. */
export interface ChartLayout {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly fontSize: number;
}

/** A picture in one layout: its height in its own units, its marks and the legend that it needs. */
export interface ChartDrawing {
  readonly height: number;
  readonly marks: HtmlValue;
  readonly legend?: Html;
}
