// The constant shell text, run by the shells of this machine as a login shell would run it.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkRunner, framed, killText, readHeader, runText, type Runner } from '../../../../api/domain/drill/shell-wrapper.ts';

const SHELLS = ['sh', 'dash', 'bash', 'busybox'].filter((shell) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0);

function feed(shell: string, input: string, runner: Runner = {}): { readonly status: number | null; readonly output: string } {
  const args = shell === 'busybox' ? ['sh', '-c', runText(runner)] : ['-c', runText(runner)];
  const ran = spawnSync(shell, args, { input });
  const header = readHeader(ran.stdout);
  return { status: ran.status, output: header.kind === 'found' ? header.rest.toString() : ran.stdout.toString() };
}

describe.each(SHELLS)('the wrapper under %s', (shell) => {
  it('runs the script that it was fed', () => {
    expect(feed(shell, framed('echo "$(printf %s "a  b")"\nexit 3'))).toEqual({ status: 3, output: 'a  b\n' });
  });

  it('runs nothing of a script that arrived cut at any place', () => {
    const whole = framed('echo ran; echo ran again');
    const secondCommand = whole.indexOf('; echo') + 8;
    const lastLine = whole.lastIndexOf('\n', whole.length - 2);
    for (const length of [0, 3, secondCommand, lastLine, lastLine + 1, lastLine + 3, whole.length - 2]) {
      expect(feed(shell, whole.slice(0, length)), `cut at ${length}`).toEqual({ status: 255, output: '' });
    }
  });

  it('leaves no variable of its own behind', () => {
    expect(feed(shell, framed('echo "${muster_script-none}"')).output).toBe('none\n');
  });

  it('takes here-documents, comments and quotes at the end of a script', () => {
    expect(feed(shell, framed('cat <<\'X\'\n$not "expanded"\nX\n# last')).output).toBe('$not "expanded"\n');
  });
});

describe('the header', () => {
  it('is found after a greeting of the login shell', () => {
    expect(readHeader(Buffer.from('Welcome!\nmuster-group 42\nout'))).toEqual({ kind: 'found', group: 42, rest: Buffer.from('out') });
  });

  it('is waited for while its line is not complete', () => {
    expect(readHeader(Buffer.from('Welcome!\nmuster-group 4'))).toEqual({ kind: 'incomplete' });
  });
});

it('ending a group that is gone already is a success', () => {
  expect(spawnSync('sh', ['-c', killText(2 ** 22 + 7, {})]).status).toBe(0);
});

describe('who runs a script', () => {
  it.each(SHELLS.filter((shell) => shell !== 'busybox'))('is %s when the step says so, by name and by path', (shell) => {
    const path = spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
    const script = 'echo "$(readlink /proc/$$/exe)"; value=\'a "b" $c\'; echo "$value"';
    const real = spawnSync('readlink', ['-f', path], { encoding: 'utf8' }).stdout;
    for (const name of [shell, path]) expect(feed('sh', framed(script), { shell: name }).output).toBe(`${real}a "b" $c\n`);
  });

  it('is told when the shell is not there', () => {
    expect(feed('sh', framed('echo never'), { shell: 'nosuchshell' })).toEqual({ status: 127, output: '' });
  });

  it('stops at the first failing line in every shell', () => {
    for (const shell of SHELLS.filter((name) => name !== 'busybox')) expect(feed('sh', framed('false\necho never'), { shell }).output).toBe('');
  });

  it.each([{ shell: 'sh;id' }, { shell: 'ba sh' }, { shell: '/bin/$(id)' }, { shell: '' }, { become: 'a;b' }, { become: '-s' }, { become: "x'" }])(
    'is refused when the name could be read as more: %j',
    (runner) => {
      expect(checkRunner(runner).ok).toBe(false);
    },
  );

  it('is accepted by a plain name or path', () => {
    expect(checkRunner({ shell: '/usr/local/bin/bash', become: 'www-data' }).ok).toBe(true);
    expect(checkRunner({}).ok).toBe(true);
  });
});
