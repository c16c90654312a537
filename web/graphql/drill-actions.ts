// What a person may do to a drill. Every mutation answers with the drill as the server has it then.
import { graphql } from './graphql.ts';

export const ApproveDrill = graphql(`
  mutation ApproveDrill($id: ID!, $planHash: String!, $note: String) {
    approveDrill(id: $id, planHash: $planHash, note: $note) {
      id
      lastSeq
    }
  }
`);

export const RejectDrill = graphql(`
  mutation RejectDrill($id: ID!, $reason: String!) {
    rejectDrill(id: $id, reason: $reason) {
      id
      lastSeq
    }
  }
`);

export const StartDrill = graphql(`
  mutation StartDrill($id: ID!, $planHash: String!) {
    startDrill(id: $id, planHash: $planHash) {
      id
      lastSeq
    }
  }
`);

export const PauseDrill = graphql(`
  mutation PauseDrill($id: ID!) {
    pauseDrill(id: $id) {
      id
      lastSeq
    }
  }
`);

export const ResumeDrill = graphql(`
  mutation ResumeDrill($id: ID!) {
    resumeDrill(id: $id) {
      id
      lastSeq
    }
  }
`);

export const AbortDrill = graphql(`
  mutation AbortDrill($id: ID!, $typedId: String!, $form: AbortForm!, $reason: String!) {
    abortDrill(id: $id, typedId: $typedId, form: $form, reason: $reason) {
      id
      lastSeq
    }
  }
`);

export const CommentDrill = graphql(`
  mutation CommentDrill($id: ID!, $text: String!) {
    commentDrill(id: $id, text: $text) {
      id
      lastSeq
    }
  }
`);

export const ConfirmStep = graphql(`
  mutation ConfirmStep($drill: ID!, $step: ID!, $outcome: ConfirmOutcome!, $note: String) {
    confirmStep(drill: $drill, step: $step, outcome: $outcome, note: $note) {
      id
      lastSeq
    }
  }
`);

export const RetryStep = graphql(`
  mutation RetryStep($drill: ID!, $step: ID!, $reason: String) {
    retryStep(drill: $drill, step: $step, reason: $reason) {
      id
      lastSeq
    }
  }
`);

export const SkipStep = graphql(`
  mutation SkipStep($drill: ID!, $step: ID!, $reason: String!) {
    skipStep(drill: $drill, step: $step, reason: $reason) {
      id
      lastSeq
    }
  }
`);

export const DecideUnknown = graphql(`
  mutation DecideUnknown($drill: ID!, $step: ID!, $host: ID!, $decision: UnknownDecision!, $reason: String!) {
    decideUnknown(drill: $drill, step: $step, host: $host, decision: $decision, reason: $reason) {
      id
      lastSeq
    }
  }
`);

export const AcceptUnclean = graphql(`
  mutation AcceptUnclean($drill: ID!, $reason: String!) {
    acceptUnclean(drill: $drill, reason: $reason) {
      id
      lastSeq
    }
  }
`);
