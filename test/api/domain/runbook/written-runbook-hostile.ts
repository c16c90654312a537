// Files that were made to exhaust whoever reads them.
import { stringify } from 'yaml';
import { small, yamlOf } from './written-runbook.ts';

const MB = 1024 * 1024;
const RUN = { title: 'Step', run: 'true', on: 'db' };

function steps(count: number, more: (index: number) => object): string {
  return yamlOf(small(Array.from({ length: count }, (_, index) => ({ id: `s${index}`, ...RUN, ...more(index) }))));
}

function filled(piece: string, bytes = MB - 1_000): string {
  return piece.repeat(Math.floor(bytes / piece.length));
}

/** By name; each is to be refused. */
export const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  [
    'a billion laughs',
    `a: &a [x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [${`*${at === 0 ? 'a' : `b${at - 1}`},`.repeat(9)}]`).join('\n')}\n`,
  ],
  ['aliases without end', `a: &a x\nb: [${filled('*a,')}]`],
  ['a text of 10 MB', `runbook: "${'x'.repeat(10 * MB)}"`],
  ['a text of nearly 1 MB as a key', `runbook: "${filled('x')}"`],
  ['a key of nearly 1 MB', `"${filled('k')}": 1`],
  ['open brackets', filled('[')],
  ['open braces', filled('{')],
  ['brackets that are closed', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['lists in lists', filled('- ')],
  ['questions', filled('? ')],
  ['anchors', filled('&a ')],
  ['tags', filled('!t ')],
  ['documents', filled('---\n')],
  ['tabs', `a:\n${filled('\t')}`],
  ['quotes', filled('"')],
  ['a quote that is not closed', `a: "${filled('b\n')}`],
  ['escapes', `a: "${filled(String.raw`\x41`)}"`],
  ['colons', filled(': ')],
  ['commas', `[${filled(',')}]`],
  ['keys', filled('k: 1\n')],
  ['other keys', Array.from({ length: 90_000 }, (_, at) => `k${at}: 1`).join('\n')],
  ['directives', `${filled('%YAML 1.2\n')}---\na: 1`],
  ['carriage returns', filled('\r')],
  ['block scalars', filled('a: |\n b\n')],
  ['deep indentation', Array.from({ length: 1_300 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ['merge keys', `a: &a {x: 1}\n${filled('<<: *a\n')}`],
  ['steps that are nothing', stringify(small([])).replace('steps: []', `steps:\n${filled('  - {}\n', 900_000)}`)],
  ['unknown keys in every step', steps(500, (index) => Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`z${index}x${at}`, 1])))],
  ['needs that are not there', steps(500, (index) => ({ needs: Array.from({ length: 150 }, (_, at) => `n${index}x${at}`) }))],
  ['needs in one great circle', steps(500, (index) => ({ needs: [`s${(index + 1) % 500}`] }))],
  [
    'steps that all need each other',
    steps(180, (index) => ({ needs: Array.from({ length: 180 }, (_, at) => `s${at}`).filter((id) => id !== `s${index}`) })),
  ],
  ['conditions that cannot be read', steps(500, (index) => ({ when: `${'('.repeat(900)}${index}` }))],
  [
    'conditions that name what is not there',
    steps(500, (index) => ({ when: Array.from({ length: 40 }, (_, at) => `inputs.a${index}x${at}`).join(' || ') })),
  ],
  ['texts with values that are not there', steps(1, () => ({ note: 'x' })).replace('note: x', `drill: {notify: "${filled('${a}', 900_000)}"}`)],
  [
    'texts with other values that are not there',
    steps(1, () => ({})).concat(`  - {id: b, title: B, notify: "${Array.from({ length: 60_000 }, (_, at) => `\${a${at}}`).join('')}"}\n`),
  ],
  ['jumps from every step', steps(500, () => ({ onFailure: { goto: 's0' } }))],
  [
    'data to send, deep and wide',
    steps(1, () => ({})).concat(
      `  - {id: b, title: B, http: {method: POST, url: "https://a.example", body: ${'[[],'.repeat(30_000)}1${']'.repeat(30_000)}}}\n`,
    ),
  ],
  [
    'data to send, wide',
    steps(1, () => ({})).concat(`  - {id: b, title: B, http: {method: GET, url: "https://a.example", body: [${filled('{},', 900_000)}]}}\n`),
  ],
  ['patterns that are wrong', steps(500, (index) => ({ expect: { stdout: { matches: `${'('.repeat(500)}${index}` } } }))],
  ['paths that are wrong', steps(500, (index) => ({ expect: { stdout: { json: `$${'[?('.repeat(150)}${index}` } } }))],
];
