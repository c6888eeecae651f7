/** The typeface of the papers: Noto Sans SC, whole, since names hold characters that subsets leave out. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'),
);

export const fonts = {
  normal: join(folder, '400Regular/NotoSansSC_400Regular.ttf'),
  bold: join(folder, '700Bold/NotoSansSC_700Bold.ttf'),
} as const;

export const fontFolder = folder;
