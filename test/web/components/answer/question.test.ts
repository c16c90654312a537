// What the page of a question shows, and what an answer rests on.
import { describe, expect, it } from 'vitest';
import { answerKey, answerPath, outcomesOf, questionState, restsOn } from '../../../../web/components/answer/question.ts';

type Asked = Parameters<typeof questionState>[0];

const confirm = (over: Partial<Asked> = {}): Asked => ({
  state: 'WAITING',
  confirmedAt: null,
  planned: { kind: 'CONFIRM', isPointOfNoReturn: false },
  ...over,
});

const run = (isPointOfNoReturn: boolean): Asked => confirm({ planned: { kind: 'RUN', isPointOfNoReturn } });
const step = (id: string, ...needs: string[]) => ({ id, planned: { needs } });

describe('a question', () => {
  it('is asked while its step waits in a drill that is not over', () => {
    expect(questionState(confirm(), 'RUNNING')).toBe('asked');
    expect(questionState(confirm(), 'PAUSED')).toBe('asked');
    expect(questionState(confirm(), 'ABORTED')).toBe('gone');
  });

  it('is answered once somebody has, however the step ended', () => {
    expect(questionState(confirm({ state: 'FAILED', confirmedAt: '2026-11-24T10:00:00Z' }), 'FAILED')).toBe('answered');
    expect(questionState(confirm({ state: 'SKIPPED', confirmedAt: '2026-11-24T10:00:00Z' }), 'RUNNING')).toBe('answered');
  });

  it('is early before its turn, and gone when nobody answered in time or the drill ended first', () => {
    expect(questionState(confirm({ state: 'PENDING' }), 'RUNNING')).toBe('early');
    expect(questionState(confirm({ state: 'PENDING' }), 'FAILED')).toBe('gone');
    expect(questionState(confirm({ state: 'FAILED' }), 'RUNNING')).toBe('gone');
  });

  it('is asked at a point of no return, and at no other command', () => {
    expect(questionState(run(true), 'RUNNING')).toBe('asked');
    expect(questionState(run(false), 'RUNNING')).toBe('none');
  });
});

describe('the answers', () => {
  it('are done, failed or not applicable for a confirmation, and go or no-go for a decision', () => {
    expect(outcomesOf({ kind: 'CONFIRM' })).toEqual(['DONE', 'FAILED', 'NOT_APPLICABLE']);
    expect(outcomesOf({ kind: 'APPROVE' }).map((outcome) => answerKey({ kind: 'APPROVE' }, outcome))).toEqual(['GO', 'NO_GO']);
  });

  it('have an address of their own, whatever is in the id of the step', () => {
    expect(answerPath('DR-4', 'desk')).toBe('/drills/DR-4/steps/desk/confirm');
    expect(answerPath('DR-4', 'call/desk')).toBe('/drills/DR-4/steps/call%2Fdesk/confirm');
  });
});

describe('what an answer rests on', () => {
  const steps = [step('a'), step('b', 'a'), step('c', 'a'), step('d', 'b', 'c'), step('ask', 'd'), step('after', 'ask')];
  const ask = step('ask', 'd');

  it('is what the question needs, then what that needs, nearest first and each once', () => {
    expect(restsOn(steps, ask, 10).map(({ number, isDirect, step: { id } }) => [id, number, isDirect])).toEqual([
      ['d', 4, true],
      ['c', 3, false],
      ['b', 2, false],
      ['a', 1, false],
    ]);
  });

  it('is no more than asked for, and nothing for a step that needs nothing', () => {
    expect(restsOn(steps, ask, 2).map(({ step: { id } }) => id)).toEqual(['d', 'c']);
    expect(restsOn(steps, step('a'), 10)).toEqual([]);
  });
});
