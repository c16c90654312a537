// The runbook around an example of a lint rule: what the example leaves out, so that the rest has nothing to be found.

const HEAD: Readonly<Record<string, string>> = {
  runbook: 'runbook: example',
  title: 'title: An example',
  services: 'services: [ledger]',
  scenario: 'scenario: data-loss',
  level: 'level: full',
  owner: 'owner: payments-duty',
  review: 'review: { every: 180d }',
};
const STEPS = `steps:
  - id: ready
    title: The database is there
    check: pg_isready
    on: db`;

/** A whole runbook.yaml. A line `# key: is not written` in the example leaves that key out. */
export function exampleRunbook(example: string): string {
  const written = new Set([...example.matchAll(/^(?:# )?([a-z]+):/gm)].map(([, key]) => key));
  const body = written.has('steps') ? example : `${example}\n${STEPS}`;
  const last = [...body.matchAll(/^ {2}- id: (\S+)/gm)].at(-1)?.[1] ?? '';
  const head = [
    ...Object.entries(HEAD).flatMap(([key, line]) => (written.has(key) ? [] : line)),
    ...(written.has('targets') || !/^ {4}on: db$/m.test(body) ? [] : ['targets:', '  db: { host: db-1 }']),
    ...(written.has('clocks') ? [] : ['clocks:', `  recovery: { to: ${last} }`]),
  ];
  return `${head.join('\n')}\n${body}\n`;
}
