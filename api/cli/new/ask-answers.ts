// Gathers the answers for a new runbook: from options, then from the person at the terminal, then from sensible defaults.
import { done, refused, type Result } from '../../domain/errors.ts';
import type { Terminal } from '../terminal.ts';
import { TEMPLATES, type Answers, type TemplateName } from './answers.ts';
import { templateOf } from './write-new.ts';

export interface GivenAnswers {
  readonly key?: string | undefined;
  readonly template?: TemplateName | undefined;
  readonly title?: string | undefined;
  readonly service?: readonly string[] | undefined;
  readonly scenario?: string | undefined;
  readonly owner?: string | undefined;
  readonly hostFrom?: string | undefined;
  readonly hostTo?: string | undefined;
  /** Nothing is asked: defaults stand for what is not given. */
  readonly yes: boolean;
}

const KEY = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const KEY_FORM = 'Use lower-case letters, digits and single dashes, such as move-mail.';

/** `today` is a calendar day. Refused when nobody is there to ask and `yes` was not said, and when an answer cannot be used. */
export async function askAnswers(terminal: Terminal, given: GivenAnswers, today: string): Promise<Result<Answers>> {
  if (!given.yes && given.template === undefined) for (const line of templateLines()) terminal.err(line);
  const ask = asker(terminal, given.yes);
  const template = await ask(given.template, 'Kind', 'failover');
  const known = template === null ? undefined : TEMPLATES.find((name) => name === template);
  if (template === null) return nobody();
  if (known === undefined) return refused('INVALID_INPUT', `There is no kind ${template}. Choose ${TEMPLATES.join(', ')}.`);
  const { hostFrom, hostTo, scenario, title } = templateOf(known);
  const services = await ask(given.service?.join(','), 'Which services does it recover (keys, with commas between)', 'my-service');
  if (services === null) return nobody();
  const keys = services.split(/[\s,]+/).filter((key) => key !== '');
  const service = keys[0] ?? 'my-service';
  // Refused answers of the other questions come out below as what they are.
  const rest = {
    title: await ask(given.title, 'Title', title(service)),
    key: await ask(given.key, 'Key, which is also the name of its folder', `${known}-${service}`),
    scenario: await ask(given.scenario, 'What was lost', scenario),
    owner: await ask(given.owner, 'Who keeps it true (an account name)', 'duty'),
    hostFrom: hostFrom === null ? '' : await ask(given.hostFrom, hostFrom, `${service}-a`),
    hostTo: hostTo === null ? '' : await ask(given.hostTo, hostTo, `${service}-b`),
  };
  const { key } = rest;
  if (rest.title === null || key === null || rest.scenario === null || rest.owner === null || rest.hostFrom === null || rest.hostTo === null)
    return nobody();
  for (const [what, text] of [
    ['the key', key],
    ['the scenario', rest.scenario],
  ] as const) {
    if (!KEY.test(text)) return refused('INVALID_INPUT', `${text} cannot be ${what}. ${KEY_FORM}`);
  }
  const { title: ownTitle, scenario: ownScenario, owner } = rest;
  const answers = {
    template: known,
    services: [...new Set(keys.length === 0 ? ['my-service'] : keys)],
    today,
    title: ownTitle,
    key,
    scenario: ownScenario,
    owner,
  };
  return done({ ...answers, hostFrom: rest.hostFrom, hostTo: rest.hostTo });
}

function templateLines(): readonly string[] {
  return ['Kinds of runbooks:', ...TEMPLATES.map((name) => `  ${name.padEnd(10)} ${templateOf(name).summary}`)];
}

/** An empty answer takes what is proposed. Null when nobody sits there. */
function asker(terminal: Terminal, isSilent: boolean) {
  return async (given: string | undefined, question: string, proposed: string): Promise<string | null> => {
    if (given !== undefined) return given.trim() === '' ? proposed : given.trim();
    if (isSilent) return proposed;
    const typed = await terminal.ask(`${question} [${proposed}]: `);
    return typed === null || typed.trim() !== '' ? (typed?.trim() ?? null) : proposed;
  };
}

function nobody(): Result<never> {
  return refused('INVALID_INPUT', 'There is nobody to ask. Give the answers as options, and --yes for the rest: muster new --help.');
}
