import { koreanDateTime } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import { Refusal } from '../core/refusal.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { BOT, BOT_LABEL } from './decider.ts';
import type { Target } from './decision.ts';
import type { AnyProcedure } from './procedure.ts';
import { stateLabel } from './standing.ts';
import { type Obstacle, steps, type Verb } from './steps.ts';

/** @throws Refusal when the applicant has submitted again, or somebody has objected, since `seen` was on the screen */
export function refuseOvertaken(
  { revision, objections }: Filing,
  seen: Pick<Target, 'revision' | 'objections'>,
): void {
  if (seen.revision !== undefined && seen.revision !== revision)
    throw new Refusal(
      `그사이 신청자가 내용을 고쳐서 다시 제출했습니다. (${revision}차 제출)`,
      '새 카드의 ‘검토’에서 달라진 항목을 확인한 뒤 처리하십시오.',
    );
  if (seen.objections !== undefined && seen.objections !== objections)
    throw new Refusal(
      '그사이 지금 담당자가 이의를 제기했습니다.',
      '카드의 ‘검토’에서 이의를 읽은 뒤 처리하십시오.',
    );
}

/** The refusal for a person who may not take this step now. */
export async function refusalTo(
  tx: Tx,
  procedure: AnyProcedure,
  filing: Filing,
  verb: Verb,
  obstacle: Obstacle,
): Promise<Refusal> {
  const { label } = steps[verb];
  switch (obstacle) {
    case 'NOT_OFFICER':
      return new Refusal(
        `‘${label}’ 처리는 표준API 관리자만 할 수 있습니다.`,
        '권한이 필요하면 관리자에게 요청하십시오.',
      );
    case 'NOT_APPLICANT':
      return filing.channel === 'PAPER'
        ? new Refusal('공문이나 이메일로 접수한 신청은 표준API 관리자만 고치거나 삭제할 수 있습니다.')
        : new Refusal('본인이 제출한 신청만 처리할 수 있습니다.');
    case 'NOT_NAMED':
      return new Refusal(
        `‘${label}’ 처리는 이 신청에 지정된 사람만 할 수 있습니다.`,
        '신청한 사람에게 확인하십시오.',
      );
    case 'OWN_FILING':
      return new Refusal(
        filing.channel === 'PAPER'
          ? '본인이 접수한 건은 본인이 처리할 수 없습니다.'
          : '본인이 제출한 신청은 본인이 처리할 수 없습니다.',
        '다른 관리자에게 처리를 요청하십시오.',
      );
    case 'ALREADY_APPROVED':
      return new Refusal(
        '이미 승인되어 라이선스가 발급된 적이 있는 건입니다.',
        verb === 'filing.reject'
          ? '반려 대신 보완요청을 하십시오.'
          : '더 쓰지 않는 시스템은 미사용 신고를 하십시오.',
      );
    case 'LASTING':
      return new Refusal(
        `${procedure.document}: 표준API 관리자만 종결할 수 있습니다.`,
        '잘못 신고했으면 홈의 목록에서 ‘상세’를 열어 ‘잘못된 신고로 표시’를 누르십시오.',
      );
    case 'NOT_REOPENABLE':
      return new Refusal(`승인취소할 수 없는 신청입니다: ${procedure.document}`);
    case 'NOT_DECIDER':
      return new Refusal(
        '처리한 사람만 되돌릴 수 있습니다.',
        '처리한 관리자에게 요청하거나, 신청자가 다시 제출하기를 기다리십시오.',
      );
    case 'NOT_UNDOABLE':
      return new Refusal(
        '되돌릴 수 없는 처리입니다. 승인으로 이미 반영되었거나 라이선스가 나갔습니다.',
        '잘못 승인했으면 담당자에게 연락하여 바로잡을 신청을 받으십시오.',
      );
    case 'WRONG_STATE':
      return new Refusal(
        await whoWasFirst(tx, procedure, filing),
        '화면을 새로 열어 지금 상태를 확인하십시오.',
      );
  }
}

async function whoWasFirst(tx: Tx, procedure: AnyProcedure, filing: Filing): Promise<string> {
  const label = stateLabel(filing, procedure);
  if (!filing.decidedBy || !filing.decidedAt) return `지금은 처리할 수 없습니다. (상태: ${label})`;
  const person = await tx.person.findUnique({ where: { id: filing.decidedBy } });
  if (filing.decidedBy === BOT.id)
    return `${BOT_LABEL} 처리되었습니다. (${label}, ${koreanDateTime(filing.decidedAt)})`;
  const by = person?.name ? `${maskName(person.name)} 님이` : '다른 담당자가';
  return `${by} 먼저 처리했습니다. (${label}, ${koreanDateTime(filing.decidedAt)})`;
}
