// What people do to drills: ask, approve, start, pause, abort, confirm, mend, comment.
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { abortDrill } from '../application/abort-drill.ts';
import { approveDrill } from '../application/approve-drill.ts';
import { acceptUnclean, commentDrill } from '../application/comment-drill.ts';
import { confirmStep } from '../application/confirm-step.ts';
import { decideUnknown, retryStep, skipStep } from '../application/mend-step.ts';
import { pauseDrill, resumeDrill } from '../application/pause-drill.ts';
import { rejectDrill } from '../application/reject-drill.ts';
import { requestDrill } from '../application/request-drill.ts';
import { startDrill } from '../application/start-drill.ts';
import type { DrillRecord } from '../application/stores.ts';
import type { AbortForm, ConfirmOutcome } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { GraphContext } from './context.ts';
import { AskedInput, askedOf } from './drill-control.type.ts';
import { DrillType } from './drill.type.ts';
import { AbortFormEnum, ConfirmOutcomeEnum, UnknownDecisionEnum } from './enums.ts';
import { unwrap } from './errors.ts';
import { PlanInput, planRequestOf } from './plan.type.ts';

@Resolver()
export class DrillControlResolver {
  @Mutation(() => DrillType)
  async requestDrill(@Arg('input', () => PlanInput) input: PlanInput, @Ctx() { app, actor }: GraphContext): Promise<DrillType> {
    return drillFrom(requestDrill(app, actor, planRequestOf(input)));
  }

  @Mutation(() => DrillType)
  async approveDrill(
    @Arg('id', () => ID) id: string,
    @Arg('planHash', () => String) planHash: string,
    @Arg('note', () => String, { nullable: true }) note: string | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(approveDrill(app, actor, { drill: id, planHash, note }));
  }

  @Mutation(() => DrillType)
  async rejectDrill(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(rejectDrill(app, actor, { drill: id, reason }));
  }

  @Mutation(() => DrillType)
  async startDrill(
    @Arg('id', () => ID) id: string,
    @Arg('planHash', () => String) planHash: string,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(startDrill(app, actor, { drill: id, planHash }));
  }

  @Mutation(() => DrillType)
  async pauseDrill(
    @Arg('id', () => ID) id: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(pauseDrill(app, actor, { drill: id, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType)
  async resumeDrill(
    @Arg('id', () => ID) id: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(resumeDrill(app, actor, { drill: id, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType, { description: "`typedId` is what the person typed: it must be the drill's id." })
  async abortDrill(
    @Arg('id', () => ID) id: string,
    @Arg('typedId', () => String) typedId: string,
    @Arg('form', () => AbortFormEnum) form: AbortForm,
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(abortDrill(app, actor, { drill: id, typedId, form, reason, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType)
  async confirmStep(
    @Arg('drill', () => ID) drill: string,
    @Arg('step', () => ID) step: string,
    @Arg('outcome', () => ConfirmOutcomeEnum) outcome: ConfirmOutcome,
    @Arg('note', () => String, { nullable: true }) note: string | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(confirmStep(app, actor, { drill, step, outcome, note }));
  }

  @Mutation(() => DrillType)
  async retryStep(
    @Arg('drill', () => ID) drill: string,
    @Arg('step', () => ID) step: string,
    @Arg('reason', () => String, { nullable: true }) reason: string | null | undefined,
    @Arg('isEverywhere', () => Boolean, { defaultValue: false, description: 'Also on hosts where it succeeded.' }) isEverywhere: boolean,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(retryStep(app, actor, { drill, step, reason, isEverywhere, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType)
  async skipStep(
    @Arg('drill', () => ID) drill: string,
    @Arg('step', () => ID) step: string,
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(skipStep(app, actor, { drill, step, reason, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType)
  async decideUnknown(
    @Arg('drill', () => ID) drill: string,
    @Arg('step', () => ID) step: string,
    @Arg('host', () => ID) host: string,
    @Arg('decision', () => UnknownDecisionEnum) decision: 'succeeded' | 'failed' | 'new-attempt',
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(decideUnknown(app, actor, { drill, step, host, decision, reason, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType)
  async acceptUnclean(
    @Arg('drill', () => ID) drill: string,
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(acceptUnclean(app, actor, { drill, reason, asked: askedOf(asked) }));
  }

  @Mutation(() => DrillType)
  async commentDrill(
    @Arg('id', () => ID) id: string,
    @Arg('text', () => String) text: string,
    @Arg('step', () => ID, { nullable: true }) step: string | null | undefined,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return drillFrom(commentDrill(app, actor, { drill: id, text, step, asked: askedOf(asked) }));
  }
}

async function drillFrom(acting: Promise<Result<DrillRecord>>): Promise<DrillType> {
  return new DrillType(unwrap(await acting));
}
