// The files of a revision come back out of its steps, wherever a step may name one.
import { expect, it } from 'vitest';
import { filesOfRevision } from '../../../api/application/runbook-files.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';

const SOURCE = `
runbook: many-files
title: Many files
services: [shop]
scenario: site-loss
level: full
targets: { db: { host: db1 } }
canary:
  write: { on: db, every: 1s, script: mark.sh }
  read: { on: db, run: newest }
  until: stop
  readAfter: look
steps:
  - id: stop
    title: Stop
    run: { script: "stop.sh" }
    on: db
    undo: { script: start.sh }
    drill: { run: { script: pretend.sh }, on: db }
  - { id: look, title: Look, wait: { script: look.sh, every: 1s, timeout: 5s }, on: db }
  - { id: put, title: Put, copy: { file: shop.conf, to: /etc/shop.conf }, on: db }
  - { id: say, title: 'Say script: nothing.sh', confirm: 'script: neither.sh' }
`;

const FILES = {
  'mark.sh': 'echo "$seq"\n',
  'stop.sh': "echo 'stop'\n\n",
  'start.sh': 'start # Ω\n',
  'pretend.sh': 'true\n',
  'look.sh': 'look\n',
  'shop.conf': 'port = 80\n',
};

function runbookOf(files: Readonly<Record<string, string>>) {
  const { runbook, problems } = parseRunbook(SOURCE, 'runbook.yaml', new Map(Object.entries(files)));
  if (runbook === null) throw new Error(JSON.stringify(problems));
  return runbook;
}

it('of all kinds come back as they were, and those that nothing uses do not', () => {
  const runbook = runbookOf({ ...FILES, 'nothing.sh': 'no', 'README.md': 'no' });
  expect(filesOfRevision({ source: SOURCE, runbook })).toEqual(FILES);
});

it('with line ends of Windows come back with those that run', () => {
  const runbook = runbookOf({ ...FILES, 'stop.sh': 'a\r\nb\r\n' });
  expect(filesOfRevision({ source: SOURCE, runbook })['stop.sh']).toBe('a\nb\n');
});

it('are none where the source has become unreadable, as after a change of the language', () => {
  expect(filesOfRevision({ source: SOURCE.replace('title: Many files', 'titel: Many files'), runbook: runbookOf(FILES) })).toEqual({});
});
