// Conditions: what can be read, what it names, and what it gives.
import { describe, expect, it } from 'vitest';
import { LONGEST_CONDITION, conditionTypeFault, evaluateCondition, parseCondition } from '../../../../api/domain/runbook/condition.ts';
import type { ConditionValues } from '../../../../api/domain/runbook/condition.ts';

const VALUES: ConditionValues = {
  inputs: { count: 5, site: 'munich', isFast: true },
  values: { lag: '3' },
  mode: 'rehearsal',
  steps: { 'stop-writes': { state: 'passed' }, check: { state: 'warned' } },
};

describe('evaluateCondition', () => {
  it.each([
    ['inputs.count == 5', true],
    ['inputs.count == 5.0', true],
    ['5 == inputs.count', true],
    ['inputs.count > 4 && inputs.count < 5.5 && inputs.count >= 5', true],
    ['inputs.count + 1 == 6', true],
    ['1 + inputs.count == 6', true],
    ['inputs.count * 2 == 10.0', true],
    ['inputs.count / 2 == 2.5', true],
    ['inputs.count % 2 == 1', true],
    ['10 - inputs.count == 5', true],
    ['-inputs.count < 0', true],
    ['inputs.count in [4, 5]', true],
    ['inputs.count != 5', false],
    ['inputs.isFast', true],
    ['!inputs.isFast || mode == "failover"', false],
    ['inputs.site == "munich" && mode != "failover"', true],
    ['has(values.lag) && int(values.lag) < 5', true],
    ['double(values["lag"]) <= 3', true],
    ['has(values.other)', false],
    ['steps["stop-writes"].state == "passed"', true],
    ['steps.check.state in ["passed", "warned"]', true],
    ['["a", "b"].exists(x, x == inputs.site)', false],
    ['inputs.site.startsWith("mu") ? true : false', true],
  ])('judges %s: %s', (text, expected) => {
    expect(evaluateCondition(text, VALUES)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['values.other == "1"', 'cannot be judged: No such key: other'],
    ['inputs.nothing', 'cannot be judged: No such key: nothing'],
    ['inputs.constructor == "x"', 'cannot be judged: No such key: constructor'],
    ['inputs.site > 5', 'cannot be judged'],
    ['inputs.site', 'gives something that is neither true nor false'],
    ['int(inputs.site) == 1', 'cannot be judged'],
    ['steps.later.state == "passed"', 'cannot be judged: No such key: later'],
    ['timestamp("2026-01-01T00:00:00Z").getHours("Nowhere/At") == 1', 'cannot be judged: Invalid time zone'],
    ['inputs.site.matches("(")', 'cannot be judged: Invalid regular expression'],
    ['1 / 0 == 1', 'cannot be judged: division by zero'],
  ])('guesses nothing: %s', (text, message) => {
    expect(evaluateCondition(text, VALUES)).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(message) } });
  });

  it('gives the same for the same, however often it is asked and whatever was asked between', () => {
    for (let count = 0; count < 1_500; count += 1)
      expect(evaluateCondition(`inputs.count == ${count}`, VALUES)).toEqual({ ok: true, value: count === 5 });
    expect(evaluateCondition('inputs.count == 5', VALUES)).toEqual({ ok: true, value: true });
    expect(evaluateCondition('inputs.count == 5', { ...VALUES, inputs: { count: 6 } })).toEqual({ ok: true, value: false });
  });
});

describe('parseCondition', () => {
  it('tells what a condition names, each once', () => {
    const text =
      'inputs.site == "x" && values["lag"] == inputs.site && steps["a-b"].state == "passed" && has(values.other) && [1].all(i, i > inputs.count)';
    const condition = parseCondition(text);
    expect(condition.ok && condition.value.names.toSorted((a, b) => (`${a.of}${a.name}` < `${b.of}${b.name}` ? -1 : 1))).toEqual([
      { of: 'inputs', name: 'count' },
      { of: 'inputs', name: 'site' },
      { of: 'steps', name: 'a-b' },
      { of: 'values', name: 'lag' },
      { of: 'values', name: 'other' },
    ]);
  });

  it.each([
    ['mode ==', 'cannot be read: Unexpected token: EOF', '7'],
    ['mode == "failover" &&& true', 'cannot be read', '21'],
    ['other == 1', 'cannot be read: Unknown variable: other', '0'],
    ['mode == 5', 'cannot be read: no such overload', '0'],
    ['now() == 1', 'cannot be read', '0'],
    ['"a', 'cannot be read: Unterminated string', '0'],
    ['', 'cannot be read', '0'],
  ])('refuses %j with the place in it', (text, message, field) => {
    expect(parseCondition(text)).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(message), field } });
  });

  it.each([
    ['a number', '1 + 1', 'gives int, not true or false'],
    ['text', 'mode', 'gives string, not true or false'],
    ['loops within loops', '[1].all(a, [1].all(b, [1].all(c, a == b && b == c)))', 'has loops within loops within loops'],
    ['a name for what was computed', 'cel.bind(x, "a" + "a", x == "aa")', 'gives a name to a part of itself'],
    ['something too long', `mode == "${'x'.repeat(LONGEST_CONDITION)}"`, `is longer than ${LONGEST_CONDITION} characters`],
    ['something too deep', `${'('.repeat(1_000)}true${')'.repeat(1_000)}`, 'is longer'],
    ['something deep', `${'('.repeat(500)}true${')'.repeat(500)}`, 'cannot be read: Exceeded maxDepth'],
    ['too many parts', Array.from({ length: 200 }, () => 'true').join('&&'), 'cannot be read: Exceeded maxAstNodes'],
  ])('refuses %s', (_, text, message) => {
    expect(parseCondition(text)).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(message) } });
  });
});

describe('conditionTypeFault', () => {
  const TYPES = { count: 'dyn', site: 'string', fast: 'bool' } as const;

  it.each([
    ['inputs.count == 5 && inputs.count + 0.5 > 5', null],
    ['inputs.fast && inputs["site"] == "x" && has(inputs.site)', null],
    ['"site" in inputs', null],
    ['inputs.exists(name, name == "site")', null],
    ['inputs.site == 5', 'cannot be judged: no such overload: string == int'],
    ['inputs.fast == "true"', 'cannot be judged: no such overload: bool == string'],
    ['inputs.site', 'gives string, not true or false'],
  ])('says of %s: %s', (text, fault) => {
    expect(conditionTypeFault(text, TYPES)).toBe(fault);
  });
});
