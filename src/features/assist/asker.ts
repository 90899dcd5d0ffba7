import type { Button, KnownBlock } from '@slack/types';
import { BEGIN_PROCEDURE, homeButtons } from '../../filing/begin-buttons.ts';
import { APPLY, ERROR_HELP, PUBLIC_GUIDE } from '../../filing/buttons.ts';
import { helpBlocks } from '../../filing/helper-view.ts';
import type { Filings } from '../../filing/procedure.ts';
import { button, section } from '../../messenger/blocks.ts';
import { BLANK_PAPER, FILL_PAPER } from '../../procedures/public-agency.ts';
import { firstStep } from '../../procedures/registration/first-step.ts';
import { read } from '../../store/ask.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { MINE } from '../board/questions/views.ts';
import { GUIDES } from '../board/resources/form.ts';
import { RESOURCES } from '../board/resources/views.ts';
import { ABSENCE } from '../desk/absence/view.ts';
import { SEARCH } from '../desk/search-view.ts';
import { STATISTICS } from '../desk/statistics-view.ts';
import { MY_DATA } from '../privacy/privacy-view.ts';
import { MY_SYSTEMS } from '../surveys/asked-view.ts';
import type { ButtonName } from './knowledge/entry.ts';

/**
 * The kind of person who asks: a registered official, somebody of a 공공기관, somebody not registered yet (newcomer),
 * or an officer or auditor (desk). It decides the answer and the buttons.
 */
type Asker = 'official' | 'public' | 'newcomer' | 'desk';

export function askerOf(who: Known): Asker {
  if (who.officer || who.auditor) return 'desk';
  if (who.registeredAt) return 'official';
  return who.agency?.kind === 'PUBLIC' ? 'public' : 'newcomer';
}

type Ground = Pick<Filings, 'procedures'> & { db: Db };

/** The step this person has to take first. A helper of a developer company gets the drafts to fill in instead. */
export async function before(ground: Ground, who: Known): Promise<KnownBlock[]> {
  if (askerOf(who) !== 'newcomer') return firstStep(ground.db, who);
  const helped = await read(ground.db, helpBlocks(ground, who.id));
  if (helped.length === 0) return firstStep(ground.db, who);
  return [section('도움을 요청받은 신청서는 아래에서 채웁니다. 제출은 담당공무원이 합니다.'), ...helped];
}

/** The button of that name, or nothing where this person may not use it. */
export function buttonFor(ground: Ground, who: Known, name: ButtonName): Button[] {
  const asker = askerOf(who);
  const applies = who.registeredAt !== null; // an officer may be an applicant too
  if (name.startsWith('begin:')) {
    const action = `${BEGIN_PROCEDURE}.${name.slice('begin:'.length)}`;
    return applies ? homeButtons(ground, 'official').filter((one) => one.action_id === action) : [];
  }
  const given = (may: boolean, action: string, label: string, value?: string): Button[] =>
    may ? [button(action, label, value === undefined ? {} : { value })] : [];
  switch (name) {
    case 'apply':
      return given(applies, APPLY, '이용신청서 작성');
    case 'publicGuide': // `before` already shows this button to the others
      return given(asker !== 'public' && asker !== 'newcomer', PUBLIC_GUIDE, '공공기관 신청 안내');
    case 'mySystems':
      return given(applies, MY_SYSTEMS, '이용현황조사', '0');
    case 'resources':
      return given(true, RESOURCES, '자료실');
    case 'installGuide':
      return given(true, RESOURCES, GUIDES, GUIDES);
    case 'errorHelp':
      return given(true, ERROR_HELP, '오류 도움');
    case 'mine':
      return given(asker !== 'desk', MINE, '내 문의');
    case 'myData':
      return given(true, MY_DATA, '내 정보');
    case 'fillPaper':
      return given(asker === 'public', FILL_PAPER, '신청서 작성하여 받기');
    case 'blankApi':
      return given(asker === 'public', `${BLANK_PAPER}.api`, '빈 신청서 받기');
    case 'blankScvp':
      return given(asker === 'public', `${BLANK_PAPER}.scvp`, 'SCVP 신청서 받기');
    case 'search':
      return given(who.officer, SEARCH, '찾기');
    case 'statistics':
      return given(who.officer || who.auditor, STATISTICS, '통계');
    case 'absence':
      return given(who.officer, ABSENCE, '부재 설정');
    default:
      return [];
  }
}
