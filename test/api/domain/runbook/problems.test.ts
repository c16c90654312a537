// Everything that can be wrong in a runbook, with what is said about it.
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { NO_SCRIPTS, parsed, sentence, small, yamlOf } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const RUN = { id: 'one', title: 'One', run: 'true', on: 'db' };
const CHECK = { id: 'one', title: 'One', check: 'true', on: 'db' };

function step(changes: Written): Written {
  return small([{ ...RUN, ...changes }]);
}

function head(changes: Written): Written {
  return small([RUN], changes);
}

function other(id: string, needs: readonly string[]): Written {
  return { ...RUN, id, needs };
}

/** What is written, the code of its one problem, and a piece of what is said. */
const WRONG: readonly (readonly [string, Written, string, string])[] = [
  ['an unknown key of the head', head({ sevices: ['x'] }), 'unknown-key', 'Did you mean `services`?'],
  [
    'an unknown key that is like no other',
    head({ zebra: 1 }),
    'unknown-key',
    'The runbook has an unknown key `zebra`. Remove it, or use one of `runbook`,',
  ],
  ['an unknown key of a step', step({ timeuot: '5s' }), 'unknown-key', 'Step `one` has an unknown key `timeuot`. Did you mean `timeout`?'],
  [
    'an unknown key deep inside',
    step({ expect: { stdout: { matchs: 'x' } } }),
    'unknown-key',
    '`expect.stdout` of step `one` has an unknown key `matchs`. Did you mean `matches`?',
  ],
  ['a key named __proto__', head(JSON.parse('{"__proto__": 1}')), 'unknown-key', '`__proto__`'],
  ['a missing key', head({ title: undefined }), 'missing-key', 'The runbook has no `title`. Add `title:`.'],
  ['a command without a target', step({ on: undefined }), 'missing-key', 'Step `one` has no `on`.'],
  [
    'a step without a kind',
    step({ run: undefined }),
    'no-kind',
    'exactly one of `run`, `check`, `wait`, `http`, `copy`, `confirm`, `approve`, `sleep`, `call` or `notify`',
  ],
  ['a step with two kinds', step({ sleep: '1s' }), 'several-kinds', 'Step `one` has `run` and `sleep`'],
  [
    'a kind of a later language',
    step({ run: undefined, ansible: {} }),
    'unknown-key',
    'unknown key `ansible`, and no kind. A step has exactly one of `run`,',
  ],
  ['a mistyped kind', step({ run: undefined, chek: 'x' }), 'unknown-key', 'Did you mean `check`?'],
  [
    'a key of another kind',
    small([{ ...CHECK, undo: 'true' }]),
    'key-of-another-kind',
    'Step `one` cannot have `undo`. It is for steps of kind `run`, `http` and `copy`.',
  ],
  ['a list where a step should be', small([RUN, ['x']]), 'bad-value', 'Step 2 must be a set of keys.'],
  ['no steps', small([]), 'bad-value', '`steps` is empty.'],
  ['a key without a value', step({ phase: null }), 'bad-value', '`phase` of step `one` is empty.'],
  [
    'a duration without a unit',
    step({ timeout: 5 }),
    'bad-duration',
    '`timeout` of step `one`: `5` is not a duration above zero. Write a number with a unit',
  ],
  ['a duration with an unknown unit', step({ estimate: '5 minutes' }), 'bad-duration', '`5 minutes` is not a duration.'],
  ['a timeout of nothing', step({ timeout: '0s' }), 'bad-duration', '`0s` is not a duration above zero.'],
  [
    'a retry that never tries',
    step({ idempotent: true, retry: { attempts: 0 } }),
    'bad-value',
    '`retry.attempts` of step `one` is below 1. Use 1 or more.',
  ],
  ['a retry of an action that may not run twice', step({ retry: { attempts: 2 } }), 'retry-of-action', 'Add `idempotent: true`'],
  ['an unknown phase', step({ phase: 'verfy' }), 'bad-value', 'Did you mean `verify`?'],
  ['an unknown level', head({ level: 'half' }), 'bad-value', 'Use one of `tabletop`, `dry-run`, `partial` or `full`.'],
  ['an exit code that does not exist', step({ expect: { exit: 256 } }), 'bad-value', '`expect.exit` of step `one` is above 255.'],
  ['text where a number should be', step({ expect: { stdout: { max: '5' } } }), 'bad-value', '`expect.stdout.max` of step `one` must be a number.'],
  ['a number where text should be', step({ title: 5 }), 'bad-value', "must be text. Put it in quotes: '5'."],
  ['an invalid pattern in an expectation', step({ expect: { stdout: { matches: '(' } } }), 'bad-pattern', '`(` is not a valid regular expression.'],
  [
    'an invalid pattern of an input',
    head({ inputs: { a: { type: 'string', pattern: 'a)(b' } } }),
    'bad-pattern',
    'is not a valid regular expression.',
  ],
  ['an invalid pattern of a capture', step({ capture: { a: { pattern: '[' } } }), 'bad-pattern', '`capture.a.pattern` of step `one`'],
  ['a capture from nowhere', step({ capture: { a: 'header' } }), 'bad-value', 'Write stdout, stderr, or'],
  ['an unknown type of input', head({ inputs: { a: { type: 'text' } } }), 'bad-value', '`inputs.a.type` cannot be `text`.'],
  ['a choice without choices', head({ inputs: { a: { type: 'choice' } } }), 'missing-key', 'Add `choices:` with a list.'],
  ['choices of something else', head({ inputs: { a: { type: 'string', choices: ['x'] } } }), 'choices-unused', 'Write `type: choice`'],
  [
    'a default that is none of the choices',
    head({ inputs: { a: { type: 'choice', choices: ['x'], default: 'y' } } }),
    'bad-default',
    'must be one of `x`.',
  ],
  [
    'a default that the pattern refuses',
    head({ inputs: { a: { type: 'string', pattern: 'b+', default: 'abb' } } }),
    'bad-default',
    'does not match `b+`.',
  ],
  ['a default of another type', head({ inputs: { a: { type: 'number', default: 'x' } } }), 'bad-default', 'is not a number.'],
  ['a target that is two things', head({ targets: { db: { host: 'a', labels: { a: 'b' } } } }), 'several-of-one', 'Keep `host` or `labels`.'],
  ['a target that is the name of a host', head({ targets: { db: 'db-1' } }), 'bad-value', '`targets.db`: `db-1` is not a target. Write `{host: …}`'],
  ['a target that is nothing', head({ targets: { db: {} } }), 'missing-key', '`targets.db` needs one of `host`, `hosts`, `labels` or `local`.'],
  ['an unknown target', step({ on: 'dbs' }), 'unknown-target', 'Step `one` runs on `dbs`, which is not among the targets. Did you mean `db`?'],
  ['a target where there are none', head({ targets: undefined }), 'unknown-target', 'Name its hosts under `targets`.'],
  ['a step id twice', small([RUN, RUN]), 'duplicate-step', 'Two steps have the id `one`.'],
  ['a step id with capitals', step({ id: 'One' }), 'bad-key', 'Use lower-case letters, digits and single dashes'],
  ['a need that does not exist', step({ needs: ['onne'] }), 'unknown-step', 'names the step `onne`, which does not exist. Did you mean `one`?'],
  ['a step that needs itself', step({ needs: ['one'] }), 'cycle', '`one` needs `one`.'],
  ['steps that need each other', small([other('a', ['c']), other('b', ['a']), other('c', ['b'])]), 'cycle', '`a` needs `c` needs `b` needs `a`.'],
  [
    'a circle by way of the step above',
    small([
      { ...RUN, needs: ['two'] },
      { ...RUN, id: 'two' },
    ]),
    'cycle',
    '`one` needs `two` needs `one`.',
  ],
  [
    'a clock that starts nowhere',
    head({ clocks: { recovery: { from: 'on', to: 'one' } } }),
    'unknown-step',
    'The clock `recovery` names the step `on`, which does not exist. Did you mean `one`?',
  ],
  ['a clock that ends nowhere', head({ clocks: { recovery: { to: 'x' } } }), 'unknown-step', 'The clock `recovery` names the step `x`'],
  ['a clock without an end', head({ clocks: { recovery: { from: 'one' } } }), 'missing-key', '`clocks.recovery` has no `to`.'],
  ['a canary until nowhere', head({ canary: canary({ until: 'x' }) }), 'unknown-step', 'The canary names the step `x`'],
  ['a canary read after nowhere', head({ canary: canary({ readAfter: 'x' }) }), 'unknown-step', 'The canary names the step `x`'],
  ['a canary on an unknown target', head({ canary: canary({ read: { on: 'd', run: 'true' } }) }), 'unknown-target', 'The canary runs on `d`'],
  ['a canary that is never read', head({ canary: canary({ readAfter: undefined }) }), 'canary-never-read', 'Add `readAfter:`'],
  [
    'a canary with two commands',
    head({ canary: canary({ read: { on: 'db', run: 'a', script: 'b' } }) }),
    'several-of-one',
    'Keep `run` or `script`.',
  ],
  [
    'a captured value named like an input',
    head({ inputs: { one: { type: 'string' } }, steps: [{ ...RUN, capture: { one: 'stdout' } }] }),
    'name-taken',
    'which is an input already',
  ],
  [
    'a value captured twice',
    small([
      { ...RUN, capture: { a: 'stdout' } },
      { ...RUN, id: 'two', capture: { a: 'stdout' } },
    ]),
    'name-taken',
    'a captured value of step `one` already',
  ],
  ['a script that is not there', step({ run: { script: 'promot.sh' } }), 'script-missing', 'Did you mean `promote.sh`?'],
  ['an undo whose script is not there', step({ undo: { script: 'x.sh' } }), 'script-missing', 'Put the file into the folder of the runbook.'],
  ['a script outside the folder', step({ run: { script: '../promote.sh' } }), 'bad-script-name', 'is not the name of a file beside the runbook'],
  [
    'one large script in many steps',
    small(Array.from({ length: 3 }, (_, index) => ({ ...RUN, id: `s${index}`, run: { script: 'large.sh' } }))),
    'too-much-text',
    'longer than 2 MB',
  ],
  [
    'more targets than anybody reads',
    head({ targets: Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`t${index}`, { host: 'a' }])) }),
    'bad-value',
    '`targets` has more than 200 entries.',
  ],
  ['a number among texts', head({ services: [5] }), 'bad-value', "Put it in quotes: '5'."],
  ['a number among keys', step({ needs: [5] }), 'bad-value', "Put it in quotes: '5'."],
  ['an empty script', step({ run: { script: 'empty.sh' } }), 'script-empty', 'is empty'],
  ['a script with a NUL byte', step({ run: { script: 'nul.sh' } }), 'control-character', 'holds a NUL byte (line 2, column 3).'],
  ['an empty command', step({ run: '' }), 'bad-value', '`run` of step `one` is empty.'],
  [
    'a wait with two timeouts',
    small([{ id: 'one', title: 'One', wait: { run: 'x', timeout: '1s' }, on: 'db', timeout: '2s' }]),
    'two-timeouts',
    'Keep the one in `wait`.',
  ],
  ['a day that does not exist', head({ review: { every: '1d', last: '2026-02-30' } }), 'bad-day', 'Write it as 2026-10-01.'],
  ['a service twice', head({ services: ['a', 'a'] }), 'bad-value', '`services` names the same thing twice.'],
];

function canary(changes: Written): Written {
  return { write: { on: 'db', every: '1s', run: 'true' }, read: { on: 'db', run: 'true' }, until: 'one', readAfter: 'one', ...changes };
}

const SCRIPTS = new Map([
  ['promote.sh', 'true\n'],
  ['empty.sh', ' \n'],
  ['nul.sh', 'true\nab\0\n'],
  ['large.sh', 'x'.repeat(1_000_000)],
]);

describe('parseRunbook', () => {
  it.each(WRONG)('refuses %s', (_, written, ...[code, said]) => {
    const { runbook, problems } = parsed(written, SCRIPTS);
    expect(runbook).toBeNull();
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems.map(sentence).join('\n')).toContain(said);
  });

  it.each([
    'PATH',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'BASH_ENV',
    'ENV',
    'IFS',
    'SHELL',
    'HOME',
    'PS4',
    '_',
    'a-b',
    '1a',
    'a b',
    'x;y',
    'http_proxy',
    'seq',
    'now',
    'ä',
  ])('refuses the variable name %s for inputs and captured values', (name) => {
    const codes = [head({ inputs: { [name]: { type: 'string' } } }), step({ capture: { [name]: 'stdout' } })].map((written) =>
      parsed(written).problems.map(({ code }) => code),
    );
    expect(codes).toEqual([['bad-variable-name'], ['bad-variable-name']]);
  });
});

describe('the text of a runbook', () => {
  const text = yamlOf(head({}));

  it.each([
    ['a byte order mark', `\uFEFF${text}`, 'byte-order-mark', 1, 1],
    ['a NUL byte', `${text}note: "a\0b"\n`, 'control-character', text.split('\n').length, 9],
    ['another control character', `# \u001B[2J\n${text}`, 'control-character', 1, 3],
    ['a direction control', `# \u202Etxt\n${text}`, 'bidi-control', 1, 3],
    ['a tab as indentation', 'runbook: x\nreview:\n\tevery: 1d\n', 'tab-indent', 3, 1],
    ['more than 1 MB', `${text}# ${'x'.repeat(1024 * 1024)}`, 'file-too-large', 1, 1],
    ['two documents', `${text}---\n${text}`, 'several-documents', text.split('\n').length, 1],
    ['an anchor', 'runbook: &a x\ntitle: y\n', 'yaml-alias', 1, 13],
    ['a tag', 'runbook: !x y\n', 'yaml-tag', 1, 10],
    ['an older YAML', `%YAML 1.1\n---\n${text}`, 'yaml-version', 1, 1],
    ['a key twice', 'runbook: x\ntitle: x\nrunbook: y\n', 'duplicate-key', 3, 1],
    ['a key that is not text', 'runbook: x\n1: y\n', 'key-not-text', 2, 1],
    ['a quote that is not closed', 'runbook: "x\n', 'yaml-syntax', 2, 1],
    ['a bracket that is not closed', 'runbook: [x\n', 'yaml-syntax', 2, 1],
    ['nothing', '', 'empty-file', 1, 1],
    ['only a comment', '# nothing\n', 'empty-file', 1, 1],
    ['a list', '- a\n- b\n', 'bad-value', 1, 1],
  ])('is refused with %s', (_, written, ...[code, line, column]) => {
    const { runbook, problems } = parseRunbook(written, 'runbook.yaml', NO_SCRIPTS);
    expect(runbook).toBeNull();
    expect(problems[0]).toMatchObject({ code, line, column });
  });

  it.each([
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (c) => `${c}: &${c} [${`*${String.fromCodePoint((c.codePointAt(0) ?? 0) - 1)},`.repeat(9)}]\n`)}`,
      'yaml-alias',
    ],
    ['brackets a hundred thousand deep', '['.repeat(100_000), 'too-deep'],
    ['twenty-five thousand keys', Array.from({ length: 25_000 }, (_, index) => `key${index}: 1`).join('\n'), 'unknown-key'],
    ['twenty-five thousand needs', yamlOf(step({ needs: Array.from({ length: 25_000 }, (_, index) => `a${index}`) })), 'bad-value'],
    ['twenty-five thousand hosts that are the same', yamlOf(head({ targets: { db: { hosts: Array(25_000).fill('abc') } } })), 'bad-value'],
  ])(
    'is refused in good time with %s',
    (_, written, code) => {
      const { problems } = parseRunbook(written, 'runbook.yaml', NO_SCRIPTS);
      expect(problems.map((problem) => problem.code)).toContain(code);
    },
    60_000,
  );
});
