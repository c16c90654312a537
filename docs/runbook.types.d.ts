// A runbook.yaml as TypeScript types. Made from the language; how to write it anew: see the test of this file.

/** How a business service is recovered, step by step: runbook.yaml of a disaster-recovery runbook. */
export type Runbook = { readonly runbook: Key; readonly title: string; readonly summary?: string; readonly services: readonly (string)[]; readonly scenario: Key; readonly level: "tabletop" | "dry-run" | "partial" | "full"; readonly owner?: string; readonly review?: Review; readonly inputs?: Readonly<Record<string, Input>>; readonly targets?: Readonly<Record<string, Target>>; readonly defaults?: Defaults; readonly clocks?: Readonly<Record<string, Clock>>; readonly canary?: Canary; readonly lock?: readonly (Key)[]; readonly steps: readonly (Step)[]; };

export type Duration = string;

export type PositiveDuration = string;

export type LaterDuration = string;

export type Key = string;

export type Variable = string;

export type Regex = string;

export type JsonPath = string;

export type ScriptFile = string;

export type AbsolutePath = string;

export type Account = string;

/** Shell text, or `{script: file}` for a file beside the runbook. */
export type Command = string | { readonly script: ScriptFile; };

export type Retry = { readonly attempts: number; readonly every?: Duration; readonly backoff?: number; };

/** What a failure does to the drill. `stop` (unless given): nothing more starts. `continue`: what needs it goes on. `warn`: it counts as a warning. `ask`: a person chooses retry, skip or abort. `undo`: the drill is aborted, and what was done is undone. `{goto: step}`: the steps in between are skipped. */
export type OnFailure = { readonly goto: Key; } | "stop" | "continue" | "warn" | "ask" | "undo";

export type PlainOnFailure = "stop" | "continue" | "warn" | "ask" | "undo";

export type Expect = { readonly exit?: number | readonly (number)[]; readonly stdout?: TextExpectation; readonly stderr?: TextExpectation; };

export type HttpExpect = { readonly status?: number | readonly (number)[]; readonly body?: TextExpectation; readonly stdout?: TextExpectation; };

export type LookExpect = { readonly exit?: number | readonly (number)[]; readonly stdout?: TextExpectation; readonly stderr?: TextExpectation; readonly status?: number | readonly (number)[]; readonly body?: TextExpectation; };

export type TextExpectation = { readonly matches?: Regex; readonly equals?: string | number; readonly min?: number; readonly max?: number; readonly json?: JsonPath; };

/** stdout or stderr, or an object with a pattern, a JSONPath or a header. Trimmed. */
export type Capture = "stdout" | "stderr" | { readonly from?: "stdout" | "stderr"; readonly json?: JsonPath; readonly header?: HeaderName; readonly pattern?: Regex; readonly secret?: boolean; };

export type HeaderName = string;

export type Url = string;

export type HttpRequest = string | { readonly url: Url; readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS"; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Readonly<Record<string, Json>> | readonly (Json)[]; };

export type Json = string | number | boolean | null | Readonly<Record<string, Json>> | readonly (Json)[];

/** Holds when a connection can be opened: `host:port`, or `{host, port}`. */
export type Tcp = string | { readonly host: string; readonly port: number; };

export type Dns = { readonly name: string; readonly type?: "A" | "AAAA" | "CNAME" | "MX" | "NS" | "PTR" | "SOA" | "SRV" | "TXT"; readonly server?: string; };

export type Review = { readonly every: PositiveDuration; readonly last?: Day; };

export type Day = string;

export type Input = { readonly type: "string" | "number" | "boolean" | "duration" | "host" | "site" | "choice"; readonly required?: boolean; readonly default?: string | number | boolean; readonly secret?: boolean; readonly pattern?: Regex; readonly choices?: readonly (string)[]; readonly ask?: string; };

/** Hosts by name or label; or `local` for the machine that runs the drill. */
export type Target = "local" | Hosts;

export type Hosts = { readonly host?: string; readonly hosts?: readonly (string)[]; readonly labels?: Readonly<Record<string, string>>; readonly local?: true; };

export type Defaults = { readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly user?: Account; readonly become?: Account; readonly onFailure?: PlainOnFailure; };

export type Clock = { readonly from?: Key; readonly to: Key; readonly objective?: PositiveDuration; };

export type Canary = { readonly write: { readonly run?: string; readonly script?: ScriptFile; readonly on: string; readonly every: PositiveDuration; }; readonly read: { readonly run?: string; readonly script?: ScriptFile; readonly on: string; }; readonly until: Key; readonly readAfter?: Key; };

export type Step = (RunStep | CheckStep | WaitStep | HttpStep | CopyStep | ConfirmStep | ApproveStep | SleepStep | CallStep | NotifyStep) & Required<Pick<RunStep, "id" | "title">>;

export type Variant = (RunVariant | CheckVariant | WaitVariant | HttpVariant | CopyVariant | ConfirmVariant | ApproveVariant | SleepVariant | CallVariant | NotifyVariant);

/** Runs shell text on each host of `on`, fed to `sh -eu`. */
export type RunStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly run?: Command; readonly on: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly shell?: string; readonly become?: Account; readonly env?: Readonly<Record<string, string>>; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: Expect; readonly capture?: Readonly<Record<string, Capture>>; readonly undo?: string | { readonly run?: string; readonly script?: ScriptFile; readonly step?: Key; readonly always?: boolean; }; readonly expires?: PositiveDuration; readonly readOnly?: boolean; readonly idempotent?: boolean; readonly pointOfNoReturn?: boolean; };

/** Looks once, by a command on each host of `on`, a request, a connection or a DNS look-up, and judges what it finds. Always read-only. */
export type CheckStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly check?: string | { readonly run?: string; readonly script?: ScriptFile; readonly http?: HttpRequest; readonly tcp?: Tcp; readonly dns?: Dns; }; readonly on?: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly shell?: string; readonly become?: Account; readonly env?: Readonly<Record<string, string>>; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: LookExpect; readonly capture?: Readonly<Record<string, Capture>>; };

/** Repeats a look until it holds, or until its time or its attempts are up. Always read-only. */
export type WaitStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly wait?: { readonly run?: string; readonly script?: ScriptFile; readonly http?: HttpRequest; readonly tcp?: Tcp; readonly dns?: Dns; readonly every?: PositiveDuration; readonly stable?: number; readonly attempts?: number; readonly steady?: string; readonly timeout?: PositiveDuration; }; readonly on?: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly shell?: string; readonly become?: Account; readonly env?: Readonly<Record<string, string>>; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: LookExpect; readonly capture?: Readonly<Record<string, Capture>>; };

/** Sends a request from the app’s own machine: an action by way of an API. */
export type HttpStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly http?: HttpRequest; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: HttpExpect; readonly capture?: Readonly<Record<string, Capture>>; readonly undo?: { readonly step: Key; }; readonly expires?: PositiveDuration; readonly readOnly?: boolean; readonly idempotent?: boolean; readonly pointOfNoReturn?: boolean; };

/** Copies a file beside the runbook to each host of `on`, or a file of a host into the drill’s evidence, with its checksum. */
export type CopyStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly copy?: { readonly file?: ScriptFile; readonly to?: AbsolutePath; readonly mode?: string; readonly from?: AbsolutePath; }; readonly on: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly undo?: string | { readonly run?: string; readonly script?: ScriptFile; readonly step?: Key; readonly always?: boolean; }; readonly idempotent?: boolean; readonly pointOfNoReturn?: boolean; };

/** Asks a person to do or judge something; the outcome is done, failed or not applicable. */
export type ConfirmStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly confirm?: string | { readonly instruction: string; readonly role?: string; readonly expected?: PositiveDuration; readonly evidence?: string; }; readonly timeout?: PositiveDuration; };

/** Asks for a go or no-go by somebody other than the person who started the drill; a no-go is a failure. */
export type ApproveStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly approve?: string | { readonly role?: string; readonly count?: number; readonly instruction?: string; }; readonly timeout?: PositiveDuration; };

/** Waits for a fixed time, or for the rest of a time since a step. */
export type SleepStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly sleep?: { readonly remainderOf: LaterDuration; readonly since: Key; } | PositiveDuration; };

/** Carries out another runbook: its newest approved revision, with its steps nested under this one. */
export type CallStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: "stop" | "continue" | "ask" | "undo"; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly call?: { readonly runbook: Key; readonly with?: Readonly<Record<string, string | number | boolean>>; } | Key; };

/** Sends a message to a channel; shown and not sent in a dry run. */
export type NotifyStep = { readonly id?: Key; readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly phase?: "prepare" | "stop" | "switch" | "start" | "verify" | "return" | "cleanup"; readonly always?: boolean; readonly optional?: boolean; readonly drill?: Variant | "skip"; readonly tags?: readonly (Key)[]; readonly notify?: string | { readonly channel: Key; readonly message: string; }; readonly timeout?: PositiveDuration; };

/** Runs shell text on each host of `on`, fed to `sh -eu`. */
export type RunVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly run?: Command; readonly on?: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly shell?: string; readonly become?: Account; readonly env?: Readonly<Record<string, string>>; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: Expect; readonly capture?: Readonly<Record<string, Capture>>; readonly undo?: string | { readonly run?: string; readonly script?: ScriptFile; readonly step?: Key; readonly always?: boolean; }; readonly expires?: PositiveDuration; readonly readOnly?: boolean; readonly idempotent?: boolean; readonly pointOfNoReturn?: boolean; };

/** Looks once, by a command on each host of `on`, a request, a connection or a DNS look-up, and judges what it finds. Always read-only. */
export type CheckVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly check?: string | { readonly run?: string; readonly script?: ScriptFile; readonly http?: HttpRequest; readonly tcp?: Tcp; readonly dns?: Dns; }; readonly on?: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly shell?: string; readonly become?: Account; readonly env?: Readonly<Record<string, string>>; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: LookExpect; readonly capture?: Readonly<Record<string, Capture>>; };

/** Repeats a look until it holds, or until its time or its attempts are up. Always read-only. */
export type WaitVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly wait?: { readonly run?: string; readonly script?: ScriptFile; readonly http?: HttpRequest; readonly tcp?: Tcp; readonly dns?: Dns; readonly every?: PositiveDuration; readonly stable?: number; readonly attempts?: number; readonly steady?: string; readonly timeout?: PositiveDuration; }; readonly on?: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly shell?: string; readonly become?: Account; readonly env?: Readonly<Record<string, string>>; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: LookExpect; readonly capture?: Readonly<Record<string, Capture>>; };

/** Sends a request from the app’s own machine: an action by way of an API. */
export type HttpVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly http?: HttpRequest; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly expect?: HttpExpect; readonly capture?: Readonly<Record<string, Capture>>; readonly undo?: { readonly step: Key; }; readonly expires?: PositiveDuration; readonly readOnly?: boolean; readonly idempotent?: boolean; readonly pointOfNoReturn?: boolean; };

/** Copies a file beside the runbook to each host of `on`, or a file of a host into the drill’s evidence, with its checksum. */
export type CopyVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly copy?: { readonly file?: ScriptFile; readonly to?: AbsolutePath; readonly mode?: string; readonly from?: AbsolutePath; }; readonly on?: string; readonly user?: Account; readonly foreach?: { readonly input: Variable; } | readonly (string)[]; readonly batch?: number | string; readonly order?: "given" | "random" | "reverse"; readonly keepGoing?: boolean; readonly timeout?: PositiveDuration; readonly retry?: Retry; readonly undo?: string | { readonly run?: string; readonly script?: ScriptFile; readonly step?: Key; readonly always?: boolean; }; readonly idempotent?: boolean; readonly pointOfNoReturn?: boolean; };

/** Asks a person to do or judge something; the outcome is done, failed or not applicable. */
export type ConfirmVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly confirm?: string | { readonly instruction: string; readonly role?: string; readonly expected?: PositiveDuration; readonly evidence?: string; }; readonly timeout?: PositiveDuration; };

/** Asks for a go or no-go by somebody other than the person who started the drill; a no-go is a failure. */
export type ApproveVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly approve?: string | { readonly role?: string; readonly count?: number; readonly instruction?: string; }; readonly timeout?: PositiveDuration; };

/** Waits for a fixed time, or for the rest of a time since a step. */
export type SleepVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly sleep?: { readonly remainderOf: LaterDuration; readonly since: Key; } | PositiveDuration; };

/** Carries out another runbook: its newest approved revision, with its steps nested under this one. */
export type CallVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: "stop" | "continue" | "ask" | "undo"; readonly note?: string; readonly call?: { readonly runbook: Key; readonly with?: Readonly<Record<string, string | number | boolean>>; } | Key; };

/** Sends a message to a channel; shown and not sent in a dry run. */
export type NotifyVariant = { readonly title?: string; readonly needs?: readonly (Key)[]; readonly when?: string; readonly estimate?: Duration; readonly onFailure?: OnFailure; readonly note?: string; readonly notify?: string | { readonly channel: Key; readonly message: string; }; readonly timeout?: PositiveDuration; };
