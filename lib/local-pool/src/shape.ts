/**
 * The type of a value in a request of the JSON API. A list has one element, the type of its items;
 * an object has its members. `document` is any JSON, such as a WebAuthn credential.
 */
export type Shape =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'string map'
  | 'document'
  | readonly [Shape]
  | Members;

/** The members of a request, or of an object in it. All may be absent. */
export interface Members {
  readonly [name: string]: Shape;
}

interface Plain {
  string: string;
  integer: number;
  boolean: boolean;
  'string map': Readonly<Record<string, string>>;
  document: unknown;
}

/** The TypeScript type of values of a shape. */
export type ValueOf<S extends Shape> = S extends keyof Plain
  ? Plain[S]
  : S extends readonly [infer Item extends Shape]
    ? readonly ValueOf<Item>[]
    : S extends Members
      ? { readonly [Name in keyof S]?: ValueOf<S[Name]> | undefined }
      : never;

/**
 * Whether a value has a shape. Members that the shape lacks are ignored, as Cognito does.
 *
 * @param shape the wanted shape
 * @param value parsed JSON without nulls
 */
export function fits<const S extends Shape>(shape: S, value: unknown): value is ValueOf<S> {
  return misfit(shape, value) === null;
}

/**
 * The first wrong type in a value.
 *
 * @param shape the wanted shape
 * @param value parsed JSON without nulls
 * @returns null if there is none; otherwise a message like those of AWS
 */
export function misfit(shape: Shape, value: unknown): string | null {
  if (shape === 'document') return null;
  if (isList(shape)) {
    if (!Array.isArray(value)) return unexpected(value);
    return firstMisfit(value.map((item) => [shape[0], item]));
  }
  if (typeof shape === 'object') {
    if (!isObject(value)) return unexpected(value);
    const sent = Object.entries(value).filter(([name]) => Object.hasOwn(shape, name));
    return firstMisfit(sent.map(([name, item]) => [shape[name] ?? 'document', item]));
  }
  if (shape === 'string map') {
    if (!isObject(value)) return unexpected(value);
    return firstMisfit(Object.values(value).map((item) => ['string', item]));
  }
  if (shape === 'integer') return Number.isInteger(value) ? null : unexpected(value, 'Integer');
  if (typeof value === shape) return null;
  return unexpected(value, shape === 'string' ? 'String' : 'Boolean');
}

function firstMisfit(pairs: readonly [Shape, unknown][]): string | null {
  for (const [shape, value] of pairs) {
    const problem = misfit(shape, value);
    if (problem !== null) return problem;
  }
  return null;
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts are those of other AWS services; Cognito's own aren't documented. */
function unexpected(value: unknown, wanted?: string): string {
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (isObject(value)) return 'Start of structure or map found where not expected.';
  if (wanted === undefined) return 'Unexpected value type in payload';
  const types = { string: 'String', boolean: 'Boolean', number: 'Integer' };
  const type = new Map(Object.entries(types)).get(typeof value) ?? 'Object';
  return `class java.lang.${type} can not be converted to an ${wanted}`;
}
