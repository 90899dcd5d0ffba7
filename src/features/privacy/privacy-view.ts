import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, koreanDateTime, seoulDay } from '../../core/calendar.ts';
import { DESTROY } from '../../filing/buttons.ts';
import {
  actions,
  button,
  context,
  divider,
  lines,
  longText,
  modal,
  plain,
  section,
  title,
} from '../../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../../messenger/entered.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import type { Candidates } from '../../procedures/destruction/candidates.ts';
import { consentLabels } from '../../records/people/consents.ts';
import type { Agency, Consent, Person } from '../../store/client/client.ts';
import { koreanMonth } from './month.ts';

export const ACCESS_REPORT = 'access.report';
export const AUDIT_EXPORT = 'audit.export';
export const MY_DATA = 'person.view';
export const MY_EXPORT = 'person.export';
export const CANDIDATES = 'destruction.list';
const MONTH = 'month';

const questions = {
  [ACCESS_REPORT]: {
    title: '접속기록 보고서',
    intro:
      '누가 언제 어디에서 누구의 개인정보를 왜 보았는지, 유난히 많이 본 사람이 있는지 한 달치를 CSV 파일로 보내 드립니다. 월 1회 이상 점검하십시오.',
  },
  [AUDIT_EXPORT]: {
    title: '감사기록 내려받기',
    intro:
      '한 달치 감사기록을 CSV 파일로 보내 드립니다. 이름 칸과 연락처, 주소는 가려져 있습니다. 사람이 적은 사유 속의 이름은 가려지지 않습니다.',
  },
} as const;

/** The window to choose a month; `chosen` is selected at first. */
export function monthView(
  what: keyof typeof questions,
  months: readonly string[],
  chosen: string,
): ModalView {
  const { title: heading, intro } = questions[what];
  const options = months.map((month) => ({ text: plain(koreanMonth(month)), value: month }));
  const initial = options.find(({ value }) => value === chosen) ?? options[0];
  return modal({
    callbackId: what,
    title: heading,
    submit: '받기',
    close: '취소',
    blocks: [
      section(intro),
      inputBlock(MONTH, '대상 월', {
        type: 'static_select',
        options,
        ...(initial ? { initial_option: initial } : {}),
      }),
      context('이 앱의 ‘메시지’로 보내 드립니다. 받은 기록이 남습니다.'),
    ],
  });
}

export function chosenMonth(values: StateValues): string {
  return enteredIn(values, MONTH)?.selected_option?.value ?? '';
}

/** 내 정보: registered data and consents; a file contains the rest. */
export function myDataView(
  person: Person & { agency: Agency | null },
  consents: readonly Consent[],
): ModalView {
  const rows: [string, string | null | undefined][] = [
    ['이름', person.name],
    ['소속기관', person.agency?.name],
    ['부서', person.department],
    ['직위(직급)', person.position],
    ['전화번호', person.phone],
    ['휴대전화번호', person.mobile],
    ['이메일', person.email],
    ['등록 승인', person.registeredAt && koreanDateTime(person.registeredAt)],
  ];
  return modal({
    callbackId: 'person.viewed',
    title: '내 정보',
    blocks: [
      lines(rows.map(([label, text]) => ({ label, text: text || '(없음)' }))),
      divider,
      title('동의한 내용'),
      ...(consents.length === 0 ? [section('동의한 기록이 없습니다.')] : consents.flatMap(consentBlocks)),
      divider,
      section('신청서, 인증서, 처리기록까지 이 앱이 가진 내 정보 전부를 파일로 받을 수 있습니다.'),
      actions(
        button(`${MY_EXPORT}.csv`, '엑셀 파일(CSV)로 받기', { value: 'csv' }),
        button(`${MY_EXPORT}.json`, 'JSON 파일로 받기', { value: 'json' }),
      ),
      context('이 앱의 ‘메시지’로 보내 드립니다. 받은 기록이 남습니다.'),
    ],
  });
}

function consentBlocks({ kind, version, text, agreedAt }: Consent): KnownBlock[] {
  return [
    lines([{ label: consentLabels[kind] ?? kind, text: `${version} 판 · ${koreanDateTime(agreedAt)} 동의` }]),
    longText(text),
  ];
}

/** 파기 대상: the number and the list of candidates, before a destruction is filed. */
export function candidatesView({ total, cases }: Candidates): ModalView {
  return modal({
    callbackId: 'destruction.listed',
    title: '파기 대상 확인',
    blocks: [
      title(`보존기간이 지난 신청 ${total}건`),
      ...(total === 0
        ? [section('지금 파기할 것이 없습니다.')]
        : [
            lines(
              cases.map((one) => ({
                label: one.number,
                text: `${one.title} · 종료 ${koreanDate(seoulDay(one.endedAt))} · 만료 ${koreanDate(one.destroyableFrom)}`,
              })),
            ),
            ...(total > cases.length ? [context(`오래된 순서로 ${cases.length}건만 보입니다.`)] : []),
            section('파기하려면 신청서를 작성하십시오. 다른 관리자가 승인해야 파기됩니다.'),
            actions(button(DESTROY, '파기 신청서 작성', { style: 'danger' })),
          ]),
      context(
        '보존기간: 시스템을 쓰지 않게 되거나 신청이 끝난 다음 해 1월 1일부터(공공기록물 관리에 관한 법률 시행령 제26조제3항) 10년(전자정부법 시행령 제33조). 종료된 문의는 대상시스템을 쓰지 않게 되거나 질문자의 계정이 닫힌 때부터 셉니다.',
      ),
    ],
  });
}
