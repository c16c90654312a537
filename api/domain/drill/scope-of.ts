// Where a step stands: steps of a called runbook have the id of the call and a slash before their own.

/** The id of the call that a step stands in; empty for a step of the runbook itself. */
export function scopeOf(step: string): string {
  return step.slice(0, Math.max(0, step.lastIndexOf('/')));
}
