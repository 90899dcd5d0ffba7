import { dicts } from '../core/json.ts';
import {
  anything,
  array,
  boolean,
  type Check,
  integer,
  object,
  oneOf,
  type Shape,
  string,
  typed,
} from './check.ts';
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

/** Slack's own SDK for Python does not take a longer text. */
const alert = block({
  required: { text: part.anyText(200) },
  optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
});

const dataTable = block(
  {
    required: { rows: array(array(cell, { min: 1, max: 20 }), { min: 2, max: 201 }), caption: string(3000) },
    optional: { page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
  },
  (value, at, report) => {
    const rows = Array.isArray(value.rows) ? value.rows.filter(Array.isArray) : [];
    if (rows.some((row) => row.length !== rows[0]?.length))
      report.add(`${at}/rows`, 'rows must have equal length');
    if (dicts(rows[0]).some(({ type }) => type === 'rich_text'))
      report.add(`${at}/rows/0`, 'unsupported type: rich_text');
  },
);

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
  alert,
  data_table: dataTable,
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
