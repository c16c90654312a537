// Remembers what a question about the steps of a drill came to: one change of state is followed by many questions, each over all steps.
import type { DrillState } from './state.ts';

interface Known<T> {
  readonly plan: DrillState['plan'];
  readonly abort: DrillState['abort'];
  readonly answer: T;
}

/** For answers that follow from the plan, its steps and an abort alone. They are forgotten with the state they are about. */
export function remember<T>(find: (state: DrillState) => T): (state: DrillState) => T {
  const answers = new WeakMap<DrillState['steps'], Known<T>>();
  return (state) => {
    const known = answers.get(state.steps);
    if (known !== undefined && known.plan === state.plan && known.abort === state.abort) return known.answer;
    const answer = find(state);
    answers.set(state.steps, { plan: state.plan, abort: state.abort, answer });
    return answer;
  };
}
