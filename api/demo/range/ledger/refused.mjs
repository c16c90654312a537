// An expected "no" of a verb: its message is the sentence that people read.
export class Refused extends Error {}
