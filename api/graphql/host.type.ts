// Hosts and what the last connection test saw.
import { Field, Float, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Host } from '../domain/catalogue/portfolio.ts';
import type { HostCheck } from '../domain/readiness/evidence.ts';
import { instant } from './instant.ts';
import { LabelType, labelsOf } from './label.type.ts';

@ObjectType('HostCheck')
export class HostCheckType {
  constructor(private readonly seen: HostCheck) {}

  @Field(() => ID)
  get host(): string {
    return this.seen.host;
  }

  @Field(() => GraphQLISODateTime)
  get at(): Date {
    return instant(this.seen.at);
  }

  @Field(() => Boolean)
  get isReachable(): boolean {
    return this.seen.isReachable;
  }

  @Field(() => Boolean)
  get isKeyChanged(): boolean {
    return this.seen.isKeyChanged;
  }

  @Field(() => String, { nullable: true })
  get problem(): string | null {
    return this.seen.problem;
  }

  @Field(() => Float, { nullable: true, description: 'What a command that does nothing takes on an open connection.' })
  get roundTripMs(): number | null {
    return this.seen.roundTripMs ?? null;
  }

  @Field(() => ID, { nullable: true, description: 'Key of the jump host on the way that is at fault; null when it is the host itself.' })
  get hop(): string | null {
    return this.seen.hop ?? null;
  }

  @Field(() => String, { nullable: true, description: 'The key that it showed and that is not pinned; told by the test itself, and not kept.' })
  get offeredKey(): string | null {
    return this.seen.offeredKey ?? null;
  }
}

@InputType()
export class PinHostKeysInput {
  @Field(() => ID)
  host!: string;

  @Field(() => [String], { description: 'All that the host may show from now on.' })
  hostKeys!: string[];

  @Field(() => [String], { description: 'Those that were pinned when the person decided: refused when they are others by now.' })
  was!: string[];

  @Field(() => String)
  reason!: string;
}

@ObjectType('HostPin')
export class HostPinType {
  @Field(() => String)
  hostKey!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null for one that was pinned before this was recorded.' })
  at!: Date | null;

  @Field(() => String, { nullable: true, description: 'Null when nobody was signed in, as on the command line.' })
  by!: string | null;
}

@ObjectType('Host')
export class HostType {
  constructor(private readonly host: Host) {}

  @Field(() => ID)
  get key(): string {
    return this.host.key;
  }

  @Field(() => String)
  get name(): string {
    return this.host.name;
  }

  @Field(() => String)
  get address(): string {
    return this.host.address;
  }

  @Field(() => Int)
  get port(): number {
    return this.host.port;
  }

  @Field(() => String)
  get user(): string {
    return this.host.user;
  }

  @Field(() => String, { nullable: true })
  get site(): string | null {
    return this.host.site;
  }

  @Field(() => [LabelType])
  get labels(): LabelType[] {
    return labelsOf(this.host.labels);
  }

  @Field(() => [String])
  get hostKeys(): readonly string[] {
    return this.host.hostKeys;
  }

  @Field(() => [HostPinType], { description: 'The host keys, with who pinned each of them and when.' })
  get pins(): readonly HostPinType[] {
    const { hostKeys, pinned } = this.host;
    return hostKeys.map((hostKey) => {
      const pin = pinned[hostKey];
      return { hostKey, at: pin === undefined ? null : instant(pin.at), by: pin?.by ?? null };
    });
  }

  @Field(() => ID, { nullable: true, description: 'Key of the host that it is reached through.' })
  get jump(): string | null {
    return this.host.jump;
  }

  @Field(() => String, { nullable: true, description: "Id of the credential that it is signed in to with; null for Muster's own key." })
  get credential(): string | null {
    return this.host.credential;
  }
}
