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
  mutation PauseDrill($id: ID!, $asked: Asked) {
    pauseDrill(id: $id, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const ResumeDrill = graphql(`
  mutation ResumeDrill($id: ID!, $asked: Asked) {
    resumeDrill(id: $id, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const AbortDrill = graphql(`
  mutation AbortDrill($id: ID!, $typedId: String!, $form: AbortForm!, $reason: String!, $asked: Asked) {
    abortDrill(id: $id, typedId: $typedId, form: $form, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const CommentDrill = graphql(`
  mutation CommentDrill($id: ID!, $text: String!, $step: ID, $asked: Asked) {
    commentDrill(id: $id, text: $text, step: $step, asked: $asked) {
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
  mutation RetryStep($drill: ID!, $step: ID!, $reason: String, $isEverywhere: Boolean! = false, $asked: Asked) {
    retryStep(drill: $drill, step: $step, reason: $reason, isEverywhere: $isEverywhere, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const SkipStep = graphql(`
  mutation SkipStep($drill: ID!, $step: ID!, $reason: String!, $asked: Asked) {
    skipStep(drill: $drill, step: $step, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const DecideUnknown = graphql(`
  mutation DecideUnknown($drill: ID!, $step: ID!, $host: ID!, $decision: UnknownDecision!, $reason: String!, $asked: Asked) {
    decideUnknown(drill: $drill, step: $step, host: $host, decision: $decision, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const AcceptUnclean = graphql(`
  mutation AcceptUnclean($drill: ID!, $reason: String!, $asked: Asked) {
    acceptUnclean(drill: $drill, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const TakeOverDrill = graphql(`
  mutation TakeOverDrill($id: ID!, $from: String, $reason: String!, $asked: Asked) {
    takeOverDrill(id: $id, from: $from, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const ReopenDrill = graphql(`
  mutation ReopenDrill($id: ID!, $reason: String!, $asked: Asked) {
    reopenDrill(id: $id, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);

export const RevertDrill = graphql(`
  mutation RevertDrill($id: ID!, $reason: String!, $asked: Asked) {
    revertDrill(id: $id, reason: $reason, asked: $asked) {
      id
      lastSeq
    }
  }
`);
