import type { KnownBlock, ModalView } from '@slack/types';
import { seoulDay } from '../../core/calendar.ts';
import { ASK } from '../../filing/buttons.ts';
import type { Filings } from '../../filing/procedure.ts';
import {
  actions,
  button,
  context,
  cut,
  divider,
  type Labelled,
  LIMIT,
  modal,
  section,
  title,
} from '../../messenger/blocks.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import { type SystemWithLife, systemStanding } from '../../records/systems/standing.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { askerOf } from './asker.ts';
import type { KnownError, Mend } from './error-codes.ts';
import type { Offer } from './knowledge/offer.ts';
import { mySystems, systemPart } from './my-systems.ts';
import { type Recognised, recogniseErrors } from './recognise-errors.ts';

export const EXPLAIN = 'assist.explain';
const PASTED = 'text';
/** Characters of the pasted text that a button hands over to Q&A 문의. */
const CARRIED = 2000;
const ERRORS_SHOWN = 4;
const SYSTEMS_SHOWN = 5;

const offersFor: Record<Mend, Offer> = {
  REPORT: 'REPORT',
  TEMPORARY: 'begin:temporaryReissue',
  REISSUE: 'begin:reissueRequest',
  DOWNLOAD: 'DOWNLOAD',
  MODULE: 'MODULE',
  CERTIFICATE: 'CERTIFICATE',
  DETAIL: 'DETAIL',
};

/** 오류 도움: a place to paste an error into. */
export function pasteView(typed = ''): ModalView {
  return modal({
    callbackId: EXPLAIN,
    title: '오류 도움',
    submit: '확인',
    blocks: [
      section(
        '화면이나 로그에 나온 오류를 그대로 붙여 넣으십시오. 짐작되는 원인과 확인할 것을 알려 드립니다.',
      ),
      inputBlock(
        PASTED,
        '오류 내용',
        {
          type: 'plain_text_input',
          multiline: true,
          max_length: LIMIT.text,
          ...(typed ? { initial_value: typed } : {}),
        },
        { hint: '예: 1103, ERR_LICENSE_EXPIRED, GpkiApiException … 비밀번호는 빼고 붙여 넣으십시오.' },
      ),
    ],
  });
}

/** The answer in a window. It lists the hosts that the licences are bound to, which messages must not show. */
export async function explainedView(
  filings: Filings & { db: Db },
  who: Known,
  text: string,
): Promise<ModalView> {
  const blocks = await explanation(filings, who, text, recogniseErrors(text), 'WINDOW');
  return modal({ callbackId: 'assist.explained', title: '오류 도움', blocks });
}

/** The answer in the conversation; null where the text mentions no error of the API. */
export async function explainedMessage(
  filings: Filings & { db: Db },
  who: Known,
  text: string,
): Promise<KnownBlock[] | null> {
  const recognised = recogniseErrors(text);
  if (recognised.errors.length === 0 && !recognised.unknown && !recognised.other) return null;
  return explanation(filings, who, text, recognised, 'MESSAGE');
}

async function explanation(
  filings: Filings & { db: Db },
  who: Known,
  text: string,
  { errors, other }: Recognised,
  where: 'WINDOW' | 'MESSAGE',
): Promise<KnownBlock[]> {
  const question = actions(button(ASK, 'Q&A 문의', { value: cut(text, CARRIED) }));
  if (other) {
    return [
      section(`${other}의 오류로 보입니다. 표준API의 오류가 아닙니다.`),
      section(
        '▶ 그 제품의 담당자에게 물어보십시오. 표준API를 부르다가 난 오류이면 gpki가 들어 있는 줄까지 함께 붙여 넣으십시오.',
      ),
      question,
    ];
  }
  if (errors.length === 0) {
    return [
      section('알고 있는 오류 코드를 찾지 못했습니다.'),
      section(
        '▶ 로그에서 네 자리 오류 코드(예: 1103)나 ERR_로 시작하는 이름을 찾아 다시 붙여 넣거나, ‘Q&A 문의’를 누르십시오. 적으신 내용이 문의에 그대로 들어갑니다.',
      ),
      question,
    ];
  }
  const firstErrors = errors.slice(0, ERRORS_SHOWN);
  return [
    ...firstErrors.flatMap((error) => errorBlocks(error, askerOf(who) === 'public')),
    ...(errors.length > firstErrors.length
      ? [context(`오류가 ${errors.length}가지입니다. 먼저 나온 ${firstErrors.length}가지를 보였습니다.`)]
      : []),
    ...(await systemBlocks(filings, who, firstErrors, where)),
    divider,
    context('일반적으로 짐작되는 원인입니다. 해결되지 않으면 문의하십시오.'),
    question,
  ];
}

function errorBlocks(error: KnownError, isPublic: boolean): KnownBlock[] {
  const { codes, about, likely, check, commands = [], remedy, publicRemedy } = error;
  return [
    title(codes.length > 0 ? `${codes.join(', ')} · ${about}` : about),
    section(
      [
        likely,
        '',
        '확인할 것',
        ...check.map((one) => `• ${one}`),
        ...commands.map(([system, command]) => `   ${system}: ${command}`),
        '',
        `할 일: ${(isPublic && publicRemedy) || remedy}`,
      ].join('\n'),
    ),
  ];
}

async function systemBlocks(
  filings: Filings & { db: Db },
  who: Known,
  errors: readonly KnownError[],
  where: 'WINDOW' | 'MESSAGE',
): Promise<KnownBlock[]> {
  const today = seoulDay(filings.now());
  const all = await mySystems(filings.db, who);
  const licensed = all.filter((system) => systemStanding(system, today).licence);
  // Errors of a temporary licence concern the systems that run on one, the earliest expiry first.
  const onTemporary = licensed
    .filter((system) => systemStanding(system, today).licence?.kind === 'TEMPORARY')
    .sort((a, b) => expiry(a, today).localeCompare(expiry(b, today)));
  const concerned =
    errors.every(({ temporary }) => temporary) && onTemporary.length > 0 ? onTemporary : licensed;
  if (concerned.length === 0) return [];
  const offers = [...new Set(errors.flatMap(({ mends }) => mends))].map((mend) => offersFor[mend]);
  const withHosts = where === 'WINDOW' && errors.some(({ hosts }) => hosts);
  const firstSystems = concerned.slice(0, SYSTEMS_SHOWN);
  return [
    divider,
    title('내 시스템'),
    ...firstSystems.flatMap((system) =>
      systemPart(filings, system, { who, today }, offers, withHosts ? boundHosts(system, today) : []),
    ),
    ...(concerned.length > firstSystems.length
      ? [context(`시스템이 ${concerned.length}건입니다. 나머지는 홈의 목록에서 보십시오.`)]
      : []),
  ];
}

function expiry(system: SystemWithLife, today: string): string {
  return systemStanding(system, today).licence?.expiresOn ?? '9999';
}

/** The addresses in the licence in force, to compare with the server's. */
function boundHosts(system: SystemWithLife, today: string): Labelled[] {
  const payload = systemStanding(system, today).licence?.payload as { hosts?: unknown } | undefined;
  const hosts = Array.isArray(payload?.hosts) ? payload.hosts : [];
  const texts = hosts.flatMap((host: Record<string, unknown>) => {
    const parts = [host.ip, host.host, host.mac, host.domain].flat().filter((one) => typeof one === 'string');
    return parts.length > 0 ? [parts.join(', ')] : [];
  });
  return texts.length > 0 ? [{ label: '라이선스에 적힌 서버', text: cut(texts.join('\n'), 1500) }] : [];
}

/** The field of the window that holds the pasted text. */
export const PASTED_FIELD = PASTED;
