// A service is restarted on its host and proven.
import type { Template } from '../answers.ts';

export const restartTemplate: Template = {
  name: 'restart',
  summary: 'a service is restarted where it is',
  scenario: 'service-loss',
  level: 'full',
  hostFrom: 'On which host does it run',
  hostTo: null,
  title: (service) => `Restart ${service}`,
  proves: 'That the service comes back by itself within its recovery time.',
  body: ({ hostFrom }) => `
# The hosts by the names that the steps use. They are registered, with their SSH keys, in the app.
targets:
  host: { host: ${hostFrom} }

# What steps take that say nothing themselves.
defaults:
  timeout: 2m

# What is timed. \`recovery\` is held against the RTO.
clocks:
  recovery: { from: restart, to: service-answers }

steps:
  # Checks change nothing. They run first, so that a drill ends before it has touched anything.
  - id: runs-before
    title: The service runs before anything is touched
    phase: prepare
    # EDIT: a command that succeeds when the service is well.
    check: systemctl is-active my-service
    on: host
    estimate: 5s

  - id: restart
    title: The service is restarted
    phase: start
    # EDIT: the restart, and what brings the service back if the drill is aborted half-way.
    run: systemctl restart my-service
    on: host
    undo: systemctl start my-service
    estimate: 1m

  # A wait looks again and again until it holds.
  - id: service-answers
    title: The service answers
    phase: verify
    wait: { run: systemctl is-active my-service, every: 2s, timeout: 2m }
    on: host
    estimate: 20s
`,
};
