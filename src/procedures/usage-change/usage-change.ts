import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { changesFrom } from '../../filing/changes.ts';
import { type AnyProcedure, type Checked, defineProcedure } from '../../filing/procedure.ts';
import type { Answers } from '../../messenger/forms/form.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { findRevision } from '../../records/filings/revision.ts';
import { APPROVED, SUBMITTED } from '../../records/filings/states.ts';
import type { Tx } from '../../store/store.ts';
import { changeProfile, describeSystem } from '../application/profile.ts';
import { beginOnSystem, contactOnPaper, placeOnSystem } from '../on-paper.ts';
import { hasOpen, refuseSecond } from '../one-open.ts';
import { describedNames, usageChangeForm } from './form.ts';

const NAME = 'usageChange';
const TITLE = '이용내용 변경';
const ONE = { procedure: NAME, what: '이용내용 변경신청이' };

/** 이용내용 변경. After the approval its answers replace those of the application (고시 제31조①). */
export const usageChange: AnyProcedure = defineProcedure<typeof usageChangeForm.fields>({
  name: NAME,
  title: TITLE,
  document: '이용내용 변경신청서',
  approvedLabel: '승인완료',
  reopenable: false,
  answersSurveyAs: 'CHANGED',
  together: true,
  form: usageChangeForm,
  paperOf: 'system',
  paper: contactOnPaper(TITLE),
  approvedText:
    '이용내용 변경이 승인되었습니다. 지금부터 바뀐 내용대로 쓸 수 있습니다. 표준API는 승인된 용도로만 쓰십시오.',
  onSystem: {
    label: TITLE,
    about: '적용분야, 서비스유형, 망 구분을 바꾸려고 할 때',
    offered: ({ contactId, retiredAt, filings }, who) =>
      contactId === who.id && !retiredAt && filings.some(isApprovedApplication) && !hasOpen(filings, NAME),
  },
  changes: { fields: describedNames, before: describedNow },

  async begin(tx, applicant, subject) {
    const system = await beginOnSystem(tx, applicant, subject, TITLE);
    await refuseSecond(tx, ONE, system.id);
    return describedNow(tx, system.id);
  },

  async place(op, applicant, subject, answers, filing) {
    const system = await placeOnSystem(op.tx, applicant, subject, filing, TITLE);
    await refuseSecond(op.tx, ONE, system.id, filing?.id);
    const before = await describedNow(op.tx, system.id);
    if (changesFrom(usageChange, before, answers as Answers).length === 0) {
      throw new Refusal(
        '바뀌는 항목이 없습니다.',
        '‘이용내용’ 단계에서 바뀌는 항목을 고친 뒤 제출하십시오. 바뀌는 것이 없으면 창을 닫으십시오.',
      );
    }
    return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
  },

  async findings(tx, filing, answers) {
    const before = await beforeIt(tx, filing);
    const added = newUses(before, answers.usage);
    return [
      {
        level: 'look',
        text: '용도를 바꾸는 신청입니다. 신청한 용도와 다른지 확인하십시오. (고시 제31조제1항)',
      },
      consultation(answers, added),
      ...(await overtaken(tx, filing, before)),
    ];
  },

  effect: (_tx, _filing, _answers, to) => `시스템의 용도가 신청한 내용으로 바뀝니다. 알릴 사람: ${to}`,

  async approve(op, filing, answers) {
    if (!filing.systemId) throw new Error(`filing ${filing.number} has no system`);
    const changed = Object.fromEntries(describedNames.map((name) => [name, answers[name] ?? null]));
    await changeProfile(op.tx, filing.systemId, changed);
    op.audit({
      action: 'system.change',
      subject: `system:${filing.systemId}`,
      data: { filing: filing.number, fields: describedNames },
    });
  },
});

/** @throws Refusal while no application of the system is approved */
async function describedNow(tx: Tx, systemId: string): Promise<Answers> {
  const now = await describeSystem(tx, systemId);
  if (!now) {
    throw new Refusal(
      '이용신청이 아직 승인되지 않은 시스템입니다.',
      '검토중인 신청은 홈의 목록에서 ‘수정’을 눌러 고치십시오.',
    );
  }
  return Object.fromEntries(
    describedNames.flatMap((name) => (now[name] === undefined ? [] : [[name, now[name]]])),
  );
}

/** What was registered when it was submitted. While it is being submitted, that is what is registered now. */
async function beforeIt(tx: Tx, filing: Checked): Promise<Answers> {
  const revision = await findRevision(tx, filing);
  if (revision) return (revision.before ?? {}) as Answers;
  return filing.systemId ? describedNow(tx, filing.systemId) : {};
}

function newUses(before: Answers, usage: readonly string[]): string[] {
  const former = Array.isArray(before.usage) ? (before.usage as string[]) : [];
  return usage.filter((use) => !former.includes(use));
}

function consultation(
  { consulted, consultationNumber }: { consulted: string; consultationNumber?: string | undefined },
  added: readonly string[],
): Finding {
  if (consulted === 'DONE')
    return { level: 'ok', text: `행정안전부와 사전에 협의했습니다: ${consultationNumber ?? ''}` };
  return added.length > 0
    ? { level: 'look', text: '적용분야가 늘었는데 사전협의 대상이 아니라고 답했습니다. 확인하십시오.' }
    : { level: 'ok', text: '사전협의 대상이 아니라고 답했고, 늘어난 적용분야가 없습니다.' };
}

/** Whether another approval changed the system since this was submitted. */
async function overtaken(
  tx: Tx,
  { systemId, state }: { systemId: string | null; state: string },
  before: Answers,
): Promise<Finding[]> {
  if (!systemId || state !== SUBMITTED) return [];
  const now = await describedNow(tx, systemId);
  return changesFrom(usageChange, before, now).length > 0
    ? [{ level: 'look', text: '제출한 뒤에 시스템의 내용이 바뀌었습니다. 보완요청을 하여 다시 받으십시오.' }]
    : [];
}

interface Life {
  procedure: string;
  state: string;
}

function isApprovedApplication({ procedure, state }: Life): boolean {
  return procedure === PROCEDURE.application && state === APPROVED;
}
