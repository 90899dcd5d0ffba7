import type { Button, KnownBlock } from '@slack/types';
import { koreanDate } from '../../../core/calendar.ts';
import { button, context, section } from '../../../messenger/blocks.ts';
import type { FormWindow } from '../../../messenger/forms/form-window.ts';
import { type Absence, heldFor, type Seen } from '../../../records/absences/absence.ts';
import { actingOn, actsFor, isOn } from '../../../records/absences/rule.ts';
import { fullName, NAMED, periodText, shortDate } from '../../../records/absences/words.ts';
import type { Known } from '../../../store/known.ts';
import type { Tx } from '../../../store/store.ts';
import { QUEUE } from '../../board/questions/views.ts';
import { absenceForm } from './form.ts';

export const ABSENCE = 'absence.open';
export const ABSENCE_SET = 'absence.set';
export const ABSENCE_END = 'absence.end';

/** The window of 부재 설정. For an existing absence it is filled in and has a button to end it. */
export function absenceWindow(
  officers: readonly { id: string; name: string }[],
  open: readonly Absence[],
  mine: Absence | null,
  today: string,
): FormWindow<ReturnType<typeof absenceForm>['fields']> {
  const options = officers.map(({ id, name }) => {
    const away = open.find((one) => one.officerId === id);
    const when = away ? ` (부재 ${shortDate(away.fromOn, today)} ~ ${shortDate(away.toOn, today)})` : '';
    return { value: id, label: `${name}${when}` };
  });
  return {
    callbackId: ABSENCE_SET,
    title: '부재 설정',
    submit: mine ? '변경' : '설정',
    form: absenceForm(options, mine && isOn(mine, today) ? mine.fromOn : null),
    metadata: { absence: mine?.id ?? '', revision: String(mine?.revision ?? 0) },
    above: mine
      ? [section(ownText(mine, open, today), endButton(mine, today))]
      : [
          section(
            '자리를 비우는 동안 대신할 관리자를 정합니다. 권한은 넘어가지 않습니다. 대신하는 관리자는 본인의 권한과 일회용 비밀번호로 처리합니다.',
          ),
        ],
  };
}

/** The absence that the window showed, read from its metadata. */
export function seenIn(metadata: Record<string, string>): Seen {
  return { id: metadata.absence ?? '', revision: Number(metadata.revision) };
}

/** On officers' homes: my absence, the officers whom I substitute, and who else is away today. */
export async function absenceBlocks(
  tx: Tx,
  open: readonly Absence[],
  who: Pick<Known, 'id'>,
  today: string,
): Promise<KnownBlock[]> {
  if (open.length === 0) return [];
  const myAbsence = open.find(({ officerId }) => officerId === who.id);
  const acting = actsFor(open, who.id, today);
  const coming = open.filter((one) => one.substituteId === who.id && one.fromOn > today);
  const others = open.filter((one) => isOn(one, today) && one.officerId !== who.id && !acting.includes(one));
  const heldCount = acting.length > 0 ? await heldFor(tx, open, who.id, today) : 0;
  return [
    ...(myAbsence
      ? [section(`${ownText(myAbsence, open, today)}${memoLine(myAbsence)}`, endButton(myAbsence, today))]
      : []),
    ...(acting.length > 0
      ? [
          section(
            listed(acting.map((one) => actingText(one, today))),
            heldCount > 0 ? button(QUEUE, `대신 볼 문의 ${heldCount}건`) : undefined,
          ),
        ]
      : []),
    ...(coming.length > 0
      ? [
          context(
            listed(
              coming.map((one) => `${fullName(one.officer)} 님을 대신할 예정입니다. (${periodText(one)})`),
            ),
          ),
        ]
      : []),
    ...(others.length > 0 ? [context(listed(others.map((one) => otherText(one, open, today))))] : []),
  ];
}

/** Lists the lines, at most as many as leave room for the rest of a home. */
function listed(lines: readonly string[]): string {
  const rest = lines.length - NAMED;
  return [...lines.slice(0, NAMED), ...(rest > 0 ? [`그 밖에 ${rest}명`] : [])].join('\n');
}

function ownText(mine: Absence, open: readonly Absence[], today: string): string {
  const name = fullName(mine.substitute);
  const to = koreanDate(mine.toOn);
  if (!isOn(mine, today)) return `부재 예정 ${periodText(mine)} · 대신: ${name}`;
  const nobody = actingOn(open, mine.officerId, today) === null;
  return `부재 중 ~${to} · 대신: ${name}${nobody ? ' (오늘 부재이므로 관리자 모두가 봅니다)' : ''}`;
}

function actingText(absence: Absence, today: string): string {
  return `${fullName(absence.officer)} 님을 대신합니다 (~ ${shortDate(absence.toOn, today)})${memoLine(absence)}`;
}

function otherText(absence: Absence, open: readonly Absence[], today: string): string {
  const nobody = actingOn(open, absence.officerId, today) === null;
  const name = fullName(absence.substitute);
  return `부재: ${fullName(absence.officer)} (~ ${shortDate(absence.toOn, today)}) · 대신: ${nobody ? `${name}도 부재, 관리자 모두` : name}${memoLine(absence)}`;
}

const memoLine = ({ memo }: Absence) => (memo ? `\n메모: ${memo}` : '');

/** The label of the button that ends or cancels an absence. */
export const endLabel = (absence: Absence, today: string) =>
  isOn(absence, today) ? '부재 끝내기' : '부재 취소';

function endButton(absence: Absence, today: string): Button {
  const isRunning = isOn(absence, today);
  return button(ABSENCE_END, endLabel(absence, today), {
    value: absence.id,
    confirm: {
      title: isRunning ? '부재를 끝내시겠습니까?' : '부재 예정을 취소하시겠습니까?',
      text: `${fullName(absence.substitute)} 님에게 더는 대신하지 않아도 된다고 알립니다.`,
      confirm: isRunning ? '끝내기' : '부재 취소',
    },
  });
}
