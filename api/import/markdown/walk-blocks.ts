// From blocks to steps: prose gathers until a command or a heading, and becomes a step for a person, or the title of the command below it.
import type { ImportNote } from '../imported-runbook.ts';
import { fenced, withoutPlaces } from '../write-runbook/original-text.ts';
import { runbookBuilder } from '../write-runbook/runbook-builder.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';
import { commandsIn, hostIn, unsetVariables } from './commands.ts';
import type { Commands } from './commands.ts';
import { plainText } from './read-blocks.ts';
import type { Block } from './read-blocks.ts';

export interface Walked {
  readonly builder: RunbookBuilder;
  readonly summary: string;
  readonly notes: { readonly understood: readonly ImportNote[]; readonly manual: readonly ImportNote[]; readonly unplaced: readonly ImportNote[] };
}

interface Walk {
  readonly builder: RunbookBuilder;
  /** The heading that names the whole procedure. */
  readonly title: string | undefined;
  readonly understood: ImportNote[];
  readonly manual: ImportNote[];
  readonly unplaced: ImportNote[];
  readonly links: readonly Block[];
  readonly usedLinks: Set<Block>;
  /** Prose that has no step yet. */
  prose: Block[];
  /** Headings that have no step yet. */
  waiting: Block[];
  /** The host that the section speaks of. */
  host: string | null;
}

/** `title` is the heading that names the whole procedure. */
export function walkBlocks(blocks: readonly Block[], title: Block | null): Walked {
  const links = blocks.filter(({ type }) => type === 'link');
  const walk: Walk = {
    builder: runbookBuilder(),
    title: title?.headings.at(-1),
    understood: [],
    manual: [],
    unplaced: [],
    links,
    usedLinks: new Set(),
    prose: [],
    waiting: [],
    host: null,
  };
  const end = introEnd(blocks, title);
  const intro = blocks.slice(0, end).filter(({ type }) => type === 'prose');
  const summary = withLinks(intro.map(({ raw }) => raw.trim()).join('\n\n'), walk);
  for (const block of intro) note(walk, 'understood', { block, became: 'summary', why: 'What stands before the first section is the summary.' });
  for (const block of blocks.slice(0, end).filter(({ type }) => type !== 'prose')) visit(block, walk, title);
  for (const block of blocks.slice(end)) visit(block, walk, title);
  flush(walk);
  for (const heading of walk.waiting)
    note(walk, 'unplaced', { block: heading, became: null, why: `Nothing stands below it: ${plainText(heading.headings.at(-1) ?? '')}.` });
  tellLinks(walk);
  const { builder, understood, manual, unplaced } = walk;
  return { builder, summary, notes: { understood: inOrder(understood), manual: inOrder(manual), unplaced: inOrder(unplaced) } };
}

/** Where the introduction ends: at the first section or command; a procedure of nothing but prose has none. */
function introEnd(blocks: readonly Block[], title: Block | null): number {
  const isBegun = (block: Block): boolean => block.type === 'code' || (block.type === 'heading' && block !== title);
  const end = blocks.findIndex(isBegun);
  if (end < 0) return 0;
  if (blocks[end]?.type === 'heading') return end;
  // The sentence right above a command belongs to it.
  return blocks[end - 1]?.type === 'prose' ? end - 1 : end;
}

function visit(block: Block, walk: Walk, title: Block | null): void {
  switch (block.type) {
    case 'heading':
      flush(walk);
      walk.host = hostIn(block.headings.at(-1) ?? '');
      if (block === title) note(walk, 'understood', { block, became: 'title', why: 'The title.' });
      else walk.waiting.push(block);
      return;
    case 'prose':
      walk.host = hostIn(block.raw) ?? walk.host;
      walk.prose.push(block);
      return;
    case 'code':
      addCode(block, walk);
      return;
    case 'comment':
      note(walk, 'unplaced', {
        block,
        became: null,
        why: `A comment: ${block.raw
          .replaceAll(/<!--|-->/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim()}.`,
      });
      return;
    case 'rule':
      note(walk, 'understood', { block, became: null, why: 'A line between parts.' });
      return;
    case 'link':
  }
}

function addCode(block: Block, walk: Walk): void {
  const commands = commandsIn(block.lang ?? '', block.text ?? '');
  if (commands === null) {
    walk.prose.push({ ...block, raw: fenced(block.text ?? '', block.lang) });
    return;
  }
  const lead = leadOf(walk);
  flush(walk);
  const text = lead === null ? '' : withLinks(lead.raw.trim(), walk);
  const title = shortTitle(plainText(text).replace(/:$/, ''), block.headings.at(-1) ?? firstLine(commands.text));
  const host = commands.host ?? walk.host;
  const id = walk.builder.addStep({
    name: title,
    ...headingOf(walk),
    ...(toFillIn(commands).length === 0 ? {} : { comment: toFillIn(commands) }),
    body: {
      title,
      run: commands.text,
      on: targetOf(host, walk.builder),
      ...(commands.shell === 'sh' ? {} : { shell: commands.shell }),
      ...noteOf(text, title, commands),
    },
  });
  claimHeadings(walk, id);
  if (lead !== null) note(walk, 'understood', { block: lead, became: id, why: 'It leads to the command, and is its title and note.' });
  note(walk, 'understood', {
    block,
    became: id,
    why: host === null ? 'A command; on which host is asked.' : `A command on ${host}, which the text names.`,
  });
}

function toFillIn({ text, user }: Commands): readonly string[] {
  const unset = unsetVariables(text);
  const [first = ''] = unset;
  return [
    ...(unset.length === 0
      ? []
      : [`fill in: ${unset.map((name) => `$${name}`).join(', ')} is set elsewhere; add an input and use it, such as "$${first.toLowerCase()}"`]),
    ...(user === null ? [] : [`fill in: the prompt shows the user ${user}; write become: ${user} where the app signs in as another one`]),
  ];
}

/** A single sentence above a command that ends in a colon is about that command. */
const LONGEST_LEAD = 240;

function leadOf(walk: Walk): Block | null {
  const last = walk.prose.at(-1);
  if (last === undefined || last.type !== 'prose' || last.raw.trim().length > LONGEST_LEAD || !last.raw.trim().endsWith(':')) return null;
  walk.prose = walk.prose.slice(0, -1);
  return last;
}

function noteOf(lead: string, title: string, { output }: Commands): { readonly note?: string } {
  const parts = [
    ...(lead === '' || plainText(lead).replace(/:$/, '') === title ? [] : [lead]),
    ...(output === '' ? [] : [`In the procedure it printed:\n\n${fenced(output)}`]),
  ];
  return parts.length === 0 ? {} : { note: parts.join('\n\n') };
}

function targetOf(host: string | null, builder: RunbookBuilder): string {
  if (host === null) return builder.askedTarget('Which host runs the commands? The procedure does not say.');
  const ask = `Which host is ${host}?`;
  const known = [...builder.inputs].find(([, input]) => input.ask === ask)?.[0];
  const wanted = known === undefined ? null : `\${${known}}`;
  const found = [...builder.targets].find(([, target]) => typeof target === 'object' && target.host === wanted)?.[0];
  if (found !== undefined) return found;
  return builder.addTarget(host, { host: `\${${builder.addInput(host, { type: 'host', default: host, ask })}}` });
}

/** Prose that is about no command becomes a step for a person. */
function flush(walk: Walk): void {
  const { prose } = walk;
  if (prose.length === 0) return;
  walk.prose = [];
  const text = withLinks(prose.map(({ raw }) => raw.replace(/^\n+/, '').trimEnd()).join('\n\n'), walk);
  const first = prose.find(({ type }) => type === 'prose')?.raw ?? '';
  const title = shortTitle(
    walk.waiting.length > 0 ? (prose[0]?.headings.at(-1) ?? '') : firstSentence(first),
    prose[0]?.headings.at(-1) ?? 'Read and do',
  );
  const id = walk.builder.addStep({ name: title, ...headingOf(walk), body: { title, confirm: withoutPlaces(text) } });
  claimHeadings(walk, id);
  for (const block of prose)
    note(walk, 'manual', { block, became: id, why: block.type === 'code' ? whyNoCommand(block) : 'A person does or judges it.' });
}

function whyNoCommand({ lang = '' }: Block): string {
  return lang === ''
    ? 'The block does not say that it is shell; write `sh` behind its fence to have it run.'
    : 'It is not run: another language, or something in it has to be filled in first.';
}

function headingOf({ waiting, title }: Walk): { readonly heading?: string } {
  const last = waiting.at(-1);
  if (last === undefined) return {};
  // The title of the procedure stands above all of them and says nothing here.
  const own = last.headings.length > 1 && last.headings[0] === title ? last.headings.slice(1) : last.headings;
  return { heading: own.slice(-2).join(' › ') };
}

function claimHeadings(walk: Walk, id: string): void {
  for (const heading of walk.waiting) note(walk, 'understood', { block: heading, became: id, why: 'A heading above the step.' });
  walk.waiting = [];
}

/** Titles are read in tables. */
const LONGEST_TITLE = 80;

function shortTitle(text: string, otherwise: string): string {
  const title = text === '' ? otherwise : text;
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title === '' ? 'Step' : title;
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

function firstSentence(markdown: string): string {
  const [line = ''] = markdown.trim().split('\n');
  const item = line.replace(/^[ \t]*(?:[-*+>|]|\d+[.)])[ \t]*(?:\[[ xX]\][ \t]*)?/, '');
  return plainText(item)
    .replace(/(?<=[.!?])\s.*$/, '')
    .replace(/[.:|]$/, '')
    .trim();
}

/** The text with the addresses of its links, which may stand at the end of the document. */
function withLinks(text: string, walk: Walk): string {
  const used = walk.links.filter(({ text: label = '' }) => label !== '' && text.toLowerCase().includes(`[${label}]`));
  for (const link of used) walk.usedLinks.add(link);
  return used.length === 0 ? text : `${text}\n\n${used.map(({ raw }) => raw.trim()).join('\n')}`;
}

function tellLinks(walk: Walk): void {
  for (const link of walk.links) {
    if (walk.usedLinks.has(link)) note(walk, 'understood', { block: link, became: null, why: 'The address stands where it is used.' });
    else note(walk, 'unplaced', { block: link, became: null, why: `Nothing uses it: ${link.raw.trim()}` });
  }
}

type ListName = 'understood' | 'manual' | 'unplaced';

interface Noted extends Pick<ImportNote, 'became' | 'why'> {
  readonly block: Block;
}

function note(walk: Walk, list: ListName, { block, became, why }: Noted): void {
  const where = block.headings.length === 0 ? 'the beginning' : block.headings.join(' › ');
  walk[list].push({ line: block.line, what: block.type === 'heading' ? where : `${where}: ${wordFor(block)}`, became, why });
}

function wordFor({ type, lang = '' }: Block): string {
  if (type === 'code') return lang === '' ? 'code' : `code (${lang})`;
  return type === 'prose' ? 'text' : type === 'rule' ? 'line' : type;
}

function inOrder(notes: readonly ImportNote[]): readonly ImportNote[] {
  return notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
