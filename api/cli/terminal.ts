// What a verb writes to and asks: lines for people, colour only where a person looks.

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  readonly isColourful: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Asks on the terminal and gives one line. Null when nobody sits there. */
  ask(question: string): Promise<string | null>;
  /** The same without showing what is typed. */
  askSecret(question: string): Promise<string | null>;
  /** All of the standard input. */
  readInput(): Promise<string>;
}

const COLOURS = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;
export type Colour = keyof typeof COLOURS;

export function paint(terminal: Pick<Terminal, 'isColourful'>, colour: Colour, text: string): string {
  return terminal.isColourful ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
}

/** Text from a file, without what would steer the terminal; line ends become spaces. */
export function plain(text: string): string {
  return text.replaceAll(/\s*\r?\n\s*/g, ' ').replaceAll(/\p{Cc}/gu, '\u{fffd}');
}

/** JSON as every verb prints it for programs. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(JSON.stringify(value, null, 2));
}
