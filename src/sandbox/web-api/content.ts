import { MAX_MESSAGE_BLOCKS_TEXT, textLength, validateMessage } from '../blockkit/validate.ts';
import { type Dict, isDict } from '../core/json.ts';
import { ApiRefusal } from '../core/refusal.ts';

const MAX_TEXT = 40_000;
const MAX_ATTACHMENTS = 100;

interface Content {
  text: string;
  blocks?: Dict[];
  attachments?: Dict[];
  metadata?: Dict;
}

/** An argument that may come as JSON in a string, as form-encoded bodies carry it. */
export function jsonArg(value: unknown, error: string): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiRefusal(error);
  }
}

function objects(value: unknown, error: string): Dict[] | undefined {
  const parsed = jsonArg(value, error);
  if (parsed === undefined || parsed === null) return undefined;
  if (!Array.isArray(parsed) || !parsed.every(isDict)) throw new ApiRefusal(error);
  return parsed;
}

/** Message metadata: an event type and a payload. */
function metadataArg(value: unknown): Dict | undefined {
  const parsed = jsonArg(value, 'invalid_metadata_format');
  if (parsed === undefined || parsed === null) return undefined;
  if (!isDict(parsed) || typeof parsed.event_type !== 'string' || !isDict(parsed.event_payload)) {
    throw new ApiRefusal('invalid_metadata_format');
  }
  return { event_type: parsed.event_type, event_payload: parsed.event_payload };
}

/** Blocks of a message, checked. @throws ApiRefusal invalid_blocks_format, invalid_blocks, msg_blocks_too_long */
export function blocksArg(value: unknown): Dict[] | undefined {
  const blocks = objects(value, 'invalid_blocks_format');
  if (!blocks) return undefined;
  const problems = validateMessage({ blocks });
  if (problems.length > 0) throw ApiRefusal.ofProblems('invalid_blocks', problems);
  if (textLength(blocks) > MAX_MESSAGE_BLOCKS_TEXT) throw new ApiRefusal('msg_blocks_too_long');
  return blocks;
}

/**
 * The content of a message as a call gives it.
 * @throws ApiRefusal no_text, too_many_attachments, invalid_blocks … as Slack names them
 */
export function checkContent(args: Dict, { needed = true } = {}): Content {
  const blocks = blocksArg(args.blocks);
  const attachments = objects(args.attachments, 'invalid_attachments');
  const metadata = metadataArg(args.metadata);
  if (args.markdown_text !== undefined && (args.text !== undefined || blocks)) {
    throw new ApiRefusal('markdown_text_conflict');
  }
  const given = args.markdown_text ?? args.text;
  const text = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  if (needed && text.trim() === '' && !blocks?.length && !attachments?.length)
    throw new ApiRefusal('no_text');
  if (attachments && attachments.length > MAX_ATTACHMENTS) throw new ApiRefusal('too_many_attachments');
  const problems = validateMessage({ attachments });
  if (problems.length > 0) throw ApiRefusal.ofProblems('invalid_attachments', problems);
  return {
    text: text.slice(0, MAX_TEXT),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  };
}
