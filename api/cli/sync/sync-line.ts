// One line about one runbook, the same for push and pull.
import { paint, plain, type Colour, type Terminal } from '../terminal.ts';

const SIGNS = { changed: ['+', 'green'], same: ['=', 'dim'], behind: ['<', 'yellow'], wrong: ['!', 'red'] } as const satisfies Record<
  string,
  readonly [string, Colour]
>;
export type SyncSign = keyof typeof SIGNS;

export function printSync(terminal: Terminal, sign: SyncSign, [key, sentence]: readonly [string, string]): void {
  const [mark, colour] = SIGNS[sign];
  terminal.out(`${paint(terminal, colour, `${mark} ${plain(key)}`)}  ${plain(sentence)}`);
}
