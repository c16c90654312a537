// Why a drill cannot be asked for now, in the order in which a person would mend it.

export interface StartState {
  readonly canRequest: boolean;
  /** Null while no plan can be made of the inputs. */
  readonly planHash: string | null;
  /** The plan on screen is not the one of what is typed. */
  readonly isStale: boolean;
  readonly missingInputs: readonly string[];
}

export interface StartBlock {
  /** Key under `start.block.` in the locales. */
  readonly key: 'notAllowed' | 'missing' | 'noPlan' | 'reading';
  readonly inputs: string;
}

/** Null when nothing is in the way. */
export function startBlock({ canRequest, planHash, isStale, missingInputs }: StartState): StartBlock | null {
  const inputs = missingInputs.join(', ');
  if (!canRequest) return { key: 'notAllowed', inputs };
  if (missingInputs.length > 0) return { key: 'missing', inputs };
  if (isStale) return { key: 'reading', inputs };
  return planHash === null ? { key: 'noPlan', inputs } : null;
}
