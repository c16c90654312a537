// A backup is restored beside what runs, and proven to be whole.
import type { Template } from '../answers.ts';

export const restoreTemplate: Template = {
  name: 'restore',
  summary: 'the newest backup is restored beside what runs, and read',
  scenario: 'data-loss',
  level: 'partial',
  hostFrom: 'Which host has the backups',
  hostTo: 'On which host is the backup restored',
  title: (service) => `Restore ${service} from its newest backup`,
  proves: 'That the newest backup is young enough, can be restored within the recovery time, and holds what it should.',
  body: ({ hostFrom, hostTo }) => `
# The hosts by the names that the steps use. They are registered, with their SSH keys, in the app.
targets:
  vault: { host: ${hostFrom} }
  target: { host: ${hostTo} }

# What steps take that say nothing themselves.
defaults:
  timeout: 30m

# What is timed. \`recovery\` is held against the RTO.
clocks:
  recovery: { from: restore, to: content-whole }

steps:
  - id: backup-found
    title: There is a backup, and it is young enough
    phase: prepare
    # EDIT: succeeds when there is a backup from the last day, and prints its name.
    check: find /srv/backup -name '*.dump' -mtime -1 | sort | tail -n 1 | grep .
    on: vault
    # What a step captures is a variable of the steps that come after it: "$newest".
    capture: { newest: stdout }
    estimate: 5s

  - id: restore
    title: The backup is restored into a place of its own
    phase: start
    # EDIT: the restore, never onto what runs. Values reach a command as variables; write them in double quotes.
    run: |
      mkdir -p /srv/restore-drill
      cp "$newest" /srv/restore-drill/newest.dump
    on: target
    undo: rm -rf /srv/restore-drill
    # Restoring twice into the same empty place does no harm.
    idempotent: true
    estimate: 10m

  - id: content-whole
    title: The restored data is whole
    phase: verify
    # EDIT: count or compare what must be there; \`expect\` judges the output.
    check: wc -c < /srv/restore-drill/newest.dump
    on: target
    expect: { stdout: { min: 1 } }
    estimate: 1m

  - id: clean-up
    title: The restored copy is removed
    phase: cleanup
    run: rm -rf /srv/restore-drill
    on: target
    # There is nothing to go back to: the copy was made for this drill.
    undo: test ! -e /srv/restore-drill
    idempotent: true
    estimate: 10s
`,
};
