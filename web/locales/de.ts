// German.
import { app } from './de/app.ts';
import { drilling } from './de/drilling.ts';
import { editor } from './de/editor.ts';
import { planning } from './de/planning.ts';
import { readiness } from './de/readiness.ts';

export const de = { ...app, ...readiness, ...planning, ...drilling, ...editor };
