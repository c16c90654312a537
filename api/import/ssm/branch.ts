// aws:branch: conditions where they can be said, and otherwise a question to a person for each choice.
import { isList, isMap } from '../runbook-source/source-path.ts';
import { fencedData } from '../write-runbook/original-text.ts';
import { titleFrom } from '../write-runbook/names.ts';
import { conditionOf } from './choice.ts';
import { shownText } from './document.ts';
import type { SourceStep, SsmDocument } from './document.ts';

/** The condition of each choice; adds the steps that ask a person where one of them cannot be said. */
export function decideBranch(step: SourceStep, document: SsmDocument, when: string | undefined): readonly string[] {
  const { ledger } = document;
  const inputs = isMap(step.entry['inputs']) ? step.entry['inputs'] : {};
  const choices = isList(inputs['Choices']) ? inputs['Choices'] : [];
  const said = choices.map((choice) => conditionOf(choice, document));
  if (!said.includes(null)) {
    const why = 'The steps that it leads to have the condition.';
    ledger.understood({ at: step.at, keys: ['name', 'action', 'description', 'inputs'], became: null, why });
    return said.filter((condition) => condition !== null);
  }
  const asked = choices.map((choice, index) => askedChoice(choice, { step, document, when, index }));
  ledger.manual({
    at: step.at,
    keys: ['name', 'action', 'description', 'inputs'],
    became: asked[0]?.id ?? null,
    why: 'A person looks it up and says which way to go.',
  });
  return asked.map(({ condition }) => condition);
}

interface Asking {
  readonly step: SourceStep;
  readonly document: SsmDocument;
  readonly when: string | undefined;
  readonly index: number;
}

function askedChoice(choice: unknown, { step, document, when, index }: Asking): { readonly id: string; readonly condition: string } {
  const next = isMap(choice) && typeof choice['NextStep'] === 'string' ? choice['NextStep'] : `way ${index + 1}`;
  const before = index === 0 ? '' : ' It counts only when none of the questions above it was *done*.';
  const instruction = `Does this hold? *Done* means yes, *not applicable* means no.${before}\n\n${fencedData(choice)}`;
  const id = document.builder.addStep({
    name: `${step.name}-${next}`,
    body: {
      title: `${titleFrom(step.name)}: ${titleFrom(next)}?`,
      ...(when === undefined ? {} : { when }),
      confirm: shownText(instruction, document),
    },
  });
  return { id, condition: `steps["${id}"].state == "passed"` };
}
