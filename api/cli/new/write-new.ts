// The two files of a new runbook as text: runbook.yaml, which lints clean, and a README for the people who run it.
import { stringify } from 'yaml';
import type { Answers, Template, TemplateName } from './answers.ts';
import { failoverTemplate } from './templates/failover.template.ts';
import { restartTemplate } from './templates/restart.template.ts';
import { restoreTemplate } from './templates/restore.template.ts';
import { tabletopTemplate } from './templates/tabletop.template.ts';

const ALL: Readonly<Record<TemplateName, Template>> = {
  failover: failoverTemplate,
  restore: restoreTemplate,
  restart: restartTemplate,
  tabletop: tabletopTemplate,
};

export function templateOf(name: TemplateName): Template {
  return ALL[name];
}

/** Answers are quoted where YAML wants it. */
export function runbookText(answers: Answers): string {
  const template = templateOf(answers.template);
  const { key, title, services, scenario, owner, today } = answers;
  const quoted = { ...answers, hostFrom: inYaml(answers.hostFrom), hostTo: inYaml(answers.hostTo) };
  return `# ${oneLine(title)}.
# Lines that begin with EDIT say what is yours to change. Then: muster lint, and muster plan.
# Every key is explained in docs/runbook-language.md, and by an editor that reads the schema of the app.

# The name of this folder, and of the runbook in the app.
runbook: ${key}
title: ${inYaml(title)}
# The business services that it recovers, by their keys in the portfolio.
services: [${services.map(inYaml).join(', ')}]
# What was lost: site-loss, host-loss, data-loss, cyber, supplier-loss or another.
scenario: ${scenario}
# How much a passed rehearsal proves: tabletop, dry-run, partial or full.
level: ${template.level}
# Who keeps it true, and how often it is read again.
owner: ${inYaml(owner)}
review: { every: 180d, last: ${today} }
${template.body(quoted)}`;
}

export function readmeText(answers: Answers): string {
  const template = templateOf(answers.template);
  const hosts = [answers.hostFrom, answers.hostTo].filter((host, index, all) => host !== '' && all.indexOf(host) === index);
  return `# ${oneLine(answers.title)}

${template.proves}

**Services:** ${answers.services.join(', ')}. **Scenario:** ${answers.scenario}.${hosts.length === 0 ? '' : ` **Hosts:** ${hosts.join(', ')}.`}

## Before it starts

What must be true before this runs, and who must know of it.

## When it ends half-way

Abort with undo in the app puts back what the steps have changed, in reverse order. Write here what to do by hand when the app is not there:
which commands, on which host, in which order.

## Afterwards

What is left behind, and what may be removed.
`;
}

function inYaml(text: string): string {
  return stringify(oneLine(text), { lineWidth: 0 }).trimEnd();
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
