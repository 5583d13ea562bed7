import {
  createTheme,
  darken,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';

/** Text on a tinted surface needs more than Mantine's own shades to reach WCAG AA in both schemes. */
const tintedVariants: ReadonlySet<string> = new Set(['light', 'subtle', 'outline', 'transparent']);

const resolveVariant: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const shades = input.theme.colors[input.color ?? input.theme.primaryColor];
  if (!tintedVariants.has(input.variant) || shades === undefined) return resolved;
  const text = `light-dark(${darken(shades[9] ?? '#000', 0.3)}, ${shades[2] ?? '#fff'})`;
  const colors = { ...resolved, color: text, hoverColor: text };
  if (input.variant !== 'light') return colors;
  // Mantine's dark tints are so deep that a page with two notices looks like an alarm.
  const tint = `color-mix(in srgb, ${shades[6] ?? '#888'} 20%, transparent)`;
  return { ...colors, background: `light-dark(${resolved.background}, ${tint})` };
};

/** Mantine's dimmed, error and placeholder greys miss AA on our surfaces. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-7)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    // Links also stand in tinted notices.
    '--mantine-color-anchor': 'var(--mantine-color-harbor-3)',
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
  },
});

export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  variantColorResolver: resolveVariant,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  black: '#14191d',
  colors: {
    harbor: [
      '#e8f5f7',
      '#d3e9ed',
      '#a9d5dd',
      '#7bbfcb',
      '#57adbc',
      '#40a1b2',
      '#2f95a7',
      '#1e8193',
      '#0f6b7b',
      '#0a5462',
    ],
    dark: [
      '#dfe3e6',
      '#b7bec5',
      '#949da6',
      '#6b747d',
      '#3f474e',
      '#30373d',
      '#262c31',
      '#1d2226',
      '#15191c',
      '#0f1214',
    ],
  },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    // Mantine writes badges in capitals; event names and tags are case-sensitive.
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: {
        root: {
          textTransform: 'none',
          letterSpacing: 0,
          fontSize: '0.75rem',
          fontWeight: 600,
          height: '1.375rem',
          flex: 'none',
        },
      },
    },
    // Its smallest sizes are smaller than a fingertip.
    Button: { defaultProps: { size: 'sm' }, styles: { root: { minHeight: '1.5rem' } } },
    // Below the field, so that fields beside each other stay in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    // Their arrows are too small to hit, and the arrow keys do the same.
    NumberInput: { defaultProps: { hideControls: true } },
    Radio: { styles: { body: { minHeight: '1.5rem', alignItems: 'center' }, label: { paddingBlock: 2 } } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Alert: { defaultProps: { variant: 'light' } },
  },
});
