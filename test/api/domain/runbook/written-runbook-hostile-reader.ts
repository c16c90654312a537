// Reads all hostile files in a process of its own, whose memory the test limits, and prints what became of them.
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { HOSTILE } from './written-runbook-hostile.ts';

const outcomes = HOSTILE.map(([name, text]) => {
  const { runbook, problems } = parseRunbook(text, 'runbook.yaml', new Map());
  const isPlaced = problems.every(({ line = 0, column = 0, code }) => line >= 1 && column >= 1 && code !== '');
  return { name, isRefused: runbook === null && problems.length > 0, isPlaced, isShort: problems.length <= 100 };
});
process.stdout.write(JSON.stringify(outcomes));
