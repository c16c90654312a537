// English, the language every other is made from.
import { answering } from './en/answering.ts';
import { app } from './en/app.ts';
import { controlling } from './en/controlling.ts';
import { drilling } from './en/drilling.ts';
import { editor } from './en/editor.ts';
import { hosts } from './en/hosts.ts';
import { measuring } from './en/measuring.ts';
import { planning } from './en/planning.ts';
import { readiness } from './en/readiness.ts';
import { scheduling } from './en/scheduling.ts';

export const en = { ...app, ...answering, ...readiness, ...planning, ...controlling, ...drilling, ...measuring, ...editor, ...scheduling, ...hosts };
