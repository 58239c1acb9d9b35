/**
 * The look in one place: rice paper, ink, celadon; cinnabar only for red lines and what is overdue, gold for honours.
 * The style sheet reads these as CSS variables, antd as tokens, drawings through the variables.
 */
export type Mode = 'light' | 'dark';

export interface Palette {
  readonly paper: string;
  /** What floats above the page, and fields to write in. */
  readonly sheet: string;
  /** Under a pointer, a selected row, a counted turn. */
  readonly wash: string;
  readonly ink: string;
  readonly greyInk: string;
  readonly hairline: string;
  readonly celadon: string;
  readonly celadonWash: string;
  readonly onCeladon: string;
  readonly cinnabar: string;
  readonly cinnabarWash: string;
  /** What went wrong: a field filled wrongly, an answer that failed. The plum of the charts, never cinnabar. */
  readonly fault: string;
  readonly faultWash: string;
  readonly gold: string;
  /** Gold dark (or light) enough for words. */
  readonly goldInk: string;
  readonly indigo: string;
  readonly ochre: string;
  readonly plum: string;
  readonly slate: string;
  readonly shadow: string;
}

export const palettes: Readonly<Record<Mode, Palette>> = {
  light: {
    paper: '#FAF8F4',
    sheet: '#FFFEFB',
    wash: '#F5F2EA',
    ink: '#1F2328',
    greyInk: '#64686F',
    hairline: '#E4DFD6',
    celadon: '#2F7A70',
    celadonWash: '#DDEAE5',
    onCeladon: '#FFFEFB',
    cinnabar: '#C2412D',
    cinnabarWash: '#FBF0EC',
    fault: '#7A4B78',
    faultWash: '#F5EEF4',
    gold: '#A9761B',
    goldInk: '#855B10',
    indigo: '#3B5B92',
    ochre: '#C08A2E',
    plum: '#7A4B78',
    slate: '#5F6B7A',
    shadow: '0 6px 24px rgba(31, 35, 40, 0.14)',
  },
  dark: {
    paper: '#15181B',
    sheet: '#1D2125',
    wash: '#22272B',
    ink: '#ECE7DD',
    greyInk: '#A0A4A8',
    hairline: '#33383D',
    celadon: '#6DBDB0',
    celadonWash: '#1F3936',
    onCeladon: '#10201E',
    cinnabar: '#F08A76',
    cinnabarWash: '#40241F',
    fault: '#C596C3',
    faultWash: '#35273A',
    gold: '#D3A24C',
    goldInk: '#DDB064',
    indigo: '#8FA9DB',
    ochre: '#E0B05C',
    plum: '#C596C3',
    slate: '#9DAAB9',
    shadow: '0 8px 28px rgba(0, 0, 0, 0.5)',
  },
};

/** Series of a chart, in this order; safe for colour-blind eyes. */
export const series = ['celadon', 'indigo', 'ochre', 'plum', 'slate'] as const satisfies readonly (keyof Palette)[];

export const sans =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", sans-serif';
/** Readers of English get Latin letters and quotation marks from a Latin face, Chinese names from a Chinese one. */
export const latin = `system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, ${sans}`;
export const serif = '"Songti SC", "Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", STSong, SimSun, serif';

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`)
    .join(';');
}

/** Both palettes as CSS variables: the system's preference, unless the reader chose (`data-mode` on the root element). */
export function themeCss(): string {
  const light = `color-scheme:light;${variables(palettes.light)}`;
  const dark = `color-scheme:dark;${variables(palettes.dark)}`;
  return [
    `:root{--sans:${sans};--serif:${serif};${light}}`,
    `:root:lang(en){--sans:${latin}}`,
    `@media (prefers-color-scheme: dark){:root:not([data-mode="light"]){${dark}}}`,
    `:root[data-mode="dark"]{${dark}}`,
  ].join('\n');
}
