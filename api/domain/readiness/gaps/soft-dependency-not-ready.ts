// Gap soft-dependency-not-ready: something that the service uses, and can do without, is not ready. It costs no points.
import { bandOf, isReadyEnough } from '../band.ts';
import { effectiveOf } from '../inherit.ts';
import { listOf } from '../phrase.ts';
import { pointsOf } from '../points.ts';
import { scoredOf } from '../view.ts';
import type { GapRule } from './gap.ts';
import { CLOSES_NOTHING } from './gap.ts';

export const softDependencyNotReadyGap: GapRule = {
  code: 'soft-dependency-not-ready',
  title: 'A soft dependency is not ready',
  component: null,
  find(scored, view) {
    const weak = (view.graph.soft[scored.number] ?? []).filter((number) => {
      const hasQualifyingDrill = scoredOf(view, number).facts.qualifying.length > 0;
      return !isReadyEnough(bandOf(pointsOf(effectiveOf(view.standing, number)), hasQualifyingDrill));
    });
    if (weak.length === 0) return null;
    const services = weak.map((number) => scoredOf(view, number).facts.service);
    return {
      reason: `${scored.facts.service.name} uses ${listOf(services.map((service) => service.name))}, which ${weak.length === 1 ? 'is' : 'are'} not ready.`,
      action: `Know how to run without ${listOf(services.map((service) => service.name))}, or close the gaps there.`,
      since: null,
      evidence: services.map((service) => service.key),
      closing: CLOSES_NOTHING,
    };
  },
};
