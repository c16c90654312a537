// The rows of a step as people read them: a host, or a host and one item of the step's list.

/** What the server calls the machine that it runs on. */
const OWN_MACHINE = '@local';

export function isOwnMachine(host: string): boolean {
  return host === OWN_MACHINE;
}

/** `ledger-a#2` with its item: `ledger-a · eu`; `ownMachine` names the machine that the server runs on. */
export function rowName(row: string, items: readonly string[], ownMachine: string): string {
  const [host = '', number] = row.split('#');
  const name = isOwnMachine(host) ? ownMachine : host;
  const item = number === undefined ? undefined : items[Number(number) - 1];
  return item === undefined ? name : `${name} · ${item}`;
}

/** How many calls deep a step stands: its id has a slash for each. */
export function depthOf(step: string): number {
  return step.split('/').length - 1;
}
