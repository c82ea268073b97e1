import {
  ActionIcon,
  Anchor,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Modal,
  NativeSelect,
  Paper,
  PasswordInput,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** Kelp and deep water: the holdfast is what anchors it. White on shade 7 has 6 : 1. */
const tide: MantineColorsTuple = [
  '#effaf8',
  '#d8f1ed',
  '#aee2da',
  '#7fd0c5',
  '#52b9ad',
  '#2d9f94',
  '#188078',
  '#0f6d67',
  '#0c5a55',
  '#0a4744',
];

/** For what cannot be taken back. White on shades 6 and 7 has 5 : 1 and more, which Mantine's own red has not. */
const red: MantineColorsTuple = [
  '#fdeceb',
  '#fad5d3',
  '#f2aaa6',
  '#ea7d78',
  '#e05a53',
  '#d2443d',
  '#c63832',
  '#b32622',
  '#971d1a',
  '#781412',
];

const gray: MantineColorsTuple = [
  '#f7f9fa',
  '#f0f3f5',
  '#e6eaed',
  '#d9dfe3',
  '#c4ccd2',
  '#97a2ab',
  '#5b6771',
  '#434e58',
  '#303942',
  '#1d242b',
];

const dark: MantineColorsTuple = [
  '#d7dde2',
  '#bcc5cc',
  '#9aa6b0',
  '#74818c',
  '#333e48',
  '#28313a',
  '#1d252c',
  '#151b20',
  '#10151a',
  '#0a0e11',
];

const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

const small = { defaultProps: { size: 'sm' } } as const;

/** Holdfast's own look: calm, and dense enough for people who work with it all day. */
export const theme = createTheme({
  colors: { tide, red, gray, dark },
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: false,
  fontFamily: fonts,
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", Menlo, Consolas, monospace',
  headings: { fontFamily: fonts, fontWeight: '620' },
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '9px', lg: '14px', xl: '24px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 'md' } }),
    Anchor: Anchor.extend({ defaultProps: { inherit: true } }),
    Button: Button.extend(small),
    // Fields side by side stand in a line, however much is said about each.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    // Its head is no banner of the page.
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'md', attributes: { header: { role: 'none' } } },
    }),
    NativeSelect: NativeSelect.extend(small),
    Paper: Paper.extend({ defaultProps: { radius: 'md', bg: 'var(--hf-surface)' } }),
    PasswordInput: PasswordInput.extend(small),
    TagsInput: TagsInput.extend(small),
    Textarea: Textarea.extend(small),
    TextInput: TextInput.extend(small),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withinPortal: true } }),
  },
});

/** Colours with a contrast of 4.5 : 1 where Mantine's own fall short, and the surfaces of tables and navigation. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fafbfc',
    '--mantine-color-text': gray[9],
    '--mantine-color-default-color': gray[9],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': '#b32622',
    '--mantine-color-default-border': gray[3],
    '--hf-surface': '#ffffff',
    '--hf-surface-raised': gray[0],
    '--hf-line-faint': gray[1],
  },
  dark: {
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-error': '#ff9d96',
    '--mantine-color-anchor': tide[3],
    '--mantine-color-default-border': dark[4],
    '--hf-surface': dark[6],
    '--hf-surface-raised': '#222b33',
    '--hf-line-faint': dark[5],
  },
});
