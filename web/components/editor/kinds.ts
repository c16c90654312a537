// The kinds of steps in the order in which they are offered.

export const KINDS = ['run', 'check', 'wait', 'http', 'copy', 'confirm', 'approve', 'sleep', 'call', 'notify'] as const;
