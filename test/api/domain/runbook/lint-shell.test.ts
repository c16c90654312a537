// Reading shell text for the lint.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShell } from '../../../../api/domain/runbook/lint/shell/read-shell.ts';
import { invocationOf } from '../../../../api/domain/runbook/lint/shell/shell-command.ts';
import { variablesOf } from '../../../../api/domain/runbook/lint/shell/shell-variables.ts';

function words(text: string): readonly string[] {
  return readShell(text).map((command) => command.words.map((word) => word.text).join(' '));
}

describe('readShell', () => {
  it.each<[string, string, readonly string[]]>([
    ['lists', 'a; b && c || d & e\nf', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['pipes', 'a | b |& c', ['a', 'b', 'c']],
    ['quotes', `a 'b c' "d e" f\\ g h'i'"j"`, ['a b c d e f g hij']],
    ['comments', 'a # b; c\n#d\ne#f', ['a', 'e#f']],
    ['lines that go on', 'a \\\n b', ['a b']],
    ['redirections', 'a >b 2>&1 <c >>d 2>/dev/null e', ['a e']],
    ['keywords', 'if a; then b; elif c; then d; else e; fi; while f; do g; done; ! h; { i; }', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']],
    ['substitutions', 'a "$(b | c "$(d)")" `e f`', ['a $(b | c "$(d)") `e f`', 'b', 'c $(d)', 'd', 'e f']],
    ['here-documents', 'a <<END b\nc\nEND\nd <<-"X"\n\te\n\tX\nf', ['a b', 'd', 'f']],
    ['text for another shell', `sh -c 'a; b' && eval c d`, ['sh -c a; b', 'a', 'b', 'eval c d', 'c d']],
    ['assignments', 'A=1 B="$(c)" d', ['d', 'c']],
    ['arithmetic and parameters', 'a $((1 + (2))) ${b:-"c d"}', ['a $((1 + (2))) ${b:-"c d"}']],
    ['processes', 'a <(b c) >(d)', ['a <(b c) >(d)', 'b c', 'd']],
  ])('understands %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('tells what is bare, and what gets input', () => {
    const [first] = readShell('rm "$a" $b x');
    expect(first?.words.map(({ isBare }) => isBare)).toEqual([false, false, true, false]);
    expect(readShell('a | b; c; d <e').map(({ isFed }) => isFed)).toEqual([false, true, false, true]);
  });

  it('ends with whatever it is given, and finds nothing that is not there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('$(', '`', '"', "'", '${', '((', ')', '<<', '<(', '|', '\\', '\n', '#', 'a', ' ', ';', '&', '>')),
        (parts) => {
          const text = parts.join('');
          for (const command of readShell(text)) for (const word of command.words) expect(word.text.length).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it.each(['$(', '"$(', '((', '`', "'", '<<a\n', '${', 'sh -c "', 'a|', '$((', 'export a'])('takes linear time for %s again and again', (part) => {
    // 200 kB: anything quadratic would take minutes, and the test would run into its own timeout.
    const text = part.repeat(200_000 / part.length);
    expect(readShell(text).length + variablesOf(text).size).toBeGreaterThanOrEqual(0);
  });
});

describe('invocationOf', () => {
  it.each([
    ['/usr/bin/curl -k x', 'curl'],
    ['sudo -n -u postgres psql -c x', 'psql'],
    ['env A=b timeout -k 5 10 nice -n 5 rm x', 'rm'],
    ['sudo', 'sudo'],
  ])('finds what %s runs', (text, name) => {
    const [command] = readShell(text);
    expect(command === undefined ? null : invocationOf(command)?.name).toBe(name);
  });
});

describe('variablesOf', () => {
  it('finds what is read, handed on or counted with', () => {
    expect([...variablesOf('echo $a "${b:-1}" ${#c} $((d + 1)); export e f=1 \\')].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect([...variablesOf("echo a '$'b $1 $$")]).toEqual([]);
  });
});
