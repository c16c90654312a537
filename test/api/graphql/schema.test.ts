// The schema that the web app is built against is the one that the API serves.
import { expect, test } from 'vitest';
import { makeSchema, schemaText } from '../../../api/graphql/schema.ts';

test('web/schema.graphql is what the resolvers make (write it anew with `npm run schema`)', async () => {
  await expect(schemaText(await makeSchema())).toMatchFileSnapshot('../../../web/schema.graphql');
});
