// Who is signed in, signing in and out, and making accounts.
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { createAccount } from '../application/accounts.ts';
import { createFirstAdmin, needsFirstAdmin } from '../application/first-run.ts';
import { signOut } from '../application/sessions.ts';
import { signIn, type SignedIn } from '../application/sign-in.ts';
import { waitingFor } from '../application/waiting-for-me.ts';
import { MODEL_VERSION } from '../domain/readiness/assess.ts';
import { AboutType, AccountInput, FirstAdminInput, PersonType, ViewerType } from './account.type.ts';
import type { GraphContext } from './context.ts';
import { errorOf, unwrap } from './errors.ts';

@Resolver(() => ViewerType)
export class AccountResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Null when nobody is signed in.' })
  viewer(@Ctx() context: GraphContext): ViewerType | null {
    return context.actor;
  }

  @Query(() => AboutType)
  async about(@Ctx() context: GraphContext): Promise<AboutType> {
    return { ...context.about, needsFirstAdmin: await needsFirstAdmin(context.app), modelVersion: MODEL_VERSION };
  }

  @Mutation(() => ViewerType)
  async signIn(
    @Arg('name', () => String) name: string,
    @Arg('password', () => String) password: string,
    @Ctx() context: GraphContext,
  ): Promise<ViewerType> {
    const { app, signInLimits, session } = context;
    return enter(context, unwrap(await signIn({ ...app, signInLimits }, { name, password, address: session.address })));
  }

  @Mutation(() => Boolean)
  async signOut(@Ctx() context: GraphContext): Promise<boolean> {
    await signOut(context.app, context.session.secret);
    setCookie(context, null);
    return true;
  }

  @Mutation(() => ViewerType)
  async createFirstAdmin(@Arg('input', () => FirstAdminInput) input: FirstAdminInput, @Ctx() context: GraphContext): Promise<ViewerType> {
    return enter(context, unwrap(await createFirstAdmin(context.app, context.firstRun, input)));
  }

  @Mutation(() => PersonType)
  async createAccount(@Arg('input', () => AccountInput) input: AccountInput, @Ctx() context: GraphContext): Promise<PersonType> {
    return unwrap(await createAccount(context.app, context.actor, input));
  }

  @FieldResolver(() => Boolean)
  canRequestDrills(@Root() viewer: ViewerType): boolean {
    return viewer.roles.includes('service-owner') || may(viewer, 'drills.request');
  }

  @FieldResolver(() => Boolean)
  canControlDrills(@Root() viewer: ViewerType): boolean {
    return may(viewer, 'drills.control');
  }

  @FieldResolver(() => Boolean)
  canStopAllDrills(@Root() viewer: ViewerType): boolean {
    return may(viewer, 'drills.stop-all');
  }

  @FieldResolver(() => Boolean)
  canCheckHosts(@Root() viewer: ViewerType): boolean {
    return may(viewer, 'hosts.check');
  }

  @FieldResolver(() => Boolean)
  canSeeHosts(@Root() viewer: ViewerType): boolean {
    return may(viewer, 'hosts.see');
  }

  @FieldResolver(() => Boolean)
  canPinHosts(@Root() viewer: ViewerType): boolean {
    return may(viewer, 'hosts.pin');
  }

  @FieldResolver(() => Int)
  async waitingCount(@Root() viewer: ViewerType, @Ctx() { app }: GraphContext): Promise<number> {
    return (await waitingFor(app, viewer, (drill) => app.journal.state(drill))).length;
  }
}

function enter(context: GraphContext, { actor, sessionSecret }: SignedIn): ViewerType {
  setCookie(context, sessionSecret);
  context.actor = actor;
  return actor;
}

function setCookie(context: GraphContext, secret: string | null): void {
  if (context.session.set === null) throw errorOf({ code: 'BAD_STATE', message: 'Sign in and out over HTTP: a socket carries no cookie back.' });
  context.session.set(secret);
}
