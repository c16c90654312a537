// A talk: nobody touches a machine, and each step asks for something that must exist and be found.
import type { Template } from '../answers.ts';

export const tabletopTemplate: Template = {
  name: 'tabletop',
  summary: 'people talk a disaster through; no machine is touched',
  scenario: 'site-loss',
  level: 'tabletop',
  hostFrom: null,
  hostTo: null,
  title: (service) => `Talk through the loss of ${service}`,
  proves: 'That the people know who decides, where things are, and in which order they would act. It proves nothing about machines.',
  body: () => `
# What is timed: here, how long the talk takes until the order is clear.
clocks:
  recovery: { from: story, to: order-clear }

steps:
  # A confirm waits for a person, who answers done, failed or not applicable.
  - id: story
    title: The story is read out
    phase: prepare
    confirm:
      # EDIT: the disaster, in a few sentences that everybody in the room understands.
      instruction: |
        Read this to everybody in the room:

        > It is Sunday, 03:10. The service does not answer, and the site that it runs on cannot be reached.

        *Done* when everybody has it in front of them and the time is noted.
      role: coordinator
      expected: 5m
    timeout: 1d

  - id: who-decides
    title: It is clear who decides
    phase: prepare
    confirm:
      instruction: |
        Ask without help: who declares the emergency at night, who is the deputy, and how is each reached when mail and single sign-on are down?

        *Done* when both were named and reached. *Failed* when somebody had to look it up in a system that is lost.
      role: coordinator
      expected: 10m
      evidence: Names, and the time at which each was reached.
    timeout: 1d

  - id: order-clear
    title: The order of the recovery is clear
    phase: verify
    confirm:
      # EDIT: what must be found in this case: runbooks, backups, keys, contracts.
      instruction: |
        Name the first five things to do, who does each, and what each of them needs that may be lost too.

        *Done* when nothing on the list needs what is lost.
      role: coordinator
      expected: 30m
      evidence: The list.
    timeout: 1d

  - id: findings
    title: What was missing has an owner and a date
    phase: cleanup
    confirm:
      instruction: |
        For each answer that nobody had, write down who finds it out, and by when. Add them as comments to this drill.

        *Done* when every gap has both.
      role: coordinator
      expected: 15m
      evidence: How many gaps were found.
    timeout: 1d
`,
};
