// A runbook of any length for benches: inputs, captures, checks, waits and actions with all that the lint asks for.

/** Steps in chains of five, which run beside each other within a chain of ten. */
export function generatedRunbook(key: string, steps: number): string {
  const ids = Array.from({ length: steps }, (_, index) => `step-${index}`);
  return `runbook: ${key}
title: Recover ${key}
summary: Generated for a bench.
services: [ledger]
scenario: site-loss
level: full
owner: ledger-owner
review: { every: 180d, last: 2026-10-01 }
inputs:
  change: { type: string, required: true, pattern: 'CHG[0-9]{6}', ask: Change ticket }
targets:
  primary: { host: ledger-a }
  standby: { host: ledger-b }
defaults:
  timeout: 20s
clocks:
  recovery: { from: ${ids[0]}, to: ${ids.at(-1)} }
steps:
${ids.map((id, index) => step(id, index)).join('\n')}
`;
}

function step(id: string, index: number): string {
  const head = [`  - id: ${id}`, `    title: Step number ${index}`, `    phase: ${index % 2 === 0 ? 'switch' : 'verify'}`];
  return [...head, ...body(index)].join('\n');
}

function body(index: number): readonly string[] {
  switch (index % 4) {
    case 0:
      return [
        '    run: |',
        `      systemctl stop "app-${index}" && echo "$change" >> /var/log/changes`,
        `      test ! -e /run/app-${index}.pid`,
        '    on: primary',
        `    undo: systemctl start app-${index}`,
        '    estimate: 5s',
      ];
    case 1:
      return [`    check: cat /var/lib/app-${index}/position`, '    on: standby', `    capture: { position_${index}: stdout }`, '    estimate: 1s'];
    case 2:
      return [`    check: test "$position_${index - 1}" -ge 0`, '    on: standby', '    retry: { attempts: 3, every: 1s }', '    estimate: 1s'];
    default:
      return [`    wait: { run: 'systemctl is-active app-${index}', every: 1s, timeout: 30s }`, '    on: standby', '    estimate: 3s'];
  }
}
