// muster new: begins a runbook that lints clean, with the answers of a person or of options in it.
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Option } from 'commander';
import { EXIT, type ExitCode } from './exit-code.ts';
import { TEMPLATES, type TemplateName } from './new/answers.ts';
import { askAnswers, type GivenAnswers } from './new/ask-answers.ts';
import { readmeText, runbookText } from './new/write-new.ts';
import type { CliParts } from './parts.ts';
import { plain, printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

interface NewFlags {
  readonly template?: TemplateName;
  readonly title?: string;
  readonly service?: readonly string[];
  readonly scenario?: string;
  readonly owner?: string;
  readonly hostFrom?: string;
  readonly hostTo?: string;
  readonly folder: string;
  readonly yes: boolean;
  readonly json: boolean;
}

export const newVerb: Verb = (program, { parts, end }) => {
  program
    .command('new')
    .description('begin a runbook: asks, or takes options, and writes what lints clean')
    .argument('[key]', 'its key and the name of its folder, such as move-mail')
    .addOption(new Option('--template <kind>', 'what kind of runbook').choices(TEMPLATES))
    .option('--title <text>', 'what it does, for people')
    .option('--service <key...>', 'services that it recovers')
    .option('--scenario <key>', 'what was lost: site-loss, host-loss, data-loss, cyber, supplier-loss or another')
    .option('--owner <account>', 'who keeps it true')
    .option('--host-from <host>', 'the host that is lost, is restarted, or has the backups')
    .option('--host-to <host>', 'the host that takes over, or that a backup is restored on')
    .option('--folder <folder>', 'where the folder of the runbook is made', 'runbooks')
    .option('-y, --yes', 'ask nothing; defaults stand for what is not given', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', NEW_EXAMPLES)
    .action(async (key: string | undefined, flags: NewFlags) => {
      end(await runNew(parts, { ...flags, key }));
    });
};

const NEW_EXAMPLES = examples(
  'muster new                                                    asks everything',
  'muster new move-mail --template failover --service mail --host-from mail-a --host-to mail-b --yes',
  'muster new talk-mail --template tabletop --service mail --yes',
);

async function runNew(parts: CliParts, flags: NewFlags & GivenAnswers): Promise<ExitCode> {
  const { terminal } = parts;
  const asked = await askAnswers(terminal, flags, new Date(parts.clock()).toISOString().slice(0, 10));
  if (!asked.ok) {
    terminal.err(plain(asked.refusal.message));
    return EXIT.usage;
  }
  const answers = asked.value;
  const folder = join(flags.folder, answers.key);
  if ((await stat(folder).catch(() => null)) !== null && !(await isEmpty(folder))) {
    terminal.err(`${folder} is there already, and nothing was written. Choose another key.`);
    return EXIT.problems;
  }
  await mkdir(folder, { recursive: true });
  const files = [join(folder, 'runbook.yaml'), join(folder, 'README.md')];
  const [runbook = '', readme = ''] = files;
  await writeFile(runbook, (await schemaLine(folder)) + runbookText(answers), { flag: 'wx' });
  await writeFile(readme, readmeText(answers), { flag: 'wx' });
  if (flags.json) printJson(terminal, { key: answers.key, template: answers.template, files });
  else for (const line of [...files.map((file) => `Wrote ${file}`), '', ...nextSteps(parts.calledAs, folder)]) terminal.out(line);
  return EXIT.fine;
}

function nextSteps(muster: string, folder: string): readonly string[] {
  return [
    'Next:',
    `  1. Open ${join(folder, 'runbook.yaml')} and change what the lines with EDIT name.`,
    `  2. ${muster} lint ${folder}     says what is not right yet`,
    `  3. ${muster} plan ${folder}     shows the order of the steps, and how long they take`,
    `  4. ${muster} push ${folder}     takes it into the app, where somebody else approves it`,
  ];
}

async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => ['?'])).length === 0;
}

/** For editors, where the schema lies with the runbooks. */
async function schemaLine(folder: string): Promise<string> {
  const schema = join(folder, '..', '..', 'docs', 'runbook.schema.json');
  return (await stat(schema).catch(() => null)) === null ? '' : `# yaml-language-server: $schema=${relative(folder, schema)}\n`;
}
