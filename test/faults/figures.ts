// Figures of a long run: printed, and kept in test-results/faults for the documentation.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/source-files.ts';
import { isLong } from './long.ts';

type Figures = Readonly<Record<string, number | string>>;

/** Nothing in the short form. */
export async function report(title: string, figures: Figures): Promise<void> {
  if (!isLong) return;
  const folder = join(ROOT, 'test-results', 'faults');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${title.replaceAll(/[^a-z0-9]+/gi, '-')}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(
    `\n${title}\n${Object.entries(figures)
      .map(([name, value]) => `  ${name}: ${value}\n`)
      .join('')}`,
  );
}

/** By the nearest rank; 0 of none. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
