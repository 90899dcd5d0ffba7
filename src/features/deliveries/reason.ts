import { cut } from '../../messenger/blocks.ts';

/** The most characters of a mail server's answer. */
const ANSWER = 600;
/** The error of a mail that an officer marked as returned. */
export const RETURNED = 'the mail came back';

/** Korean texts for the errors that the outbox records; `$1` is the reply of the mail server or the messenger. */
const REASONS: [kind: string, pattern: RegExp, text: string][] = [
  ['desk', /^ADMIN_CHANNEL is not set/, '관리자 채널이 설정되어 있지 않습니다. 운영자에게 알리십시오.'],
  ['nowhere', /^no messenger account/, '메신저 계정도 이메일 주소도 없습니다.'],
  [
    'unsure',
    /^it is not known whether the mail was sent/,
    '보냈는지 확인할 수 없습니다. 받았는지 담당자에게 확인하고, 받지 못했으면 다시 보내십시오.',
  ],
  ['returned', /^the mail came back/, '메일이 반송되었습니다. (관리자가 표시)'],
  ['refused', /^the mail server refused: (.*)/s, '메일 서버가 받지 않았습니다. ($1)'],
  ['putOff', /^the mail server put it off: (.*)/s, '메일 서버가 받기를 하루 넘게 미루었습니다. ($1)'],
  [
    'away',
    /^the mail server cannot be reached/,
    '메일 서버에 하루 넘게 연결하지 못했습니다. 운영자에게 알리십시오.',
  ],
  ['gone', /\b(?:user_disabled|user_not_found)\b/, '메신저에서 비활성화되었거나 없어진 사용자입니다.'],
  ['slack', /^An API error occurred: (\w+)/, '메신저가 받지 않았습니다. ($1)'],
];
/** The kind of every other error. */
const OTHER = 'other';
/** Each of these has to be looked into before it is sent again. */
const ONE_BY_ONE = ['unsure', 'returned'];

/** The kind of a failure, if all failures of that kind may be sent again together; else null. */
export function kindOf(error: string | null): string | null {
  const [kind] = REASONS.find(([, pattern]) => pattern.test(error ?? '')) ?? [OTHER];
  return ONE_BY_ONE.includes(kind) ? null : kind;
}

export function kindText(kind: string): string {
  const [, , text] = REASONS.find(([name]) => name === kind) ?? [];
  return text?.replace(' ($1)', '') ?? '그 밖의 사유로 전달하지 못했습니다.';
}

export function reasonText(error: string | null): string {
  const found = REASONS.find(([, pattern]) => pattern.test(error ?? ''));
  if (!found) return error || '원인을 알 수 없습니다.';
  const [, pattern, text] = found;
  const detail = pattern.exec(error ?? '')?.[1] ?? '';
  return text.replace('$1', () => detail);
}

/** What to repair when the messenger refuses a message, and who does it. */
const REMEDIES: [RegExp, string][] = [
  [
    /^(channel_not_found|not_in_channel|invalid_channel)$/,
    '보급봇이 그 채널에 없습니다. 채널에 보급봇을 다시 초대하십시오.',
  ],
  [
    /^(is_archived|is_inactive)$/,
    '그 채널이 보관되었습니다. 보관을 해제하거나, 다른 채널을 쓰도록 운영자에게 알리십시오.',
  ],
  [/^missing_scope$/, '보급봇 앱의 권한이 모자랍니다. 앱을 다시 설치하도록 운영자에게 알리십시오.'],
  [
    /^(restricted_action|posting_to_channel)/,
    '그 채널에 보급봇이 글을 올릴 수 없게 설정되어 있습니다. 채널 설정을 고치십시오.',
  ],
  [/^messages_tab_disabled$/, '보급봇 앱의 ‘메시지’ 탭이 꺼져 있습니다. 켜도록 운영자에게 알리십시오.'],
  [
    /^the mail server takes no mail/,
    '메일 서버가 보급봇의 메일을 모두 받지 않습니다. 보내는 주소와 로그인을 확인하도록 운영자에게 알리십시오.',
  ],
  [/^the mail server cannot be reached/, '메일 서버에 연결하지 못합니다. 운영자에게 알리십시오.'],
  [/^fetch failed/, '메신저에 파일을 올릴 수 없습니다. 연결을 확인하도록 운영자에게 알리십시오.'],
  [
    /file|storage/,
    '메신저에 파일을 올릴 수 없습니다. 파일 설정과 저장 공간을 확인하도록 메신저 관리자에게 알리십시오.',
  ],
];

/**
 * @param error what is wrong, as `reportHeld` was told
 * @param said the whole error of a message that waits for it: it ends with the answer of the mail server
 */
export function remedyText(error: string, said: string | null): string {
  const [, text] = REMEDIES.find(([pattern]) => pattern.test(error)) ?? [];
  const answer = said?.startsWith(`${error}: `) ? cut(said.slice(error.length + 2), ANSWER) : error;
  return `${text ?? '운영자에게 알리십시오.'} (${answer})`;
}

export function isOfMail(error: string): boolean {
  return error.startsWith('the mail server');
}
