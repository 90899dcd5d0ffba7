import type { Offer } from './my-systems.ts';

/**
 * What officials come with, as a table. A sentence is compared without spaces and signs; each pattern that is found in
 * it adds its weight once. `examples` are the table's tests: every one of them must lead to its own intent.
 */
export interface Intent {
  name: string;
  words: readonly [pattern: RegExp, weight: number][];
  examples: readonly string[];
  /** In plain words, what to do. */
  answer: string;
  /** Beside each of the person's systems. */
  offers?: readonly Offer[];
  /** Buttons that need no system: keys of `generalButtons` in chat.ts, or `begin:` a procedure of the home. */
  general?: readonly string[];
}

export const LICENCE = /라이[선센쎈]스|licen[cs]e|lic파일|\.lic/;
export const AGAIN = /다시|재발[급행]|재교부|잃어|분실|없어[졌져]|지워|삭제됐|못찾|재전송/;
export const RECEIVE = /받고?싶|받을|받아|받으|받나|보내|다운|내려받|주세요|주실|어디서|내놔/;
export const CHANGED = /바[뀌꼈뀐뀝꿔꾸]|변경|교체|이전|달라|이중화|옮[기겼]|이관/;
export const HOW = /어떻게|어떡|어케|어디|방법|절차|하려|하고싶|알려|하나요|되나요|뭐부터/;
