import { type Dispatcher, EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';
import type { Config } from '../config.ts';

/**
 * Sends everything that this process fetches (Web API, files, revocation lists) through the proxies of the settings. To
 * be called once, before the first fetch. @returns the dispatcher that the socket to Slack needs as well
 */
export function useProxies({ http, https, except }: NonNullable<Config['proxies']>): Dispatcher {
  // Empty strings, so that the library does not read the environment by itself.
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: http ?? '',
    httpsProxy: https ?? '',
    noProxy: except,
  });
  setGlobalDispatcher(dispatcher);
  return dispatcher;
}
