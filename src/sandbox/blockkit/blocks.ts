import { dicts } from '../core/json.ts';
import { anything, array, boolean, type Check, object, oneOf, type Shape, string, typed } from './check.ts';
import * as element from './elements.ts';
import * as part from './objects.ts';
import { richText } from './rich-text.ts';

/** The surfaces that can hold blocks. */
export type Surface = 'message' | 'modal' | 'home';

function block({ required = {}, optional = {} }: Shape, also?: Parameters<typeof object>[1]): Check {
  return object(
    { required: { type: anything, ...required }, optional: { block_id: string(255), ...optional } },
    also,
  );
}

const section = block(
  {
    optional: {
      text: part.anyText(3000),
      fields: array(part.anyText(2000), { min: 1, max: 10 }),
      accessory: element.accessory,
      expand: boolean,
    },
  },
  (value, at, report) => {
    if (!value.text && !value.fields) report.add(at, 'missing required field: text');
  },
);

const actions = block(
  { required: { elements: array(element.actionElement, { min: 1, max: 25 }) } },
  (value, at, report) => {
    const seen = new Set<unknown>();
    for (const { action_id } of dicts(value.elements)) {
      if (action_id !== undefined && seen.has(action_id)) {
        report.add(`${at}/elements`, `duplicate action_id: ${String(action_id)}`);
      }
      seen.add(action_id);
    }
  },
);

const image = block(
  { ...part.IMAGE, optional: { ...part.IMAGE.optional, title: part.plain(2000) } },
  part.oneImageSource,
);

function input(elementCheck: Check): Check {
  return block({
    required: { label: part.plain(2000), element: elementCheck },
    optional: { hint: part.plain(2000), optional: boolean, dispatch_action: boolean },
  });
}

const cell = typed({
  rich_text: richText,
  raw_text: object({ required: { type: anything, text: string(3000) } }),
  raw_number: object({ required: { type: anything, text: string(3000), value: anything } }),
});

const table = block({
  required: { rows: array(array(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
  optional: {
    column_settings: array(
      object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean } }),
      { max: 20 },
    ),
  },
});

const COMMON: Record<string, Check> = {
  divider: block({}),
  section,
  header: block({ required: { text: part.plain(150) } }),
  context: block({ required: { elements: array(element.contextElement, { min: 1, max: 10 }) } }),
  actions,
  image,
  rich_text: richText,
};

/** The blocks that this workspace shows, by surface. Others that Slack knows (card, video …) are refused here. */
export const BLOCK: Record<Surface, Check> = {
  message: typed({
    ...COMMON,
    input: input(element.input),
    table,
    markdown: block({ required: { text: string(12_000) } }),
  }),
  modal: typed({ ...COMMON, input: input(element.modalInput) }),
  home: typed({ ...COMMON, input: input(element.input) }),
};
