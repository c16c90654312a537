// A Markdown text as a flat list of blocks with their lines and the headings above them.
import { Lexer } from 'marked';
import type { MarkedToken, Token, Tokens } from 'marked';
import { done, refused } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';

export interface Block {
  readonly type: 'heading' | 'code' | 'prose' | 'link' | 'comment' | 'rule';
  /** As it stands in the source. */
  readonly raw: string;
  readonly line: number;
  /** Headings above, the outermost first; of a heading itself included. */
  readonly headings: readonly string[];
  readonly depth?: number;
  readonly lang?: string;
  /** Of a code block: what is in it. Of a link: its label. */
  readonly text?: string;
}

/** No procedure is longer; some texts take the parser time that grows faster than they do. */
const LONGEST_TEXT = 256 * 1024;
/** Nobody nests quotes and lists deeper; the parser calls itself for each level. */
const DEEPEST = 20;

export function readBlocks(text: string, firstLine: number): Result<readonly Block[]> {
  if (text.length > LONGEST_TEXT) return refused('INVALID_INPUT', 'The procedure is longer than 256 KB. Split it.');
  if (text.split('\n').some(isTooDeep))
    return refused('INVALID_INPUT', `The procedure has lists or quotes more than ${DEEPEST} levels deep. Write it flatter.`);
  // Blocks only: what stands within a line is kept as it is.
  const tokens = new Lexer({ gfm: true }).blockTokens(text, []);
  const blocks: Block[] = [];
  const headings: string[] = [];
  let line = firstLine;
  for (const token of tokens) {
    blocks.push(...blocksOf(token, line, headings));
    line += token.raw.split('\n').length - 1;
  }
  return done(blocks);
}

function isTooDeep(line: string): boolean {
  const markers = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]))*/.exec(line)?.[0] ?? '';
  return (markers.match(/[>*+-]|\d+[.)]/g)?.length ?? 0) > DEEPEST && !/^[ \t]*([*-])(?:[ \t]*\1)*[ \t]*$/.test(line);
}

function blocksOf(written: Token, line: number, headings: string[]): readonly Block[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without extensions the parser has no tokens but its own
  const token = written as MarkedToken;
  const base = { raw: token.raw, line };
  switch (token.type) {
    case 'space':
      return [];
    case 'heading': {
      const { depth, text } = token;
      headings.splice(depth - 1);
      while (headings.length < depth - 1) headings.push('');
      headings.push(plainText(text));
      return [{ ...base, type: 'heading', depth, headings: shownHeadings(headings) }];
    }
    case 'code': {
      const { lang, text } = token;
      return [{ ...base, type: 'code', lang: (lang ?? '').trim().split(/\s+/)[0]?.toLowerCase() ?? '', text, headings: shownHeadings(headings) }];
    }
    case 'hr':
      return [{ ...base, type: 'rule', headings: shownHeadings(headings) }];
    case 'def':
      return [{ ...base, type: 'link', text: token.tag, headings: shownHeadings(headings) }];
    case 'html':
      return [{ ...base, type: /^\s*<!--[\s\S]*-->\s*$/.test(token.raw) ? 'comment' : 'prose', headings: shownHeadings(headings) }];
    case 'list':
      return listBlocks(token, line, headings);
    case 'paragraph':
    case 'blockquote':
    case 'table':
    case 'text':
    case 'list_item':
    case 'checkbox':
    case 'br':
    case 'codespan':
    case 'del':
    case 'em':
    case 'escape':
    case 'image':
    case 'link':
    case 'strong':
      return token.raw.trim() === '' ? [] : [{ ...base, type: 'prose', headings: shownHeadings(headings) }];
  }
}

/** A list with commands in it is taken apart, each item in its order; any other stays a list. */
function listBlocks(list: Tokens.List, line: number, headings: string[]): readonly Block[] {
  const hasCommands = list.items.some((item) => item.tokens.some((token) => token.type === 'code'));
  if (!hasCommands) return [{ type: 'prose', raw: list.raw, line, headings: shownHeadings(headings) }];
  let at = line;
  return list.items.flatMap((item) => {
    let within = at;
    at += item.raw.split('\n').length - 1;
    return item.tokens.flatMap((token): readonly Block[] => {
      const own = within;
      within += token.raw.split('\n').length - 1;
      // A heading within an item must not change the headings of the document.
      return token.type === 'heading'
        ? [{ type: 'prose', raw: token.raw, line: own, headings: shownHeadings(headings) }]
        : blocksOf(token, own, headings);
    });
  });
}

function shownHeadings(headings: readonly string[]): readonly string[] {
  return headings.filter((heading) => heading !== '');
}

/** Without the marks of Markdown, in one line: for titles. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\[([^\]]*)\]\[[^\]]*\]/g, '$1')
    .replaceAll(/[*`]|(?<!\w)_+|_+(?!\w)/g, '')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
