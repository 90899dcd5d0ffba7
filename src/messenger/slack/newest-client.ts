import type { KnownBlock } from '@slack/types';
import { type WebAPICallResult, WebAPIPlatformError, WebClient } from '@slack/web-api';
import { newest } from '../newer-blocks.ts';

type Options = Record<string, unknown>;

const REFUSALS: readonly string[] = ['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments'];

/**
 * A client that sends newer blocks where there are any. What Slack refuses it sends once more with the blocks of today,
 * and remembers it for that kind of screen.
 */
export class NewestClient extends WebClient {
  /** `surface type` */
  readonly #refused = new Set<string>();

  override async apiCall(method: string, options: Options = {}): Promise<WebAPICallResult> {
    const screen = screenIn(options);
    const drawn = screen && newest(screen.blocks, (type) => this.#refused.has(`${screen.surface} ${type}`));
    if (!screen) return super.apiCall(method, options);
    if (!drawn) return super.apiCall(method, screen.withBlocks(screen.blocks));
    try {
      return await super.apiCall(method, screen.withBlocks(drawn.blocks));
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError) || !REFUSALS.includes(error.data.error)) throw error;
      const result = await super.apiCall(method, screen.withBlocks(screen.blocks));
      for (const type of drawn.types) this.#refused.add(`${screen.surface} ${type}`);
      return result;
    }
  }
}

interface Screen {
  surface: string;
  blocks: readonly KnownBlock[];
  /**
   * The arguments with these blocks, already as the JSON text in which the client sends them: for its log it would copy
   * them part by part at every call, although it writes none.
   */
  withBlocks(blocks: readonly KnownBlock[]): Options;
}

/** The blocks in the arguments of a call: those of a message, or of a view. */
function screenIn(options: Options): Screen | null {
  const { blocks, view } = options;
  if (Array.isArray(blocks))
    return {
      surface: 'message',
      blocks,
      withBlocks: (drawn) => ({ ...options, blocks: JSON.stringify(drawn) }),
    };
  if (typeof view !== 'object' || view === null || !('blocks' in view) || !Array.isArray(view.blocks))
    return null;
  const surface = 'type' in view && typeof view.type === 'string' ? view.type : 'modal';
  return {
    surface,
    blocks: view.blocks,
    withBlocks: (drawn) => ({ ...options, view: JSON.stringify({ ...view, blocks: drawn }) }),
  };
}
