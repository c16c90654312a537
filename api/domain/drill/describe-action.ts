// An action as a line that people read in plans, logs and lists, where a command would show its text.
import type { Action, CopyAction } from '../runbook/runbook.ts';

export function describeAction(action: Action | CopyAction): string {
  switch (action.type) {
    case 'http':
      return action.body === null ? `${action.method} ${action.url}` : `${action.method} ${action.url}\n\n${action.body}`;
    case 'tcp':
      return `connect to ${action.host}:${action.port}`;
    case 'dns':
      return `look up ${action.name} ${action.recordType}${action.server === null ? '' : ` at ${action.server}`}`;
    case 'notify':
      return `tell ${action.channel}: ${action.message}`;
    case 'copy-to':
      return `put ${action.file} at ${action.to}${action.fileMode === null ? '' : ` (mode ${action.fileMode})`}`;
    case 'copy-from':
      return `fetch ${action.from}`;
  }
}
