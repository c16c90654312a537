// muster plan: the order in which a runbook's steps would run, how long that takes, and whether that is short enough.
import { InvalidArgumentError, Option } from 'commander';
import { DRILL_MODES, type DrillMode } from '../domain/drill/plan.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { planJson } from './formats/plan-json.ts';
import { MERMAID_FORMS, planMermaid, type MermaidForm } from './formats/plan-mermaid.ts';
import { planText } from './formats/plan-text.ts';
import { withDatabase } from './lazy-database.ts';
import type { CliParts } from './parts.ts';
import { makePlanned, type PlanWish } from './plan/make-planned.ts';
import { spareMs, type Planned } from './plan/planned.ts';
import { printRefusal } from './print-refused.ts';
import { printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

interface PlanFlags {
  readonly mode: DrillMode;
  readonly input?: readonly (readonly [string, string])[];
  readonly portfolio?: string;
  readonly strict: boolean;
  readonly json?: true;
  readonly mermaid?: MermaidForm;
}

export const planVerb: Verb = (program, { parts, end }) => {
  program
    .command('plan')
    .description('show the order of steps, the critical path, and the estimate against the RTO')
    .argument('<runbook>', 'a folder, a file, or a stored revision such as mail, mail@3 or mail@approved')
    .addOption(new Option('--mode <mode>', 'what kind of drill').choices(DRILL_MODES).default('rehearsal'))
    .option('--input <name=value>', 'a value that the runbook asks for; may be given more than once', addInput)
    .option('--portfolio <file>', 'services, hosts and objectives; those of the database unless given, when there is one')
    .option('--strict', 'end with 1 when the estimate is longer than the RTO', false)
    .addOption(new Option('--json', 'print JSON for programs').conflicts('mermaid'))
    .addOption(new Option('--mermaid [form]', 'print a Mermaid diagram').choices(MERMAID_FORMS).preset('gantt'))
    .addHelpText('after', PLAN_EXAMPLES)
    .action(async (runbook: string, flags: PlanFlags) => {
      const wish = { runbook, mode: flags.mode, inputs: Object.fromEntries(flags.input ?? []), portfolio: flags.portfolio ?? null };
      const format = flags.json === true ? 'json' : (flags.mermaid ?? 'text');
      end(await runPlan(parts, { wish, format, isStrict: flags.strict }));
    });
};

const PLAN_EXAMPLES = examples(
  'muster plan runbooks/mail',
  'muster plan runbooks/mail --portfolio portfolio.yaml --input change=CHG000123',
  'muster plan mail@approved --mode failover --strict    a stored revision, as it would really run',
  'muster plan runbooks/mail --mermaid flowchart         what needs what, for a page in Markdown',
);

export interface PlanOptions {
  readonly wish: PlanWish;
  readonly format: 'text' | 'json' | MermaidForm;
  readonly isStrict: boolean;
}

export async function runPlan(parts: CliParts, { wish, format, isStrict }: PlanOptions): Promise<ExitCode> {
  const made = await withDatabase(parts, (database) => makePlanned(parts, database, wish));
  if (!made.ok) {
    if (format === 'json') printJson(parts.terminal, { plan: null, message: made.refusal.message, problems: made.refusal.problems ?? [] });
    else printRefusal(parts.terminal, made.refusal);
    return made.refusal.code === 'NOT_FOUND' ? EXIT.usage : EXIT.problems;
  }
  parts.terminal.out(shown(parts, made.value, format));
  return isStrict && (spareMs(made.value) ?? 0) < 0 ? EXIT.problems : EXIT.fine;
}

function shown({ terminal }: CliParts, planned: Planned, format: PlanOptions['format']): string {
  switch (format) {
    case 'json':
      return planJson(planned);
    case 'text':
      return planText(terminal, planned);
    case 'gantt':
    case 'flowchart':
      return planMermaid(planned, format);
  }
}

function addInput(text: string, before: readonly (readonly [string, string])[] | undefined): readonly (readonly [string, string])[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.');
  return [...(before ?? []), [text.slice(0, at), text.slice(at + 1)]];
}
