// Values that another tool pastes into commands become shell variables only where that is safe.
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asWritten, quoteShell, shellOfScript, withVariables } from '../../../../api/import/write-runbook/shell-text.ts';

/** The text with its places marked as `@@`. */
function rewritten(text: string): string | null {
  const places = [...text.matchAll(/@@/g)].map(({ index }) => ({ from: index, to: index + 2, variable: 'x' }));
  return withVariables(text, places);
}

describe('a value that another tool pastes into a command', () => {
  it.each([
    ['echo @@', 'echo "$x"'],
    ['echo a@@b', 'echo a"$x"b'],
    ['echo "is @@."', 'echo "is ${x}."'],
    ['a=@@; echo "$(cat @@)"', 'a="$x"; echo "$(cat "$x")"'],
    ['(cd /; ls @@)', '(cd /; ls "$x")'],
    [String.raw`echo \" @@`, String.raw`echo \" "$x"`],
    ["echo 'a' @@", `echo 'a' "$x"`],
    ['awk 1 file\necho @@', 'awk 1 file\necho "$x"'],
    ['cat <<< @@', 'cat <<< "$x"'],
  ])('comes as a variable in %s', (text, expected) => {
    expect(rewritten(text)).toBe(expected);
  });

  it.each([
    "echo '@@'",
    'echo `ls @@`',
    'echo ${a:-@@}',
    'cat <<EOF\n@@\nEOF',
    'echo $((@@ + 1))',
    'ssh host "rm @@"',
    'sh -c "echo @@"',
    'bash \\\n -c "echo @@"',
    'eval echo @@',
    'echo x | xargs rm @@',
    'sed "s/a/@@/" file',
    'awk "{print @@}"',
    'psql -c "select @@"',
    'a=$(case b in c) ;; esac) @@',
  ])('is left to a person in %s', (text) => {
    expect(rewritten(text)).toBeNull();
  });

  it('reaches the command as it is, whatever it holds', () => {
    const value = fc.string({ unit: 'binary-ascii', maxLength: 30 }).filter((text) => !text.includes('\0'));
    const shape = fc.constantFrom('printf %s @@', 'printf %s "@@"', 'printf %s "$(printf %s @@)."', 'y=@@; printf %s "$y"');
    fc.assert(
      fc.property(value, shape, (text, command) => {
        const printed = execFileSync('sh', ['-eu', '-c', `x=${quoteShell(text)}\n${rewritten(command) ?? ''}`], { encoding: 'utf8' });
        // A substitution takes line ends away; the dot is of that shape.
        expect(printed).toBe(command.includes('$(') ? `${text.replace(/\n+$/, '')}.` : text);
      }),
      { numRuns: 60, seed: 20_261_124 },
    );
  });
});

describe('a script', () => {
  it.each([
    ['echo', 'sh'],
    ['#!/bin/bash -e\n', 'bash'],
    ['#!/usr/bin/env zsh\n', 'zsh'],
  ])('names its shell: %j', (text, shell) => {
    expect(shellOfScript(text)).toEqual({ shell });
  });

  it('of another program has none', () => {
    expect(shellOfScript('#!/usr/bin/python3\nprint(1)')).toBeNull();
  });

  it('of several commands goes on after a failure, as where it comes from, unless it says otherwise', () => {
    expect(asWritten('#!/bin/sh\na\nb')).toMatch(/^#!\/bin\/sh\nset \+eu /);
    expect(asWritten('set -e\na\nb')).toBe('set -e\na\nb');
    expect(asWritten('a')).toBe('a');
  });
});
