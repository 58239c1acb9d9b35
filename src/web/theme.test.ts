import { describe, expect, test } from 'vitest';
import { type Mode, type Palette, palettes, series, themeCss } from './theme.ts';

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each<Mode>(['light', 'dark'])('in the %s palette', (mode) => {
  const palette = palettes[mode];
  const words: (keyof Palette)[] = ['ink', 'greyInk', 'celadon', 'cinnabar', 'fault', 'goldInk'];
  const grounds: (keyof Palette)[] = ['paper', 'sheet'];
  test.each(words.flatMap((word) => grounds.map((ground) => [word, ground] as const)))(
    'words in %s can be read on %s',
    (word, ground) => expect(contrast(palette[word], palette[ground])).toBeGreaterThanOrEqual(4.5),
  );

  test('words can be read on the washes and on what one presses', () => {
    expect(contrast(palette.ink, palette.wash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.greyInk, palette.wash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.onCeladon, palette.celadon)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.ink, palette.celadonWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.ink, palette.faultWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.fault, palette.faultWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.cinnabar, palette.cinnabarWash)).toBeGreaterThanOrEqual(4);
  });

  test('lines of a chart stand out from the paper', () => {
    for (const hue of series) expect(contrast(palette[hue], palette.paper)).toBeGreaterThanOrEqual(2.8);
  });
});

test('the style sheet names every colour for both palettes', () => {
  const css = themeCss();
  expect(css.match(/--celadon-wash:/g)).toHaveLength(3);
  expect(css).toContain(palettes.light.paper);
  expect(css).toContain(palettes.dark.paper);
});
