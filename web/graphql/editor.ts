// Editing a runbook: its draft, the checks while typing, names for completion, submitting.
import { Client, fetchExchange } from '@urql/vue';
import { graphql } from './graphql.ts';
import { PlannedStepFields } from './runbooks.ts';

/** A client without a cache: a check is asked a hundred times in a session, each with another text, and never twice. */
export function createCheckClient(): Client {
  return new Client({
    url: '/graphql',
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchOptions: { credentials: 'same-origin', headers: { 'x-muster-csrf': '1', 'content-type': 'application/json' } },
  });
}

export const DraftFields = graphql(`
  fragment DraftFields on RunbookDraft @_unmask {
    source
    version
    savedAt
    files {
      name
      text
    }
    base {
      hash
      number
    }
  }
`);

export const EditedRunbookQuery = graphql(
  `
    query EditedRunbook($key: ID!) {
      runbook(key: $key) {
        key
        title
        canEdit
        latest {
          hash
          number
          source
          createdBy
          files {
            name
            text
          }
        }
      }
      runbookDraft(runbook: $key) {
        ...DraftFields
      }
    }
  `,
  [DraftFields],
);

export const NewDraftQuery = graphql(
  `
    query NewDraft {
      runbookDraft {
        ...DraftFields
      }
    }
  `,
  [DraftFields],
);

export const RunbookNamesQuery = graphql(`
  query RunbookNames {
    runbookNames {
      services
      hosts
      sites
      runbooks
      channels
    }
  }
`);

export const CheckRunbookQuery = graphql(
  `
    query CheckRunbook($text: RunbookTextInput!) {
      checkRunbook(text: $text) {
        isReadable
        totalMs
        recoveryMs
        rtoSeconds
        problems {
          code
          isError
          isAdvice
          explanation
          message
          remedy
          line
          column
          fix {
            title
            edits {
              from {
                line
                column
              }
              to {
                line
                column
              }
              newText
            }
          }
        }
        steps {
          ...PlannedStepFields
        }
      }
    }
  `,
  [PlannedStepFields],
);

export const SaveDraft = graphql(
  `
    mutation SaveDraft($input: SaveDraftInput!) {
      saveDraft(input: $input) {
        ...DraftFields
      }
    }
  `,
  [DraftFields],
);

export const SubmitDraft = graphql(`
  mutation SubmitDraft($runbook: ID, $version: Int!) {
    submitDraft(runbook: $runbook, version: $version) {
      hash
      number
    }
  }
`);

export const DiscardDraft = graphql(`
  mutation DiscardDraft($runbook: ID, $version: Int!) {
    discardDraft(runbook: $runbook, version: $version)
  }
`);

export const CheckDraftHosts = graphql(`
  mutation CheckDraftHosts($text: RunbookTextInput!) {
    checkDraftHosts(text: $text) {
      host
      isReachable
      isKeyChanged
      problem
    }
  }
`);

export const ConvertProcedureQuery = graphql(`
  query ConvertProcedure($fileName: String!, $text: String!) {
    convertProcedure(fileName: $fileName, text: $text) {
      key
      title
      source
      files {
        name
        text
      }
      understood {
        line
        what
        became
        why
      }
      manual {
        line
        what
        became
        why
      }
      unplaced {
        line
        what
        why
      }
    }
  }
`);

export const DiffFields = graphql(`
  fragment DiffFields on RunbookDiff @_unmask {
    voidsEvidence
    head {
      field
      before
      after
      voidsEvidence
    }
    steps {
      kind
      id
      title
      renamedFrom
      isMoved
      changesCommand
      voidsEvidence
      fields {
        field
        before
        after
        voidsEvidence
      }
    }
  }
`);

export const RevisionDiffQuery = graphql(
  `
    query RevisionDiff($key: ID!, $from: Int!, $to: Int!) {
      runbook(key: $key) {
        key
        revision(number: $to) {
          hash
          changesSince(number: $from) {
            ...DiffFields
          }
        }
      }
    }
  `,
  [DiffFields],
);

export const TextDiffQuery = graphql(
  `
    query TextDiff($text: RunbookTextInput!, $number: Int!) {
      checkRunbook(text: $text) {
        changesSince(number: $number) {
          ...DiffFields
        }
      }
    }
  `,
  [DiffFields],
);

/** Two revisions side by side, or one and what is being written. */
export const RevisionTextQuery = graphql(`
  query RevisionText($key: ID!, $number: Int!) {
    runbook(key: $key) {
      key
      title
      latest {
        number
      }
      revision(number: $number) {
        number
        source
        createdBy
        createdAt
        files {
          name
          text
        }
      }
    }
  }
`);
