// The shipped runbook vault-loss-tabletop: people only, no host.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmStep } from '../../../api/application/confirm-step.ts';
import { followDrill, told, valueOf, waiting } from '../../support/services/follow-drill.ts';
import { startSiteRange, type SiteRange } from '../../support/services/site-range.ts';

const RUNBOOK = 'vault-loss-tabletop';

describe(`The shipped runbook ${RUNBOOK}`, { timeout: 60_000 }, () => {
  let range: SiteRange;

  beforeAll(async () => {
    range = await startSiteRange({ only: [] });
  }, 60_000);
  afterAll(() => range.stop(), 60_000);

  it('is passed by people, and proves no more than a tabletop does', async () => {
    const state = await followDrill(range, { runbook: RUNBOOK });
    expect(state.result, told(state)).toBe('passed');
    expect(state.plan.level).toBe('tabletop');
    expect(state.plan.hosts).toEqual([]);
    expect(state.humanWaitMs).toBeGreaterThan(0);
  });

  it('fails with the reason of the person who could not do it', async () => {
    const [, ben] = range.people;
    const state = await followDrill(
      range,
      { runbook: RUNBOOK },
      {
        async onLook(drill, now) {
          if (!waiting(now).some(({ id }) => id === 'backup')) return;
          valueOf(await confirmStep(range.app, ben, { drill, step: 'backup', outcome: 'failed', note: 'Its password is in the vault.' }));
        },
      },
    );
    expect(state.result, told(state)).toBe('failed');
    expect(state.steps.get('backup')?.reason).toContain('Its password is in the vault.');
    expect(state.steps.get('rotation-plan')?.state).not.toBe('succeeded');
  });
});
