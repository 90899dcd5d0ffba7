import { Refusal } from '../../core/refusal.ts';
import { changesFrom } from '../../filing/changes.ts';
import { dataSubjectOf } from '../../filing/form-owner.ts';
import { type AnyProcedure, defineProcedure } from '../../filing/procedure.ts';
import type { Answers } from '../../messenger/forms/form.ts';
import { getRevision } from '../../records/filings/revision.ts';
import { IN_FORCE } from '../../records/in-force.ts';
import type { Revision } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { changeProfile, describeSystem } from '../application/profile.ts';
import { splitList } from '../host-rules.ts';
import { beginOnSystem, contactOnPaper, placeOnSystem } from '../on-paper.ts';
import { refuseSecond } from '../one-open.ts';
import { describedNames, personNames, surveyAnswerForm } from './form.ts';

const NAME = 'surveyAnswer';
const TITLE = '이용정보 현행화';
const ONE = { procedure: NAME, what: `${TITLE} 신청이` };

/**
 * ‘변경’ in an 이용현황조사 (guide 1.8): the contact corrects the registered data of a system and their own. Its approval
 * updates the registered data. It can be begun at any time, and answers the running round. Deputies answer 변동 없음 or
 * take the system over, because the form contains the contact's own details.
 */
export const surveyAnswer: AnyProcedure = defineProcedure<typeof surveyAnswerForm.fields>({
  name: NAME,
  title: TITLE,
  document: '이용현황 변경서',
  approvedLabel: '승인완료',
  reopenable: false,
  answersSurveyAs: 'CHANGED',
  together: true,
  form: surveyAnswerForm,
  paperOf: 'system',
  paper: contactOnPaper(TITLE),
  approvedText:
    '이용정보 현행화가 승인되어 반영되었습니다. 서버 IP나 도메인이 바뀌었으면 시스템 상세에서 ‘재발급 요청’도 하십시오.',
  approvedByMail:
    '이용정보 현행화가 승인되어 반영되었습니다. 서버 IP나 도메인이 바뀌었으면 라이선스도 재발급받아야 하므로 표준API 관리자에게 알리십시오.',
  onSystem: {
    label: TITLE,
    about: '담당자 연락처나 시스템 환경처럼 등록된 정보만 고칠 때. 라이선스는 새로 나가지 않습니다.',
    often: true,
    offered: ({ contactId, retiredAt, licences }, who) =>
      contactId === who.id && !retiredAt && licences.length > 0,
  },
  changes: { fields: [...personNames, ...describedNames], before: standingNow },

  async begin(tx, applicant, subject) {
    const system = await beginOnSystem(tx, applicant, subject, TITLE);
    await refuseSecond(tx, ONE, system.id);
    return standingNow(tx, system.id);
  },

  async place(op, applicant, subject, answers, filing) {
    const system = await placeOnSystem(op.tx, applicant, subject, filing, TITLE);
    await refuseSecond(op.tx, ONE, system.id, filing?.id);
    const before = await standingNow(op.tx, system.id);
    if (changesFrom(surveyAnswer, before, answers as Answers).length === 0) {
      throw new Refusal(
        '바뀌는 항목이 없습니다.',
        '바뀐 것이 있으면 그 항목을 고친 뒤 제출하십시오. 없으면 창을 닫으십시오. 이용현황조사 중이면 조사에는 ‘변동 없음’으로 답합니다.',
      );
    }
    return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
  },

  async findings(tx, filing, answers) {
    if (!filing.systemId) throw new Error(`filing ${filing.id} has no system`);
    const system = await tx.system.findUniqueOrThrow({ where: { id: filing.systemId } });
    const ips = splitList(answers.ip);
    const licensed = await tx.licence.count({
      where: { systemId: system.id, kind: 'REGULAR', ...IN_FORCE },
    });
    const moved = ips.filter((ip) => !system.serverIps.includes(ip));
    return [
      moved.length > 0 && licensed > 0
        ? {
            level: 'look',
            text: `라이선스가 발급된 서버와 다른 IP 주소가 있습니다: ${moved.join(', ')} (재발급이 필요합니다.)`,
          }
        : { level: 'ok', text: '라이선스가 발급된 서버의 IP 주소와 어긋나지 않습니다.' },
    ];
  },

  effect: (_tx, _filing, _answers, to) =>
    `등록된 시스템 정보와 담당자 연락처가 신청한 내용으로 바뀝니다. 알릴 사람: ${to}`,

  async approve(op, filing, answers) {
    if (!filing.systemId) throw new Error(`filing ${filing.number} has no system`);
    const { systemId } = filing;
    const revision = await getRevision(op.tx, filing);
    await refuseOfAnother(op.tx, revision, systemId);
    const changed = changedIn(revision, answers as Answers);
    const described = describedNames.filter((name) => changed.includes(name));
    await changeProfile(
      op.tx,
      systemId,
      Object.fromEntries(described.map((name) => [name, answers[name] ?? null])),
    );
    const system = await op.tx.system.update({
      where: { id: systemId },
      data: {
        ...(changed.includes('systemName') ? { name: answers.systemName } : {}),
        ...(changed.includes('serverCn') ? { serverCn: answers.serverCn ?? null } : {}),
      },
    });
    const own = personNames.filter((name) => changed.includes(name));
    await op.tx.person.update({
      where: { id: system.contactId },
      data: Object.fromEntries(own.map((name) => [name, answers[name]])),
    });
    op.audit({
      action: 'system.change',
      subject: `system:${systemId}`,
      person: system.contactId,
      data: { filing: filing.number, fields: [...own, ...described] },
    });
  },
});

/** The fields that it changes. The others may have been changed meanwhile by something else, which stays. */
function changedIn({ before }: Revision, answers: Answers): string[] {
  return before
    ? changesFrom(surveyAnswer, before as Answers, answers).map(({ name }) => name)
    : [...personNames, ...describedNames];
}

/** Its personal answers belong to its submitter and are never stored for another person. @throws Refusal */
async function refuseOfAnother(tx: Tx, revision: Revision, systemId: string): Promise<void> {
  const system = await tx.system.findUniqueOrThrow({ where: { id: systemId } });
  if (dataSubjectOf(revision) === system.contactId) return;
  throw new Refusal(
    '제출한 뒤에 담당자가 바뀌었습니다. 신청에 적힌 것은 이전 담당자의 정보입니다.',
    '보완요청을 하여 지금 담당자가 고쳐서 다시 제출하게 하십시오.',
  );
}

/** The registered data of the system, with its contact. @throws Refusal while no application is approved */
async function standingNow(tx: Tx, systemId: string): Promise<Answers> {
  const description = await describeSystem(tx, systemId);
  if (!description) {
    throw new Refusal(
      '이용신청이 아직 승인되지 않은 시스템입니다.',
      '검토중인 신청은 홈의 목록에서 ‘수정’을 눌러 고치십시오.',
    );
  }
  const { contact } = await tx.system.findUniqueOrThrow({
    where: { id: systemId },
    include: { contact: true },
  });
  const now: Record<string, unknown> = { ...description };
  for (const name of personNames) now[name] = contact[name] ?? undefined;
  return Object.fromEntries(
    [...personNames, ...describedNames].flatMap((name) =>
      now[name] === undefined ? [] : [[name, now[name]]],
    ),
  ) as Answers;
}
