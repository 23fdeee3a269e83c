/** Any JSON value. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** The claims of a token, in the order in which they are serialized. */
export type Claims = Record<string, Json>;
