// Procedures of other tools as runbooks, with what became of each piece.
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ConvertedRunbook, ProcedureNote } from '../application/runbook-import.ts';
import { RunbookFileType, runbookFiles } from './runbook-draft.type.ts';

/** Nobody reads more; a runbook has at most 500 steps. */
const MOST_NOTES = 2_000;

@ObjectType('ProcedureNote')
export class ProcedureNoteType implements ProcedureNote {
  @Field(() => Int, { nullable: true })
  line!: number | null;

  @Field(() => String)
  what!: string;

  @Field(() => String, { nullable: true, description: 'Id of a step or a place in the head; null when it is nowhere.' })
  became!: string | null;

  @Field(() => String)
  why!: string;
}

@ObjectType('ConvertedRunbook')
export class ConvertedRunbookType {
  constructor(private readonly converted: ConvertedRunbook) {}

  @Field(() => ID)
  get key(): string {
    return this.converted.key;
  }

  @Field(() => String)
  get title(): string {
    return this.converted.title;
  }

  @Field(() => String)
  get source(): string {
    return this.converted.source;
  }

  @Field(() => [RunbookFileType])
  get files(): RunbookFileType[] {
    return runbookFiles(this.converted.files);
  }

  @Field(() => [ProcedureNoteType])
  get understood(): readonly ProcedureNote[] {
    return this.converted.understood.slice(0, MOST_NOTES);
  }

  @Field(() => [ProcedureNoteType], { description: 'What a person does, with the original text.' })
  get manual(): readonly ProcedureNote[] {
    return this.converted.manual.slice(0, MOST_NOTES);
  }

  @Field(() => [ProcedureNoteType], { description: 'What is nowhere in the steps.' })
  get unplaced(): readonly ProcedureNote[] {
    return this.converted.unplaced.slice(0, MOST_NOTES);
  }
}
