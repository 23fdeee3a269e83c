/** Anything that JSON can say. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** The body of a token. The order of its members is the order on the wire. */
export type Claims = Record<string, Json>;
