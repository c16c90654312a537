// A name with a value: a host's label, a captured value.
import { Field, ObjectType } from 'type-graphql';

@ObjectType('Label')
export class LabelType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

export function labelsOf(values: Readonly<Record<string, string>>): LabelType[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
