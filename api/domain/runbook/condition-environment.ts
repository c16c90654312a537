// What conditions are read with: CEL, the four things that they see, and arithmetic as people expect it.
import { Environment } from '@marcbachmann/cel-js';

/** Numbers are `dyn`: they are doubles, and compare with whole numbers all the same. */
export type InputTypes = Readonly<Record<string, 'string' | 'bool' | 'dyn'>>;

/** An expression within these is read in microseconds. */
const LIMITS = { maxAstNodes: 200, maxDepth: 20, maxListElements: 50, maxMapEntries: 20, maxCallArguments: 8 } as const;

let built: Environment | null = null;

/** For any runbook: inputs may be of any type. Made at first use and kept. */
export function untypedEnvironment(): Environment {
  built ??= withTheRest(new Environment({ limits: LIMITS }).registerVariable('inputs', 'map<string, dyn>'));
  return built;
}

const typed = new WeakMap<InputTypes, Environment>();

/** For a runbook with these inputs; kept as long as the object that describes them. */
export function typedEnvironment(inputs: InputTypes): Environment {
  const known = typed.get(inputs);
  if (known !== undefined) return known;
  const made = withTheRest(new Environment({ limits: LIMITS }).registerVariable({ name: 'inputs', schema: { ...inputs } }));
  typed.set(inputs, made);
  return made;
}

/** Arithmetic between whole numbers and others would be an error otherwise. */
function withTheRest(environment: Environment): Environment {
  environment.registerVariable('values', 'map<string, string>');
  environment.registerVariable('mode', 'string');
  environment.registerVariable('steps', 'map<string, map<string, string>>');
  for (const [operator, compute] of Object.entries(ARITHMETIC)) {
    const mixed = (a: number | bigint, b: number | bigint): number => compute(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int: double`, mixed).registerOperator(`int ${operator} double: double`, mixed);
  }
  return environment.registerOperator('double % double: double', (a: number, b: number) => a % b);
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};
