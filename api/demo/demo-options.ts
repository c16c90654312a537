// The words after `npm run demo --`.
import { Command, InvalidArgumentError } from 'commander';

export interface DemoOptions {
  /** Runs the drill unattended, prints what happened, and ends. */
  readonly isOnce: boolean;
  /** Begins anew: what earlier demos left is deleted. */
  readonly isReset: boolean;
  readonly port: number | null;
  /** Starts the two sites with real services too. */
  readonly hasSites: boolean;
}

const HIGHEST_PORT = 65_535;

/** Prints and ends the process on --help and on words that it does not know. */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  const command = new Command('npm run demo --')
    .description('Starts Muster with a practice range and a demo portfolio. Ctrl-C stops everything; starting again keeps the data.')
    .option('--once', 'run the demo drill unattended, print what happened, and end')
    .option('--reset', 'begin anew: delete what earlier demos left')
    .option('--all', 'start two sites with PostgreSQL, Redis, nginx and BIND too, for all shipped runbooks; their programs must be installed')
    .option('--port <number>', 'port of the web app', readPort)
    .parse([...argv], { from: 'user' });
  const { once, reset, port, all } = command.opts<{ once?: boolean; reset?: boolean; port?: number; all?: boolean }>();
  return { isOnce: once === true, isReset: reset === true, port: port ?? null, hasSites: all === true };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT) return port;
  throw new InvalidArgumentError(`Give a number from 1 to ${HIGHEST_PORT}.`);
}
