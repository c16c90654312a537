// Last step of the build: what the API reads beside its code goes from api/ to dist/api/.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

cpSync(join(ROOT, 'api'), join(ROOT, 'dist', 'api'), { recursive: true, filter: (path) => !path.endsWith('.ts') && !path.endsWith('.md') });
