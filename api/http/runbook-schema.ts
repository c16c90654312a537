// The runbook language as JSON Schema, for editors: people need not be signed in to write a file.
import { Router } from 'express';
import { runbookSchema } from '../domain/runbook/schema/language.ts';

/** The address that a `# yaml-language-server: $schema=` line names. */
const PATH = '/schema/runbook.json';

export function runbookSchemaRoute(): Router {
  const router = Router();
  const text = JSON.stringify(runbookSchema());
  router.get(PATH, (_request, response) => {
    // It changes with the version of the app only, and the entity tag saves the rest.
    response.setHeader('Cache-Control', 'no-cache');
    response.type('application/schema+json').send(text);
  });
  return router;
}
