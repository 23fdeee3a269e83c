/** Evaluates a CloudFormation template with parameters, as far as infra/user-pool.yaml needs it. */
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';

export type Fields = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  readonly properties: Fields;
  /** DeletionPolicy and other attributes besides its properties. */
  readonly attributes: Fields;
}

export interface Stack {
  /** The resources whose condition is true, by logical ID. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Represents `AWS::NoValue`: a property with this value is dropped. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Parses a template. Its tags (`!Ref`) become functions with their long names (`Ref`, `Fn::Sub`).
 *
 * @param text YAML
 * @throws Error for what CloudFormation does not accept: aliases and invalid YAML
 */
export function parseTemplate(text: string): Fields {
  const document = parseDocument(text, { logLevel: 'error' });
  const [error] = document.errors;
  if (error) throw error;
  return fields(plain(document.contents));
}

/**
 * Evaluates a template as a deployment in one region would.
 *
 * @param template from `parseTemplate`
 * @param given parameters; the others use their defaults
 * @param region e.g. `eu-west-1`
 * @returns the resources and outputs of the stack
 * @throws Error for a parameter that CloudFormation would refuse, or with the description of a failed rule
 */
export function deploy(
  template: Fields,
  given: Readonly<Record<string, string>> = {},
  region = 'us-west-2',
): Stack {
  const scope = createScope(template, parametersOf(template, given), region);
  for (const rule of Object.values(fields(template.Rules))) checkRule(fields(rule), scope);

  const resources: Record<string, Resource> = {};
  for (const [id, value] of Object.entries(fields(template.Resources))) {
    const { Type, Properties, Condition, ...attributes } = fields(value);
    if (Condition !== undefined && !scope.holds(Condition)) continue;
    const properties = fields(resolve(Properties ?? {}, scope));
    resources[id] = { type: String(Type), properties, attributes };
  }
  const outputs: Record<string, string> = {};
  for (const [key, value] of Object.entries(fields(template.Outputs))) {
    const { Value, Condition } = fields(value);
    if (Condition === undefined || scope.holds(Condition)) {
      outputs[key] = String(resolve(Value, scope));
    }
  }
  return { resources, outputs };
}

/** Returns a value as fields. Throws if the template does not have the shape that a test expects. */
export function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`Not a mapping: ${JSON.stringify(value)}`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** Returns a value as a list of strings. */
export function texts(value: unknown): string[] {
  return list(value).map(String);
}

interface Scope {
  /** The value of a `Ref`. */
  ref(name: string): unknown;
  holds(condition: unknown): boolean;
}

function createScope(
  template: Fields,
  parameters: ReadonlyMap<string, string>,
  region: string,
): Scope {
  const pseudo = new Map<string, unknown>([
    ['AWS::Region', region],
    ['AWS::NoValue', NO_VALUE],
    [
      'AWS::StackId',
      `arn:aws:cloudformation:${region}:123456789012:stack/site/1f0c2d3e-aaaa-11ef-8f5b-0a1b2c3d4e5f`,
    ],
  ]);
  const resources = fields(template.Resources);
  const conditions = fields(template.Conditions);
  const scope: Scope = {
    ref(name) {
      if (pseudo.has(name)) return pseudo.get(name);
      if (parameters.has(name)) return parameters.get(name);
      return physicalId(fields(resources[name]), scope, region);
    },
    holds: (name) => resolve(conditions[String(name)], scope) === true,
  };
  return scope;
}

/** The value of a `Ref` to a resource, as documented for its type, with IDs in Cognito's formats. */
function physicalId({ Type, Properties }: Fields, scope: Scope, region: string): unknown {
  const own = (name: string) => resolve(fields(Properties)[name], scope);
  switch (Type) {
    case 'AWS::Cognito::UserPool':
      return `${region}_AbCdEfGhI`;
    case 'AWS::Cognito::UserPoolClient':
      return '1example23456789abcdefghij';
    case 'AWS::Cognito::UserPoolDomain':
      return own('Domain');
    case 'AWS::Cognito::UserPoolIdentityProvider':
      return own('ProviderName');
    default:
      throw new Error(`This test does not support a Ref to ${String(Type)}`);
  }
}

function parametersOf(template: Fields, given: Readonly<Record<string, string>>) {
  const values = new Map<string, string>();
  const declared = fields(template.Parameters);
  for (const [name, value] of Object.entries(declared)) {
    const { Default, AllowedPattern, AllowedValues } = fields(value);
    const chosen = given[name] ?? String(Default);
    if (AllowedPattern !== undefined && !new RegExp(String(AllowedPattern)).test(chosen)) {
      throw new Error(`Parameter ${name} failed to satisfy constraint`);
    }
    if (AllowedValues !== undefined && !texts(AllowedValues).includes(chosen)) {
      throw new Error(`Parameter ${name} must be one of AllowedValues`);
    }
    values.set(name, chosen);
  }
  const unknown = Object.keys(given).find((name) => !values.has(name));
  if (unknown !== undefined) throw new Error(`Parameters: [${unknown}] do not exist`);
  return values;
}

function checkRule({ RuleCondition, Assertions }: Fields, scope: Scope): void {
  if (RuleCondition !== undefined && resolve(RuleCondition, scope) !== true) return;
  for (const assertion of list(Assertions)) {
    const { Assert, AssertDescription } = fields(assertion);
    if (resolve(Assert, scope) !== true) throw new Error(String(AssertDescription));
  }
}

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  const known = entries.length === 1 && first ? FUNCTIONS.get(first[0]) : undefined;
  if (known && first) return known(first[1], scope);
  const resolved = entries.map(([key, item]) => [key, resolve(item, scope)]);
  return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE));
}

const FUNCTIONS = new Map<string, (argument: unknown, scope: Scope) => unknown>([
  ['Ref', (name, scope) => scope.ref(String(name))],
  ['Condition', (name, scope) => scope.holds(name)],
  [
    'Fn::If',
    (argument, scope) => {
      const [condition, yes, no] = list(argument);
      return resolve(scope.holds(condition) ? yes : no, scope);
    },
  ],
  ['Fn::Not', (argument, scope) => resolve(list(argument)[0], scope) !== true],
  ['Fn::And', (argument, scope) => list(argument).every((one) => resolve(one, scope) === true)],
  ['Fn::Or', (argument, scope) => list(argument).some((one) => resolve(one, scope) === true)],
  [
    'Fn::Equals',
    (argument, scope) => {
      const [one, other] = list(resolve(argument, scope));
      return one === other;
    },
  ],
  [
    'Fn::Select',
    (argument, scope) => {
      const [index, items] = list(argument);
      return list(resolve(items, scope))[Number(index)];
    },
  ],
  [
    'Fn::Split',
    (argument, scope) => {
      const [mark, text] = list(argument);
      return String(resolve(text, scope)).split(String(mark));
    },
  ],
  [
    'Fn::Sub',
    (argument, scope) => {
      const [text, own = {}] = Array.isArray(argument) ? argument : [argument];
      const values = fields(resolve(own, scope));
      return String(text).replace(/\$\{([\w:]+)\}/g, (_, name: string) =>
        String(values[name] ?? scope.ref(name)),
      );
    },
  ],
]);

function plain(node: unknown): unknown {
  if (isAlias(node)) throw new Error('CloudFormation does not support YAML aliases');
  if (isScalar(node)) return tagged(node.tag, node.value);
  if (isSeq(node)) return tagged(node.tag, node.items.map(plain));
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => [String(plain(key)), plain(value)]);
    return tagged(node.tag, Object.fromEntries(pairs));
  }
  return null;
}

/** CloudFormation's tags start with one exclamation mark; YAML's own tags are URIs. */
function tagged(tag: string | undefined, value: unknown): unknown {
  const [, name] = /^!(\w+)$/.exec(tag ?? '') ?? [];
  if (name === undefined) return value;
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: value };
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`Not a list: ${JSON.stringify(value)}`);
  return value;
}
