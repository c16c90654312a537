// The last lines of what a step has put out.
import type { OutputDetail } from '../drill/drill-type.ts';

export interface TailLine {
  readonly key: string;
  readonly host: string;
  readonly text: string;
  readonly isError: boolean;
}

/** Chunks come in journal order and may end within a line; those of one host and stream belong together. */
export function outputTail(chunks: readonly Pick<OutputDetail, 'seq' | 'host' | 'stream' | 'text'>[], most: number): readonly TailLine[] {
  const lines: TailLine[] = [];
  const open = new Map<string, number>();
  for (const { seq, host, stream, text } of chunks) {
    const source = `${host} ${stream}`;
    for (const [index, part] of text.split('\n').entries()) {
      const at = index === 0 ? open.get(source) : undefined;
      const line = at === undefined ? undefined : lines[at];
      open.set(source, at ?? lines.length);
      if (line === undefined || at === undefined) lines.push({ key: `${seq} ${index}`, host, text: part, isError: stream === 'STDERR' });
      else lines[at] = { ...line, text: line.text + part };
    }
  }
  return lines.filter(({ text }) => text.trim() !== '').slice(-most);
}
