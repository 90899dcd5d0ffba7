import type { KnownBlock } from '@slack/types';
import { PUBLIC_GUIDE, REGISTER } from '../../filing/buttons.ts';
import { CORRECT } from '../../filing/card.ts';
import { actions, button, context, section } from '../../messenger/blocks.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { OPEN, SUBMITTED } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { filingRow } from '../../records/rows.ts';
import { type Ask, read, rowOf } from '../../store/ask.ts';
import { type Filing, Prisma } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { publicAgencyGuidance } from '../public-agency.ts';

/** The first step of a person who is not registered, with its button. Empty for everybody else. */
export async function firstStep(db: Db, who: Known): Promise<KnownBlock[]> {
  if (who.registeredAt || who.officer || who.auditor) return [];
  const open = await read(db, openRegistration(who.id));
  if (open?.state === SUBMITTED)
    return [section('사용자 등록을 검토하고 있습니다. 승인되면 이 대화방으로 알려 드립니다.')];
  if (open)
    return [
      section('사용자 등록에 보완요청을 받았습니다. 고쳐서 다시 제출하십시오.'),
      actions(button(CORRECT, '수정하여 다시 제출', { value: open.id })),
    ];
  if (who.agency?.kind === 'PUBLIC')
    return [
      context(publicAgencyGuidance(who.agency.name).lines[0] ?? ''),
      actions(button(PUBLIC_GUIDE, '공공기관 신청 안내')),
    ];
  return [
    section('아직 사용자 등록이 되어 있지 않습니다. 먼저 ‘사용자 등록’을 하십시오.'),
    actions(button(REGISTER, '사용자 등록'), button(PUBLIC_GUIDE, '공공기관 신청 안내')),
  ];
}

/** A 사용자 등록 that nobody has decided yet. */
export function openRegistration(personId: string): Ask<Filing | null> {
  return rowOf(
    Prisma.sql`
      SELECT f.* FROM "Filing" f
      WHERE f."applicantId" = ${personId} AND f.procedure = ${PROCEDURE.registration} AND f.state ${isOneOf(...OPEN)} LIMIT 1`,
    filingRow,
  );
}
