// When a browser tells of what waits: at once, and for what stands still again after 1, 3 and 5 minutes.
import { describe, expect, it } from 'vitest';
import { noticesDue, type Told } from '../../../../web/components/waiting/due-notices.ts';

const MINUTE = 60_000;
const now = { id: 'confirm DR-1 desk', urgency: 'NOW' as const };
const next = { id: 'start DR-2', urgency: 'NEXT' as const };
const later = { id: 'unclean DR-3', urgency: 'LATER' as const };

/** How often each is told when somebody looks at these minutes. */
function toldAt(minutes: readonly number[], items = [now, next, later]): readonly (readonly string[])[] {
  let told: Readonly<Record<string, Told>> = {};
  return minutes.map((minute) => {
    const answer = noticesDue(items, told, minute * MINUTE);
    told = answer.told;
    return answer.due.map(({ id }) => id);
  });
}

describe('notices', () => {
  it('come at once, and again after 1, 3 and 5 minutes for what stands still', () => {
    expect(toldAt([0, 0.5, 1, 2, 3, 4, 5, 6, 60])).toEqual([[now.id, next.id], [], [now.id], [], [now.id], [], [now.id], [], []]);
  });

  it('that a sleeping tab missed are given once', () => {
    expect(toldAt([0, 10, 11])).toEqual([[now.id, next.id], [now.id], []]);
  });

  it('begin anew for what was answered and waits again', () => {
    const first = noticesDue([now], {}, 0);
    const gone = noticesDue([], first.told, MINUTE);
    expect(gone.told).toEqual({});
    expect(noticesDue([now], gone.told, 2 * MINUTE).due).toEqual([now]);
  });
});
