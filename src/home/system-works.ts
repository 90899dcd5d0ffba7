import type { KnownBlock, ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { OF_SYSTEM } from '../features/modules/fetch.ts';
import { deputyButtons } from '../features/systems/deputy-slack.ts';
import { SERVER_CERTIFICATE } from '../features/systems/server-certificate-slack.ts';
import { systemWorks, type Work } from '../filing/begin-buttons.ts';
import { REPORT } from '../filing/buttons.ts';
import type { Filings } from '../filing/procedure.ts';
import { actions, button, context, MENU_VIEW, modal, section } from '../messenger/blocks.ts';
import { type SystemWithLife, systemStanding } from '../records/systems/standing.ts';
import type { Known } from '../store/known.ts';

/** 다른 업무 of a system; the value is its id. */
export const SYSTEM_WORK = 'system.work';
/** The most buttons in the details, with the button of the menu. */
const MOST = 5;

type Registry = Pick<Filings, 'procedures' | 'now'>;

/** Tasks that this person can do with the system now: the next step first, then the most frequent ones. */
function worksOf(registry: Registry, system: SystemWithLife, who: Known): Work[] {
  const today = seoulDay(registry.now());
  const value = system.id;
  const isContact = system.contactId === who.id;
  return [
    ...(isContact && systemStanding(system, today).awaitsReport
      ? [
          {
            button: button(REPORT, '적용결과표 제출', { value, style: 'primary' }),
            about: '시험을 마쳤으면 제출하고 정상라이선스를 받습니다.',
          },
        ]
      : []),
    ...(system.licences.some(({ moduleId }) => moduleId)
      ? [{ button: button(OF_SYSTEM, '모듈 받기', { value }), about: '표준API 모듈을 다시 받습니다.' }]
      : []),
    ...systemWorks(registry, system, who, today),
    {
      button: button(SERVER_CERTIFICATE, '서버용 인증서 등록', { value }),
      about: '인증서의 유효기간을 등록하면 만료되기 전에 알려 드립니다.',
    },
    ...deputyButtons(system, who.id).map((one) => ({
      button: one,
      about: '부담당자는 더는 이 시스템을 볼 수 없게 됩니다.',
    })),
  ];
}

/** At most five buttons, with a line that explains each. */
export function workBlocks(registry: Registry, system: SystemWithLife, who: Known): KnownBlock[] {
  const works = worksOf(registry, system, who);
  const visibleWorks = works.length > MOST ? works.slice(0, MOST - 1) : works;
  const explanations = visibleWorks.map(({ button: one, about }) => `${one.text.text}: ${about}`);
  return [
    actions(
      ...visibleWorks.map(({ button: one }) => one),
      ...(visibleWorks.length < works.length ? [button(SYSTEM_WORK, '다른 업무', { value: system.id })] : []),
    ),
    context(...explanations),
  ];
}

/** The menu of all tasks for the system, one on each line. The window of the chosen task replaces the menu. */
export function workMenu(registry: Registry, system: SystemWithLife, who: Known): ModalView {
  return modal({
    callbackId: MENU_VIEW,
    title: '시스템 업무',
    blocks: [
      context(system.name),
      ...worksOf(registry, system, who).map(({ button: one, about }) => section(about, one)),
    ],
  });
}
