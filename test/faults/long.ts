// Whether the long forms are wanted: `npm run test:faults` sets it.

export const isLong = process.env['MUSTER_LONG'] === '1';
