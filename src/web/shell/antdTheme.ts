import { type ThemeConfig, theme } from 'antd';
import { type Mode, palettes } from '../theme.ts';

/** antd in our clothes: hairlines for boxes, square corners, no shadow but on what floats. */
export function antdTheme(mode: Mode, still: boolean): ThemeConfig {
  const colour = palettes[mode];
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    hashed: false,
    token: {
      colorPrimary: colour.celadon,
      colorInfo: colour.celadon,
      colorSuccess: colour.celadon,
      colorWarning: colour.gold,
      colorError: colour.fault,
      colorLink: colour.celadon,
      colorTextBase: colour.ink,
      colorBgBase: colour.paper,
      colorText: colour.ink,
      colorTextSecondary: colour.greyInk,
      colorTextTertiary: colour.greyInk,
      colorTextPlaceholder: colour.greyInk,
      colorBgContainer: colour.sheet,
      colorBgElevated: colour.sheet,
      colorBgLayout: colour.paper,
      colorBorder: colour.hairline,
      colorBorderSecondary: colour.hairline,
      colorSplit: colour.hairline,
      colorTextLightSolid: colour.onCeladon,
      controlItemBgActive: colour.celadonWash,
      controlItemBgHover: colour.wash,
      controlOutline: 'transparent',
      fontFamily: 'var(--sans)',
      fontSize: 14,
      borderRadius: 2,
      borderRadiusLG: 3,
      borderRadiusSM: 2,
      controlHeight: 36,
      boxShadow: colour.shadow,
      boxShadowSecondary: colour.shadow,
      boxShadowTertiary: 'none',
      motion: !still,
      motionDurationSlow: '0.18s',
      motionDurationMid: '0.15s',
      motionDurationFast: '0.12s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', contentFontSize: 14 },
      Select: { optionSelectedBg: colour.celadonWash, optionSelectedFontWeight: 500 },
      Drawer: { paddingLG: 24 },
      // An empty box or ring has to be seen on the sheet it stands on, in the dark too.
      Checkbox: { colorBorder: colour.greyInk },
      Radio: { colorBorder: colour.greyInk },
      Modal: { titleFontSize: 18 },
      Popover: { titleMinWidth: 0 },
    },
  };
}
