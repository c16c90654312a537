// The place of the cursor is known in finished and in half-written text.
import { describe, expect, it } from 'vitest';
import { cursorPlace } from '../../../../web/components/editor/cursor-place.ts';

/** The bar is the cursor. */
function at(text: string): { path: string; writes: string; typed: string } {
  const { path, writes, typed } = cursorPlace(text.replace('|', ''), text.indexOf('|'));
  return { path: path.join('/'), writes, typed };
}

/** With another sign for the cursor, where the text has blocks. */
function atMark(text: string): { path: string; writes: string; typed: string } {
  const { path, writes, typed } = cursorPlace(text.replace('§', ''), text.indexOf('§'));
  return { path: path.join('/'), writes, typed };
}

describe('a key', () => {
  it.each([
    ['ti|', '', 'ti'],
    ['title: x\nse|', '', 'se'],
    ['steps:\n  - i|', 'steps/0', 'i'],
    ['steps:\n- i|', 'steps/0', 'i'],
    ['steps:\n  - id: a\n    ti|', 'steps/0', 'ti'],
    ['steps:\n  - id: a\n  - id: b\n    |', 'steps/1', ''],
    ['steps:\n- id: a\n- id: b\n  expect:\n    std|', 'steps/1/expect', 'std'],
    ['steps:\n  - id: a\n    expect: {stdout: {m|', 'steps/0/expect/stdout', 'm'],
    ['steps:\n  - {id: a, ti|', 'steps/0', 'ti'],
    ['steps:\n  - id: a\n    wait:\n      run: x\n    on|', 'steps/0', 'on'],
    ['targets:\n  db: {host: a}\nst|', '', 'st'],
    ['clocks:\n  recovery: {to: a}\n\n# note\nst|', '', 'st'],
  ])('in %j', (text, path, typed) => expect(at(text)).toEqual({ path, writes: 'key', typed }));
});

describe('a value', () => {
  it.each([
    ['level: fu|', 'level', 'fu'],
    ['steps:\n  - id: a\n    on: |', 'steps/0/on', ''],
    ['steps:\n  - id: a\n    needs: [a, b|', 'steps/0/needs/1', 'b'],
    ['steps:\n  - {id: a, needs: [|', 'steps/0/needs/0', ''],
    ['steps:\n  - id: a\n    onFailure: {goto: st|', 'steps/0/onFailure/goto', 'st'],
    ["steps:\n  - {title: 'a, b: c', on: p|", 'steps/0/on', 'p'],
  ])('in %j', (text, path, typed) => expect(at(text)).toEqual({ path, writes: 'value', typed }));
});

it('inside of a block the text is free, behind it is a key again', () => {
  const block = 'steps:\n  - id: a\n    run: |\n      needs: x\n\n      echo ';
  expect(atMark(`${block}§`)).toMatchObject({ path: 'steps/0/run', writes: 'text' });
  expect(atMark(`${block}\n    o§`)).toEqual({ path: 'steps/0', writes: 'key', typed: 'o' });
  expect(atMark(`${block}\n  - §`)).toEqual({ path: 'steps/1', writes: 'key', typed: '' });
});

it('an item of a list below its key is a value of the list', () => {
  expect(at('steps:\n  - id: a\n    needs:\n      - b|')).toMatchObject({ path: 'steps/0/needs/0' });
});
