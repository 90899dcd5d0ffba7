/**
 * Calls back after `ms`, when what has arrived by then is read: an answer that lies ready while the workspace itself is
 * busy came in time.
 * @returns ends the wait
 */
export function patience(ms: number, over: () => void): () => void {
  let last: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    last = setImmediate(over); // the event loop reads its sockets before this
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(last);
  };
}
