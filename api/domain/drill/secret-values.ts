// How a sealed value is told from others: in plans, states and journals it stands in the value's place.

export const SEALED_START = 'sealed:v1:';

export function isSealed(value: string): boolean {
  return value.startsWith(SEALED_START);
}
