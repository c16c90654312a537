// What is expected and captured is there to be had: a command has an exit code, a request a status and headers.
import type { Finding } from '../place.ts';
import type { RawBody, RawExpect } from '../raw-runbook.ts';
import { hasCommand } from '../variant.ts';
import { bodiesOf } from './bodies.ts';
import type { BodyAt } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function looksRule(context: RuleContext): readonly Finding[] {
  return bodiesOf(context).flatMap((body) => [...targetFindings(body), ...expectFindings(body), ...captureFindings(body)]);
}

type Sort = 'command' | 'request' | 'connection' | 'look-up';

function sortOf(body: RawBody): Sort | null {
  if (hasCommand(body)) return 'command';
  const look = body.check ?? body.wait;
  if (body.http !== undefined) return 'request';
  if (typeof look !== 'object') return null;
  if (look.http !== undefined) return 'request';
  return look.tcp === undefined ? 'look-up' : 'connection';
}

/** A variant of another sort than its step must say where it runs. */
function targetFindings({ step, path, by, isVariant }: BodyAt): readonly Finding[] {
  if (!isVariant || step.on !== undefined || !(hasCommand(step) || step.copy !== undefined)) return [];
  return [
    { code: 'missing-key', path, message: `${by} has no \`on\`.`, remedy: 'Add `on:`; the target is taken over only from command to command.' },
  ];
}

const PARTS_OF: Readonly<Record<Sort, readonly (keyof RawExpect)[]>> = {
  command: ['exit', 'stdout', 'stderr'],
  request: ['status', 'body', 'stdout'],
  connection: [],
  'look-up': ['stdout'],
};

const WORDS_OF: Readonly<Record<Sort, string>> = {
  command: 'a command has an exit code, stdout and stderr',
  request: 'a request has a status and a body',
  connection: 'a connection has nothing but that it could be opened',
  'look-up': 'a look-up has its answers as stdout',
};

function expectFindings({ written, path, by }: BodyAt): readonly Finding[] {
  const sort = sortOf(written);
  const { expect } = written;
  if (sort === null || expect === undefined) return [];
  const place = (part: string) => ({ path: [...path, 'expect', part], at: 'key' as const });
  const findings = (['exit', 'stdout', 'stderr', 'status', 'body'] as const)
    .filter((part) => expect[part] !== undefined && !PARTS_OF[sort].includes(part))
    .map((part): Finding => {
      const message = `${by} expects something of \`${part}\`, and ${WORDS_OF[sort]}.`;
      return { ...place(part), code: 'expect-nothing', message, remedy: 'Remove it.' };
    });
  if (expect.body === undefined || expect.stdout === undefined) return findings;
  const message = `${by} has \`stdout\` and \`body\` in \`expect\`, and they are the same.`;
  return [...findings, { ...place('stdout'), code: 'several-of-one', message, remedy: 'Keep `body`.' }];
}

function captureFindings({ written, path, by }: BodyAt): readonly Finding[] {
  const sort = sortOf(written);
  return Object.entries(written.capture ?? {}).flatMap(([name, capture]): readonly Finding[] => {
    const place = { path: [...path, 'capture', name], code: 'capture-nothing' };
    if (sort === 'connection') {
      return [{ ...place, message: `${by} captures \`${name}\`, and ${WORDS_OF.connection}.`, remedy: 'Remove it.' }];
    }
    const from = typeof capture === 'string' ? capture : (capture.from ?? (capture.header === undefined ? 'stdout' : 'header'));
    if (from === 'header' && sort !== 'request') {
      return [{ ...place, message: `${by} captures \`${name}\` from a header, and only a request has headers.`, remedy: 'Capture it from stdout.' }];
    }
    if (from === 'stderr' && sort !== 'command') {
      return [{ ...place, message: `${by} captures \`${name}\` from stderr, and only a command has that.`, remedy: 'Capture it from stdout.' }];
    }
    return [];
  });
}
