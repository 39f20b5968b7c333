import type { ThemeConfig } from 'antd';

/** Every colour that carries text stands out from its ground by 4.5 : 1 or more (WCAG 2.2 AA), which the kit's own do not. */
export const THEME: ThemeConfig = {
  token: {
    // Whoever asks their device for stillness gets it.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: '#0b5cad',
    colorInfo: '#0b5cad',
    colorLink: '#0b5cad',
    colorLinkHover: '#084883',
    colorError: '#b3261e',
    colorErrorText: '#b3261e',
    colorSuccess: '#1b6e3c',
    colorWarning: '#8a5300',
    colorText: '#1c2430',
    colorTextSecondary: '#49535f',
    colorTextTertiary: '#56606c',
    colorTextDescription: '#56606c',
    colorTextPlaceholder: '#5f6975',
    colorTextHeading: '#131a24',
    // What a field is bounded by stands out by 3 : 1.
    colorBorder: '#8a94a1',
    borderRadius: 6,
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  },
};
