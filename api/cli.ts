#!/usr/bin/env node
// The muster command: puts its verbs together with the database, the importers and the terminal.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { appVersion } from './app-root.ts';
import { EXIT } from './cli/exit-code.ts';
import type { CliParts, OpenedDatabase, ProcedureImporter } from './cli/parts.ts';
import { processTerminal } from './cli/process-terminal.ts';
import { runCli } from './cli/program.ts';
import { BaseFileError } from './cli/sync/base-file.ts';
import { loadConfig } from './config.ts';
import { DatabaseError } from './db/database-error.ts';
import { openDatabase } from './db/open-database.ts';
import { done, refused, type Result } from './domain/errors.ts';
import { parsePortfolio } from './import/portfolio/parse-portfolio.ts';
import { RUNBOOK_FORMATS, importRunbook } from './import/runbook-import.ts';
import { findRunbookFiles, readRunbookFiles } from './import/runbooks/read-runbook-files.ts';
import { FOLDER_AUTHOR } from './load-runbooks.ts';
import { argon2Passwords } from './passwords/argon2.ts';
import { secretKey, SecretKeyError } from './secrets/key-file.ts';
import { createSeals } from './secrets/seals.ts';

async function openConfigured({ makes }: { readonly makes: boolean }): Promise<OpenedDatabase> {
  const loaded = loadConfig(process.env);
  if ('problems' in loaded) return { kind: 'refused', sentences: loaded.problems };
  const location = loaded.config.database;
  if (location.kind === 'sqlite') {
    if (!existsSync(location.file) && !makes) return { kind: 'absent' };
    await mkdir(dirname(location.file), { recursive: true, mode: 0o700 });
  }
  try {
    const database = await openDatabase(location);
    await database.migrate();
    return { kind: 'open', database };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { kind: 'refused', sentences: [error.message, ...(error.code === 'IN_USE' ? [IN_USE_ADVICE] : [])] };
  }
}

async function seal(text: string): Promise<Result<string>> {
  const loaded = loadConfig(process.env);
  if ('problems' in loaded) return refused('BAD_STATE', loaded.problems.join('\n'));
  try {
    return done(createSeals(await secretKey(loaded.config.dataFolder)).seal(text));
  } catch (error) {
    if (!(error instanceof SecretKeyError)) throw error;
    return refused('BAD_STATE', error.message);
  }
}

const IN_USE_ADVICE = 'When that is the running app, stop it, run this command, and start it again.';

const importProcedure: ProcedureImporter['import'] = (text, fileName, { format, key }) => {
  const known = RUNBOOK_FORMATS.find((name) => name === format);
  return importRunbook(text, fileName, { ...(known === undefined ? {} : { format: known }), ...(key === undefined ? {} : { key }) });
};

const terminal = processTerminal();
try {
  const parts: CliParts = {
    terminal,
    clock: Date.now,
    passwords: argon2Passwords(),
    openDatabase: openConfigured,
    seal,
    parsePortfolio,
    runbooks: { find: findRunbookFiles, read: readRunbookFiles },
    procedures: { formats: RUNBOOK_FORMATS, import: importProcedure },
    folderAuthor: FOLDER_AUTHOR,
    calledAs: process.env.npm_command === 'exec' ? 'npx muster' : 'muster',
  };
  process.exitCode = await runCli(parts, process.argv.slice(2), appVersion());
} catch (error) {
  if (!(error instanceof DatabaseError) && !(error instanceof BaseFileError)) throw error;
  terminal.err(error.message);
  process.exitCode = EXIT.problems;
}
