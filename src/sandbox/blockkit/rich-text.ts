import { anything, array, boolean, type Check, integer, object, oneOf, string, typed } from './check.ts';
import { url } from './objects.ts';

const styled = object({
  optional: {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
});

function leaf(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return object({ required: { type: anything, ...required }, optional: { style: styled, ...optional } });
}

const TEXT = { text: leaf({ text: string(Number.POSITIVE_INFINITY) }) };
const LINK = { link: leaf({ url }, { text: string(3000, 0), unsafe: boolean }) };

const inline = typed({
  ...TEXT,
  ...LINK,
  broadcast: leaf({ range: oneOf('here', 'channel', 'everyone') }),
  channel: leaf({ channel_id: string(255) }),
  color: leaf({ value: string(255) }),
  date: leaf({ timestamp: integer(0), format: string(255) }, { url, fallback: string(3000) }),
  emoji: leaf({ name: string(255) }, { unicode: string(255), url, skin_tone: integer(1, 6) }),
  team: leaf({ team_id: string(255) }),
  user: leaf({ user_id: string(255) }),
  usergroup: leaf({ usergroup_id: string(255) }),
});

const section = object({ required: { type: anything, elements: array(inline) } });
const border = { border: integer(0, 1) };

const part = typed({
  rich_text_section: section,
  rich_text_list: object({
    required: {
      type: anything,
      style: oneOf('bullet', 'ordered'),
      elements: array(typed({ rich_text_section: section })),
    },
    optional: { ...border, indent: integer(0, 8), offset: integer(0) },
  }),
  rich_text_quote: object({ required: { type: anything, elements: array(inline) }, optional: border }),
  rich_text_preformatted: object({
    required: { type: anything, elements: array(typed({ ...TEXT, ...LINK })) },
    optional: { ...border, language: string(255) },
  }),
});

/** A rich_text block, also as the initial value of a rich_text_input and as a table's cell. */
export const richText = object({
  required: { type: oneOf('rich_text'), elements: array(part) },
  optional: { block_id: string(255) },
});
