// A service moves from one host to another: stop, switch, prove.
import type { Template } from '../answers.ts';

export const failoverTemplate: Template = {
  name: 'failover',
  summary: 'a service moves to another host and is proven there',
  scenario: 'site-loss',
  level: 'full',
  hostFrom: 'Which host is lost, or left',
  hostTo: 'Which host takes over',
  title: (service) => `Move ${service} to the other site`,
  proves: 'That the service runs on the other host within its recovery time, and that everything is put back when the drill is aborted.',
  body: ({ hostFrom, hostTo }) => `
# The hosts by the names that the steps use. They are registered, with their SSH keys, in the app.
targets:
  primary: { host: ${hostFrom} }
  standby: { host: ${hostTo} }

# What steps take that say nothing themselves.
defaults:
  timeout: 2m

# What is timed. \`recovery\` is held against the RTO: from the step that declares the loss to the step that proves the service.
clocks:
  recovery: { from: stop-primary, to: service-answers }

steps:
  # Checks change nothing. They run first, so that a drill ends before it has touched anything.
  - id: standby-ready
    title: The standby is ready to take over
    phase: prepare
    # EDIT: a command that succeeds when the standby could take over now.
    check: test -d /srv
    on: standby
    estimate: 5s

  - id: stop-primary
    title: The primary is stopped
    phase: stop
    # EDIT: the command that stops the service, and the one that starts it again if the drill is aborted.
    run: systemctl stop my-service
    on: primary
    undo: systemctl start my-service
    estimate: 30s

  # A step starts when the step above it has ended well. \`needs: [a, b]\` says otherwise, and \`needs: []\` starts at once.
  - id: start-standby
    title: The standby takes over
    phase: switch
    run: systemctl start my-service
    on: standby
    undo: systemctl stop my-service
    estimate: 1m

  # A wait looks again and again until it holds.
  - id: service-answers
    title: The service answers on the standby
    phase: verify
    # EDIT: what a client would do.
    wait: { run: systemctl is-active my-service, every: 2s, timeout: 2m }
    on: standby
    estimate: 20s

  - id: users-see-it
    title: Somebody who uses the service finds it well
    phase: verify
    confirm:
      instruction: |
        Open the service as its users do, and do the one thing that matters most.

        *Done* when it works as always. *Failed* when it does not, with what you saw.
      role: coordinator
      expected: 5m
      evidence: What you did, and when.
    timeout: 2h
`,
};
