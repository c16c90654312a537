// Output of commands as text: invalid UTF-8 stays visible as escapes, nothing is dropped.
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { OutputChunk } from '../application/stores.ts';
import { cutCharacters, visibleText } from '../domain/drill/visible-text.ts';
import { OutputStreamEnum } from './enums.ts';
import { instant } from './instant.ts';

@ObjectType('OutputChunk')
export class OutputChunkType {
  constructor(private readonly chunk: OutputChunk) {}

  @Field(() => Int)
  get seq(): number {
    return this.chunk.seq;
  }

  @Field(() => GraphQLISODateTime)
  get at(): Date {
    return instant(this.chunk.at);
  }

  @Field(() => ID)
  get step(): string {
    return this.chunk.step;
  }

  @Field(() => ID)
  get host(): string {
    return this.chunk.host;
  }

  @Field(() => Int)
  get attempt(): number {
    return this.chunk.attempt;
  }

  @Field(() => Boolean)
  get isUndo(): boolean {
    return this.chunk.isUndo;
  }

  @Field(() => OutputStreamEnum)
  get stream(): 'stdout' | 'stderr' {
    return this.chunk.stream;
  }

  @Field(() => Int)
  get offset(): number {
    return this.chunk.offset;
  }

  @Field(() => String, { description: 'Invalid UTF-8 shown escaped.' })
  get text(): string {
    return visibleText(this.chunk.bytes);
  }

  @Field(() => String, { nullable: true, description: 'Hex of bytes at its start that complete a character begun in the chunk before.' })
  get head(): string | null {
    return hexOf(cutCharacters(this.chunk.bytes).head);
  }

  @Field(() => String, { nullable: true, description: 'Hex of bytes at its end that begin a character which the next chunk completes.' })
  get tail(): string | null {
    return hexOf(cutCharacters(this.chunk.bytes).tail);
  }
}

function hexOf(bytes: Uint8Array): string | null {
  return bytes.length === 0 ? null : Buffer.from(bytes).toString('hex');
}
