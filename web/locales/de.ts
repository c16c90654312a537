// German.
import { answering } from './de/answering.ts';
import { app } from './de/app.ts';
import { controlling } from './de/controlling.ts';
import { drilling } from './de/drilling.ts';
import { editor } from './de/editor.ts';
import { hosts } from './de/hosts.ts';
import { measuring } from './de/measuring.ts';
import { planning } from './de/planning.ts';
import { readiness } from './de/readiness.ts';
import { scheduling } from './de/scheduling.ts';

export const de = { ...app, ...answering, ...readiness, ...planning, ...controlling, ...drilling, ...measuring, ...editor, ...scheduling, ...hosts };
