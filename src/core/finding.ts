/** The result of an automatic check. Officers read it before the answers. */
export interface Finding {
  level: 'ok' | 'look' | 'stop';
  text: string;
}
