import { type Dispatcher, EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';
import type { Config } from '../config.ts';

/**
 * Has everything that this process fetches go by the proxies of the settings: the Web API, files, revocation lists.
 * Once, before anything is fetched. @returns what the socket to Slack has to be given too
 */
export function useProxies({ http, https, except }: NonNullable<Config['proxies']>): Dispatcher {
  // Empty: it is not to look into the environment by itself.
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: http ?? '',
    httpsProxy: https ?? '',
    noProxy: except,
  });
  setGlobalDispatcher(dispatcher);
  return dispatcher;
}
