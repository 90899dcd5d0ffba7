import type { Button, KnownBlock, ModalView } from '@slack/types';
import { MINE } from '../features/board/questions/views.ts';
import { SENT_MAILS } from '../features/deliveries/view.ts';
import { ABSENCE } from '../features/desk/absence/view.ts';
import { EXPORT } from '../features/desk/export-view.ts';
import { LIST_MODULES, REGISTER_MODULE } from '../features/modules/register-view.ts';
import { ACCESS_REPORT, CANDIDATES, MY_DATA } from '../features/privacy/privacy-view.ts';
import { homeWorks, type Work } from '../filing/begin-buttons.ts';
import { CHANGE_ROLE, ERROR_HELP, PUBLIC_GUIDE } from '../filing/buttons.ts';
import { PHRASES } from '../filing/phrases-view.ts';
import type { Filings } from '../filing/procedure.ts';
import { BEGIN } from '../filing/step-up-views.ts';
import { button, divider, MENU_VIEW, modal, section, title } from '../messenger/blocks.ts';
import { PROVE_BEGIN } from '../procedures/registration/certificate-slack.ts';
import { HOLIDAYS } from '../reminders/holidays-view.ts';
import type { Known } from '../store/known.ts';

/** 전체 업무 of officials. */
export const ALL_WORK = 'home.work';
/** 관리 업무 of officers. */
export const DESK_WORK = 'home.deskWork';

interface Group {
  title: string;
  works: Work[];
}

type Parts = Pick<Filings, 'procedures' | 'byCertificate' | 'codes'>;

const work = (to: Button, about: string): Work => ({ button: to, about });

/** Rare tasks, each with a line that says what it is for. `first`: the buttons that the home already shows. */
function officialGroups(parts: Parts, first: ReadonlySet<string>): Group[] {
  return [
    {
      title: '신청·변경',
      works: homeWorks(parts, 'official').filter((one) => !first.has(one.button.action_id ?? '')),
    },
    {
      title: '문의',
      works: [
        work(button(MINE, '내 문의'), '올린 문의와 답변을 봅니다.'),
        work(
          button(ERROR_HELP, '오류 도움'),
          '오류 코드나 메시지를 붙여 넣으면 원인과 할 일을 알려 드립니다.',
        ),
      ],
    },
    {
      title: '내 정보',
      works: [
        work(button(MY_DATA, '내 정보'), '등록한 정보와 동의한 내용을 보고, 파일로 받습니다.'),
        ...(parts.byCertificate
          ? [work(button(PROVE_BEGIN, '인증서 등록'), '개인용 인증서를 새로 등록하거나 바꿉니다.')]
          : []),
        work(button(PUBLIC_GUIDE, '공공기관 신청 안내'), '공공기관이 공문으로 신청하는 순서를 봅니다.'),
      ],
    },
  ];
}

/** The most used first; buttons of the home itself are not repeated. */
function officerGroups(parts: Parts, who: Known, enrolled: boolean): Group[] {
  return [
    {
      title: '접수·목록',
      works: [
        ...homeWorks(parts, 'officer'),
        work(button(EXPORT, '목록 내려받기'), '신청, 시스템, 라이선스, 사람 목록을 XLSX와 CSV로 받습니다.'),
        work(button(SENT_MAILS, '보낸 메일'), '보낸 메일을 보고, 되돌아온 것을 표시합니다.'),
        work(button(PHRASES, '상용구 관리'), '보완요청과 반려에 자주 쓰는 글을 고치고 더합니다.'),
      ],
    },
    {
      title: '모듈',
      works: [
        work(button(LIST_MODULES, '모듈 목록'), '올린 모듈을 보고, 사용을 중지합니다.'),
        work(button(REGISTER_MODULE, '모듈 등록'), '새 표준API 모듈을 올립니다.'),
      ],
    },
    {
      title: '부재·휴일',
      works: [
        work(button(ABSENCE, '부재 설정'), '자리를 비우는 동안 대신할 관리자를 정합니다.'),
        work(button(HOLIDAYS, '휴일 관리'), '임시공휴일과 선거일을 넣습니다. 기한 계산에 쓰입니다.'),
      ],
    },
    {
      title: '개인정보',
      works: [
        ...(who.auditor
          ? []
          : [
              work(
                button(ACCESS_REPORT, '접속기록 보고서'),
                '누가 누구의 정보를 왜 보았는지 한 달치를 받습니다.',
              ),
            ]),
        work(button(CANDIDATES, '파기 대상 확인'), '보존기간이 지난 신청을 보고 파기를 신청합니다.'),
        work(button(MY_DATA, '내 정보'), '이 앱이 가진 내 정보를 보고, 파일로 받습니다.'),
      ],
    },
    {
      title: '권한',
      works: [
        work(button(CHANGE_ROLE, '관리자 권한 변경'), '표준API 관리자와 감사자를 지정하거나 해제합니다.'),
        ...(parts.codes && (enrolled || parts.codes !== 'obligatory')
          ? [
              work(
                button(BEGIN, enrolled ? '일회용 비밀번호 다시 등록' : '일회용 비밀번호 등록'),
                '라이선스가 나가는 승인을 할 때 씁니다.',
              ),
            ]
          : []),
      ],
    },
  ];
}

export function officialMenu(parts: Parts, first: ReadonlySet<string>): ModalView {
  return menu('전체 업무', officialGroups(parts, first));
}

export function officerMenu(parts: Parts, who: Known, enrolled: boolean): ModalView {
  return menu('관리 업무', officerGroups(parts, who, enrolled));
}

function menu(name: string, groups: readonly Group[]): ModalView {
  const filled = groups.filter(({ works }) => works.length > 0);
  return modal({
    callbackId: MENU_VIEW,
    title: name,
    blocks: filled.flatMap(({ title: heading, works }, index): KnownBlock[] => [
      ...(index > 0 ? [divider] : []),
      title(heading),
      ...works.map(({ button: to, about }) => section(about, to)),
    ]),
  });
}
