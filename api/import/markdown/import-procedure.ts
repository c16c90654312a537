// A Markdown procedure as a runbook: shell blocks run, the prose around them is for a person.
import { done, refused } from '../../domain/errors.ts';
import type { Importer } from '../imported-runbook.ts';
import { finishRunbook, recoveryClock } from '../write-runbook/finish-runbook.ts';
import { keyFrom, titleFrom } from '../write-runbook/names.ts';
import { readFrontMatter } from './front-matter.ts';
import { plainText, readBlocks } from './read-blocks.ts';
import { walkBlocks } from './walk-blocks.ts';

export const importProcedure: Importer = (text, fileName, options) => {
  const front = readFrontMatter(text);
  const blocks = readBlocks(front.rest, front.lines + 1);
  if (!blocks.ok) return refused('INVALID_INPUT', `${fileName}: ${blocks.refusal.message}`);
  const first = blocks.value.find(({ type, depth }) => type === 'heading' && depth === 1);
  const title = front.title ?? (first === undefined ? null : plainText(first.raw.replaceAll(/^#+|#+\s*$|\n[=-]+\s*$/g, ''))) ?? nameOf(fileName);
  const walked = walkBlocks(blocks.value, first ?? null);
  const { builder, notes } = walked;
  const recovery = recoveryClock(
    builder.steps.map(({ raw }) => raw.id),
    builder.steps,
  );
  const objective = front.objective === null ? {} : { objective: front.objective };
  const imported = finishRunbook({
    source: 'a Markdown procedure',
    fileName,
    head: {
      key: options.key ?? keyFrom(title) ?? 'procedure',
      title: title === '' ? nameOf(fileName) : title,
      summary: [front.summary ?? '', walked.summary].filter((part) => part !== '').join('\n\n'),
      more: { ...front.more, ...(recovery === null ? {} : { clocks: { recovery: { ...recovery, ...objective } } }) },
    },
    builder,
    account: {
      understood: [...front.account.understood, ...notes.understood],
      manual: [...front.account.manual, ...notes.manual],
      unplaced: [...front.account.unplaced, ...notes.unplaced],
    },
  });
  return imported.ok ? done([imported.value]) : imported;
};

function nameOf(fileName: string): string {
  const name = (fileName.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  return titleFrom(name === '' ? 'Procedure' : name);
}
