import {
  anything,
  array,
  boolean,
  type Check,
  format,
  integer,
  length,
  object,
  oneOf,
  type Shape,
  string,
} from './check.ts';

export const MAX_URL = 3000;

function text(types: readonly string[], max: number, min = 1): Check {
  return object({
    required: { type: oneOf(...types), text: string(max, min) },
    optional: {
      ...(types.includes('plain_text') ? { emoji: boolean } : {}),
      ...(types.includes('mrkdwn') ? { verbatim: boolean } : {}),
    },
  });
}

export const plain = (max: number, min = 1): Check => text(['plain_text'], max, min);
export const anyText = (max: number): Check => text(['plain_text', 'mrkdwn'], max);

export const url: Check = (value, at, report) => {
  string(MAX_URL)(value, at, report);
  if (typeof value === 'string' && value !== '' && !URL.canParse(value))
    report.add(at, 'must be a valid URL');
};

export const style = oneOf('primary', 'danger');

export const confirm = object({
  required: { text: anyText(300) },
  optional: { title: plain(100), confirm: plain(30), deny: plain(30), style },
});

/** The comment in Slack's types says 75 for `value`; their Python SDK and the observed behaviour say 150. */
function option(textOf: (max: number) => Check, also: Record<string, Check> = {}): Check {
  return object({
    required: { text: textOf(75), value: string(150) },
    optional: { description: textOf(75), ...also },
  });
}

export const plainOption = option(plain);
export const richOption = option(anyText);
export const overflowOption = option(plain, { url });

export const optionGroup = object({
  required: { label: plain(75), options: array(plainOption, { min: 1, max: 100 }) },
});

export const date = format('a valid date in the form YYYY-MM-DD', (given) => {
  const parsed = new Date(`${given}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(given) &&
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().startsWith(given)
  );
});

export const time = format('a valid time in the form HH:mm', (given) =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(given),
);

export const numeric = format(
  'a number in a string',
  (given) => given.trim() !== '' && Number.isFinite(Number(given)),
);

export const dispatchConfig = object({
  optional: {
    trigger_actions_on: array(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
  },
});

const slackFile = object({ optional: { id: string(255), url } }, (value, at, report) => {
  if ((value.id === undefined) === (value.url === undefined))
    report.add(at, 'must define exactly one of: id, url');
});

/** The picture of an image block or element: an address in the Internet or a file in Slack. */
export const IMAGE: Shape = {
  required: { type: anything, alt_text: string(2000, 0) },
  optional: { image_url: url, slack_file: slackFile },
};

export function oneImageSource(
  value: Record<string, unknown>,
  at: string,
  report: { add(at: string, problem: string): void },
): void {
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    report.add(at, 'must define exactly one of: image_url, slack_file');
  }
}

export const filter = object({
  optional: {
    include: array(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

export const epochSeconds = integer(1_000_000_000, 9_999_999_999);

/** An initial value that has to be within the element's own length limits. */
export function fits(value: unknown, max: unknown): boolean {
  return typeof value !== 'string' || typeof max !== 'number' || length(value) <= max;
}
