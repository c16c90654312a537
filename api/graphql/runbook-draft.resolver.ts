// Editing a runbook: a person's draft, the checks while typing, and making a revision of it.
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { checkDraft, checkDraftHosts } from '../application/check-draft.ts';
import { discardDraft } from '../application/discard-draft.ts';
import { whyNotEdit } from '../application/runbook-text.ts';
import { saveDraft } from '../application/save-draft.ts';
import { submitDraft } from '../application/submit-draft.ts';
import type { Problem } from '../domain/errors.ts';
import { ALL_LINT_RULES } from '../domain/runbook/lint/all-lint-rules.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { errorOf, unwrap } from './errors.ts';
import { HostCheckType } from './host.type.ts';
import { RunbookCheckType, RunbookDraftType, RunbookNamesType, RunbookTextInput, runbookTextOf, SaveDraftInput } from './runbook-draft.type.ts';
import { ProblemType, RevisionType } from './runbook.type.ts';
import { PlannedStepType, plannedSteps } from './step.type.ts';

const RULES = new Map(ALL_LINT_RULES.map((rule) => [rule.code, rule]));

/** A list for completion; a portfolio of more is searched on its own page. */
const MOST_NAMES = 5_000;

@Resolver(() => RunbookDraftType)
export class RunbookDraftResolver {
  @Query(() => RunbookDraftType, { nullable: true, description: "The person's own draft of a runbook, or of a new one when none is named." })
  async runbookDraft(
    @Arg('runbook', () => ID, { nullable: true }) runbook: string | null,
    @Ctx() context: GraphContext,
  ): Promise<RunbookDraftType | null> {
    const { app, actor } = context;
    await demandEdit(context, runbook ?? null);
    const draft = await app.database.stores.drafts.find(runbook ?? null, actor?.name ?? '');
    return draft === null ? null : new RunbookDraftType(draft);
  }

  @Query(() => RunbookNamesType)
  async runbookNames(@Ctx() context: GraphContext): Promise<RunbookNamesType> {
    await demandEdit(context, null);
    const { portfolio } = await context.loaders.view();
    const runbooks: string[] = [];
    for (const { latest } of (await context.loaders.runbooks()).values()) {
      if (may(context.actor, 'runbooks.see', await subjectIn(context, latest.runbook.services))) runbooks.push(latest.runbook.key);
    }
    const canSeeHosts = may(context.actor, 'hosts.see');
    return {
      services: portfolio.services.slice(0, MOST_NAMES).map(({ key }) => key),
      hosts: canSeeHosts ? portfolio.hosts.slice(0, MOST_NAMES).map(({ key }) => key) : [],
      sites: portfolio.sites.slice(0, MOST_NAMES).map(({ key }) => key),
      runbooks: runbooks.slice(0, MOST_NAMES),
      channels: [...context.app.abilities.channels].slice(0, MOST_NAMES),
    };
  }

  @Mutation(() => RunbookDraftType, { description: 'Keeps a text, with its errors. CONFLICT when the draft was saved from elsewhere since.' })
  async saveDraft(@Arg('input', () => SaveDraftInput) input: SaveDraftInput, @Ctx() { app, actor }: GraphContext): Promise<RunbookDraftType> {
    const draft = { ...runbookTextOf(input), base: input.base ?? null, version: input.version };
    return new RunbookDraftType(unwrap(await saveDraft(app, actor, draft)));
  }

  @Mutation(() => RevisionType, { description: "Makes a revision of the person's draft; somebody else approves it." })
  async submitDraft(
    @Arg('version', () => Int) version: number,
    @Arg('runbook', () => ID, { nullable: true }) runbook: string | null,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<RevisionType> {
    return new RevisionType(unwrap(await submitDraft(app, actor, { runbook: runbook ?? null, version })));
  }

  @Mutation(() => Boolean, { description: "Throws the person's draft away; true when it is gone." })
  async discardDraft(
    @Arg('version', () => Int) version: number,
    @Arg('runbook', () => ID, { nullable: true }) runbook: string | null,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<boolean> {
    return unwrap(await discardDraft(app, actor, { runbook: runbook ?? null, version })) === null;
  }

  @FieldResolver(() => RevisionType, { nullable: true, description: 'The revision that it goes out from; null for a new runbook.' })
  async base(@Root() { draft }: RunbookDraftType, @Ctx() { app }: GraphContext): Promise<RevisionType | null> {
    const revision = draft.base === null ? null : await app.database.stores.runbooks.revision(draft.base);
    return revision === null ? null : new RevisionType(revision);
  }
}

@Resolver(() => RunbookCheckType)
export class RunbookCheckResolver {
  @Query(() => RunbookCheckType, { description: 'What is wrong with a text, and how long it would take. Nothing is stored.' })
  async checkRunbook(@Arg('text', () => RunbookTextInput) text: RunbookTextInput, @Ctx() { app, actor }: GraphContext): Promise<RunbookCheckType> {
    return new RunbookCheckType(unwrap(await checkDraft(app, actor, runbookTextOf(text))), text.runbook ?? null);
  }

  @Mutation(() => [HostCheckType], { description: 'Connects to each host that the text names, verifies its key, and runs nothing.' })
  async checkDraftHosts(@Arg('text', () => RunbookTextInput) text: RunbookTextInput, @Ctx() { app, actor }: GraphContext): Promise<HostCheckType[]> {
    return unwrap(await checkDraftHosts(app, actor, runbookTextOf(text))).map((check) => new HostCheckType(check));
  }

  @FieldResolver(() => [PlannedStepType])
  steps(@Root() { shape }: RunbookCheckType): PlannedStepType[] {
    return shape === null ? [] : plannedSteps(shape.steps, shape);
  }
}

@Resolver(() => ProblemType)
export class ProblemResolver {
  @FieldResolver(() => Boolean, { description: 'It keeps the runbook from being stored; a warning does not.' })
  isError(@Root() problem: Problem): boolean {
    return problem.severity === 'error';
  }

  @FieldResolver(() => Boolean, { description: 'Worth a thought, where a warning is mostly a mistake.' })
  isAdvice(@Root() { code }: Problem): boolean {
    return RULES.get(code)?.weight === 'advice';
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it is told, as Markdown; null for errors, which say themselves what to do.' })
  explanation(@Root() { code }: Problem): string | null {
    return RULES.get(code)?.why ?? null;
  }
}

async function demandEdit({ app, actor }: GraphContext, runbook: string | null): Promise<void> {
  const refusal = await whyNotEdit(app, actor, runbook);
  if (refusal !== null) throw errorOf(refusal);
}
