// How the states of a score component look.
import type { SchemaEnum } from '../../graphql/graphql.ts';
import type { StateLook } from '../state/states.ts';

export const COMPONENT_LOOKS: Readonly<Record<SchemaEnum<'ComponentState'>, StateLook>> = {
  PROVEN: { word: 'proven', icon: 'check', ink: 'ok' },
  STALE: { word: 'stale', icon: 'clock', ink: 'warn' },
  FAILED: { word: 'componentFailed', icon: 'cross', ink: 'bad' },
  UNPROVEN: { word: 'unproven', icon: 'dash', ink: 'idle' },
  NOT_APPLICABLE: { word: 'notApplicable', icon: 'circle', ink: 'idle' },
};
