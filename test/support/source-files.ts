// The source files of the project and what each of them imports, for tests that hold its shape.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly path: string;
  readonly lines: number;
  readonly text: string;
  /** Paths from the root for what lies in the project, package names for the rest. */
  readonly imports: readonly string[];
}

const SOURCE = /\.(ts|vue|mjs)$/;
const SCRIPT_TAG = /<script[^>]*>([\s\S]*?)<\/script>/g;

/** Every source file below these folders, generated ones left out. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    const wanted = names.filter((name) => SOURCE.test(name) && !/(^|\/)(dist|node_modules)\//.test(name) && !name.includes('.gen.'));
    return wanted.map((name) => readSource(join(folder, name)));
  });
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const script = path.endsWith('.vue') ? [...text.matchAll(SCRIPT_TAG)].map((match) => match[1] ?? '').join('\n') : text;
  const imports = ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName);
  return { path, text, lines: text.split('\n').length - 1, imports: imports.map((name) => resolved(path, name)) };
}

function resolved(from: string, name: string): string {
  return name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(from), name)) : name;
}
