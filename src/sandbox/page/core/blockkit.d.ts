/** The shapes of Block Kit as far as the page's pure modules look into them. */
export type Json = Record<string, unknown>;
export type Block = Json & { type: string; block_id?: string };
export type Element = Json & { type: string; action_id?: string };
export type Values = Record<string, Record<string, Json>>;
export interface Option {
  text: { type: string; text: string };
  value: string;
  description?: { type: string; text: string };
}
