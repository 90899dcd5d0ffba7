/** An automatic check that officers read before the details. */
export interface Finding {
  level: 'ok' | 'look' | 'stop';
  text: string;
}
