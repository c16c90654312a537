// The shapes of a drill as its page reads it.
import type { FragmentOf, ResultOf } from '../../graphql/graphql.ts';
import type { DrillFeed, DrillQuery, DrillStepFields, OutputFields } from '../../graphql/drills.ts';

export type DrillDetail = NonNullable<ResultOf<typeof DrillQuery>['drill']>;
export type StepDetail = FragmentOf<typeof DrillStepFields>;
export type FeedEvent = ResultOf<typeof DrillFeed>['drillEvents'];
export type OutputDetail = FragmentOf<typeof OutputFields>;
export type DrillAction = DrillDetail['actions'][number];
