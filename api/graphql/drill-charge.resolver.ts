// Who steers a drill, and drills that are taken up after their end.
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { reopenDrill, revertDrill } from '../application/reopen-drill.ts';
import { takeOverDrill } from '../application/take-over-drill.ts';
import type { GraphContext } from './context.ts';
import { AskedInput, askedOf } from './drill-control.type.ts';
import { DrillType } from './drill.type.ts';
import { unwrap } from './errors.ts';

@Resolver()
export class DrillChargeResolver {
  @Mutation(() => DrillType, { description: '`from` is whom the person saw in charge: of two who relieve the same one, one succeeds.' })
  async takeOverDrill(
    @Arg('id', () => ID) id: string,
    @Arg('from', () => String, { nullable: true }) from: string | null | undefined,
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    const takeover = { drill: id, from: from ?? null, reason, asked: askedOf(asked) };
    return new DrillType(unwrap(await takeOverDrill(app, actor, takeover)));
  }

  @Mutation(() => DrillType, {
    description: 'A drill that failed or was aborted goes on from where it stopped: paused, until somebody lets it go on.',
  })
  async reopenDrill(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return new DrillType(unwrap(await reopenDrill(app, actor, { drill: id, reason, asked: askedOf(asked) })));
  }

  @Mutation(() => DrillType, { description: 'What an ended drill left behind is undone; its result stays.' })
  async revertDrill(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Arg('asked', () => AskedInput, { nullable: true }) asked: AskedInput | null | undefined,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<DrillType> {
    return new DrillType(unwrap(await revertDrill(app, actor, { drill: id, reason, asked: askedOf(asked) })));
  }
}
