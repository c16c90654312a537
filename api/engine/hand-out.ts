// The engine of a process that runs no drills: whatever is to be done goes to those that do.
import type { DrillEngine } from '../application/ports.ts';

export function createHandOut(handOut: (drill: string) => void): DrillEngine {
  return {
    wake: handOut,
    take: () => Promise.resolve(),
    recover: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
