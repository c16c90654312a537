// The shape of one service as its page reads it.
import type { ResultOf } from '../../graphql/graphql.ts';
import type { ServiceQuery } from '../../graphql/services.ts';

export type ServiceDetail = NonNullable<ResultOf<typeof ServiceQuery>['service']>;
export type ComponentDetail = ServiceDetail['readiness']['components'][number];
