const RETRY_MS = 1500;

/**
 * Keeps one event stream open for a person, through restarts of the workspace.
 * @param {string} userId
 * @param {{event: (event: object) => void, status: (live: boolean) => void}} on
 *   `status(true)` is called at every (re)connection: the caller then has to load again what it may have missed.
 * @returns {() => void} stops it
 */
export function openStream(userId, on) {
  let source = null;
  let timer = null;
  let stopped = false;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`/control/stream?user=${encodeURIComponent(userId)}`);
    source.onopen = () => on.status(true);
    source.onmessage = (message) => on.event(JSON.parse(message.data));
    source.onerror = () => {
      on.status(false);
      // The browser stops after some failures (a 5xx, a closed port), so the stream is opened again here.
      source.close();
      if (!stopped) timer = setTimeout(connect, RETRY_MS);
    };
  }

  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
