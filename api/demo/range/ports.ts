// Ports for the practice range: those of the last run when they are free, else new ones.
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below the range from which systems take ports for outgoing connections, so that a remembered port is rarely taken by chance. */
const LOWEST = 20_000;
const HIGHEST = 29_999;

/** Far more than needed; when that many are taken, something else is wrong. */
const TRIES = 200;

/** Gives back the port of each name, and remembers them all in the file `path`. `wanted` are tried where nothing is remembered. */
export async function choosePorts(
  path: string,
  names: readonly string[],
  wanted: ReadonlyMap<string, number> = new Map(),
): Promise<(name: string) => number> {
  const remembered = new Map<string, number>(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []);
  const chosen = new Map<string, number>();
  for (const name of names) chosen.set(name, await freePort(remembered.get(name) ?? wanted.get(name), new Set(chosen.values())));
  writeFileSync(path, JSON.stringify([...chosen]));
  return (name) => {
    const port = chosen.get(name);
    if (port === undefined) throw new Error(`no port was chosen for ${name}`);
    return port;
  };
}

async function freePort(wanted: number | undefined, taken: ReadonlySet<number>): Promise<number> {
  if (wanted !== undefined && !taken.has(wanted) && (await isFree(wanted))) return wanted;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST} was found in ${TRIES} tries`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
