// Long lists in statements, cut so that no statement has more parameters than a database takes (SQLite 32,766; PostgreSQL 65,535).

/** 500 rows of the widest table (23 columns) are 11,500 parameters. */
const CHUNK_SIZE = 500;

/** Asks for the distinct keys chunk by chunk and puts the answers together. No key, no question. */
export async function byChunks<K, T>(keys: readonly K[], ask: (chunk: readonly K[]) => Promise<readonly T[]>): Promise<readonly T[]> {
  const answers: T[] = [];
  for (const chunk of chunksOf([...new Set(keys)])) answers.push(...(await ask(chunk)));
  return answers;
}

/** Writes the rows chunk by chunk, in their order. */
export async function writeChunks<T>(rows: readonly T[], write: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
  for (const chunk of chunksOf(rows)) await write(chunk);
}

function chunksOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / CHUNK_SIZE) }, (_, index) => items.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE));
}
