// People as the API shows them: no password, no session.
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Role } from '../application/access.ts';
import { RoleEnum } from './enums.ts';

@ObjectType('Person')
export class PersonType {
  @Field(() => ID)
  name!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => [RoleEnum])
  roles!: readonly Role[];
}

@ObjectType('Viewer')
export class ViewerType {
  @Field(() => ID)
  name!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => [RoleEnum])
  roles!: readonly Role[];
}

@ObjectType('About')
export class AboutType {
  @Field(() => String)
  version!: string;

  @Field(() => Boolean)
  isDemo!: boolean;

  @Field(() => Boolean)
  needsFirstAdmin!: boolean;

  @Field(() => Boolean, { description: 'False on loopback without TLS: the cookie is then not marked Secure.' })
  isTls!: boolean;

  @Field(() => String)
  modelVersion!: string;
}

@InputType('FirstAdminInput')
export class FirstAdminInput {
  @Field(() => String)
  token!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String)
  password!: string;
}

@InputType('AccountInput')
export class AccountInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String)
  password!: string;

  @Field(() => [RoleEnum])
  roles!: Role[];
}
