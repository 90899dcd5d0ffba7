import { koreanDate, seoulDay } from '../../core/calendar.ts';
import type { Finding } from '../../core/finding.ts';
import { maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { CHANGE_ROLE } from '../../filing/buttons.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { forgetEnrolment } from '../../filing/step-up/step-up.ts';
import { choice, form, text, user } from '../../messenger/forms/form.ts';
import { endAbsencesOf } from '../../records/absences/absence.ts';
import { lockOfficers, officersOnly, requireApplicantsOffice } from '../../records/people/office.ts';
import { rememberPerson } from '../../records/people/who.ts';
import type { Person } from '../../store/client/client.ts';
import type { Role } from '../../store/client/enums.ts';
import type { Tx } from '../../store/store.ts';

export const roleLabels: Record<Role, string> = { OFFICER: '표준API 관리자', AUDITOR: '감사자' };

/** With fewer officers nobody could approve what the other one files. */
const FEWEST_OFFICERS = 2;

const { requireOfficer } = officersOnly('권한 변경은 표준API 관리자만 신청할 수 있습니다.');

const roleForm = form(
  {
    change: choice({
      label: '구분',
      options: [
        { value: 'GRANT', label: '권한 부여' },
        { value: 'END', label: '권한 해지' },
      ],
    }),
    role: choice({
      label: '권한',
      options: [
        { value: 'OFFICER', label: roleLabels.OFFICER, description: '신청을 검토하고 승인합니다' },
        { value: 'AUDITOR', label: roleLabels.AUDITOR, description: '열람과 감사기록 확인만 합니다' },
      ],
    }),
    person: user({ label: '대상자' }),
    reason: text({
      label: '사유',
      words: true,
      lines: true,
      max: 500,
      placeholder: '예: 2027년 상반기 인사이동',
    }),
  },
  [
    {
      title: '관리자 권한 변경',
      intro: '다른 관리자가 승인해야 바뀝니다. 부여와 해지 기록은 3년 이상 보관합니다.',
      fields: ['change', 'role', 'person', 'reason'],
    },
  ],
);

/**
 * 권한 부여·해지: one officer files it and another approves it, so that two people decide every role (개인정보의 안전성 확보조치 기준
 * 제5조). A grant is ended, never deleted.
 */
export const roleChange = defineProcedure<typeof roleForm.fields>({
  name: 'roleChange',
  title: '권한 변경',
  document: '권한 변경 신청',
  approvedLabel: '승인완료',
  reopenable: false,
  begunBy: CHANGE_ROLE,
  stepUp: true,
  form: roleForm,
  approvedText: '권한 변경이 승인되어 반영되었습니다.',

  async begin(_tx, applicant) {
    requireOfficer(applicant);
    return {};
  },

  async place(op, applicant, _subject, answers) {
    requireOfficer(applicant);
    const slackId = answers.person;
    await rememberPerson(op.tx, slackId);
    const target = await getTarget(op.tx, slackId);
    const what = answers.change === 'GRANT' ? '부여' : '해지';
    const whom = target.name ? maskName(target.name) : '대상자';
    return { title: `${roleLabels[roleOf(answers)]} ${what}: ${whom}`, agencyCode: null, systemId: null };
  },

  async about(tx, answers, whole) {
    const target = await tx.person.findFirst({
      where: { slackId: answers.person ?? '' }, // nothing is left of a destroyed filing
      include: {
        agency: true,
        grants: { where: { endedAt: null }, orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }] },
      },
    });
    if (!target) return [];
    const { name, agency, department, position, registeredAt, grants } = target;
    const displayName = name && (whole ? name : maskName(name));
    const held = grants.map(
      ({ role, grantedAt }) => `${roleLabels[role]} (${koreanDate(seoulDay(grantedAt))}부터)`,
    );
    return [
      { label: '대상자', text: [displayName, whole && position].filter(Boolean).join(' ') || '(이름 없음)' },
      {
        label: '대상자의 소속',
        text: [agency?.name, department].filter(Boolean).join(' ') || '(등록 정보 없음)',
      },
      {
        label: '사용자 등록',
        text: registeredAt ? `${koreanDate(seoulDay(registeredAt))}부터` : '등록하지 않은 사람',
      },
      { label: '지금 권한', text: held.join(', ') || '없음' },
    ];
  },

  async findings(tx, _filing, answers) {
    const target = await getTarget(tx, answers.person);
    const has = (await openGrants(tx, target.id, roleOf(answers))) > 0;
    const otherOfficers = await officersWithout(tx, target.id);
    const found: Finding[] = [];
    if (target.deactivatedAt) found.push({ level: 'stop', text: '메신저에서 비활성화된 사용자입니다.' });
    if (answers.change === 'GRANT') {
      found.push(
        has
          ? { level: 'look', text: '이미 그 권한이 있습니다.' }
          : { level: 'ok', text: '지금은 그 권한이 없습니다.' },
      );
    } else {
      found.push(
        has
          ? { level: 'ok', text: '지금 그 권한이 있습니다.' }
          : { level: 'look', text: '그 권한이 없습니다.' },
      );
      if (answers.role === 'OFFICER')
        found.push({
          level: otherOfficers < FEWEST_OFFICERS ? 'stop' : 'ok',
          text: `해지하면 관리자가 ${otherOfficers}명 남습니다.`,
        });
    }
    return found;
  },

  async effect(tx, _filing, answers) {
    const { name } = await getTarget(tx, answers.person);
    const whom = name ? `${maskName(name)} 님` : '대상자';
    const what = answers.change === 'GRANT' ? '권한을 줍니다' : '권한을 거둡니다';
    return `${roleLabels[roleOf(answers)]} ${what}: ${whom}. 본인에게 알립니다.`;
  },

  async approve(op, filing, answers) {
    const role = roleOf(answers);
    await lockOfficers(op.tx); // two approvals that end different officers at once must not leave too few
    const target = await getTarget(op.tx, answers.person);
    await requireApplicantsOffice(op.tx, { id: filing.applicantId });
    if (target.id === op.author.actor) {
      throw new Refusal(
        '본인의 권한 변경은 본인이 승인할 수 없습니다.',
        '다른 관리자에게 승인을 요청하십시오.',
      );
    }
    const subject = `person:${target.id}`;
    if (answers.change === 'GRANT') {
      if (target.deactivatedAt)
        throw new Refusal('메신저에서 비활성화된 사용자에게는 권한을 줄 수 없습니다.');
      if ((await openGrants(op.tx, target.id, role)) > 0)
        throw new Refusal('이미 그 권한이 있습니다.', '반려하십시오.');
      await op.tx.grant.create({
        data: {
          personId: target.id,
          role,
          grantedBy: filing.applicantId,
          agreedBy: op.author.actor,
          grantedAt: op.now,
        },
      });
      // An officer who lost telephone and recovery codes enrols again after the role was ended and granted again.
      if (role === 'OFFICER') await forgetEnrolment(op, target.id);
      op.audit({ action: 'role.grant', subject, person: target.id, data: { role, filing: filing.number } });
    } else {
      if (role === 'OFFICER' && (await officersWithout(op.tx, target.id)) < FEWEST_OFFICERS) {
        throw new Refusal(
          `해지하면 관리자가 ${FEWEST_OFFICERS}명보다 적어져 아무도 승인할 수 없게 됩니다.`,
          '새 관리자에게 먼저 권한을 주십시오.',
        );
      }
      const { count } = await op.tx.grant.updateMany({
        where: { personId: target.id, role, endedAt: null },
        data: { endedAt: op.now, endedBy: op.author.actor },
      });
      if (count === 0) throw new Refusal('그 권한이 없습니다.', '반려하십시오.');
      op.audit({ action: 'role.end', subject, person: target.id, data: { role, filing: filing.number } });
      if (role === 'OFFICER') await endAbsencesOf(op, target.id);
    }
    op.tell({
      key: `role:${filing.id}`,
      notice: 'role.changed',
      to: target.id,
      facts: { role, granted: answers.change === 'GRANT' ? 1 : 0 },
    });
  },
});

function roleOf(answers: { role: string }): Role {
  return answers.role === 'AUDITOR' ? 'AUDITOR' : 'OFFICER';
}

async function getTarget(tx: Tx, slackId: string): Promise<Person> {
  return tx.person.findUniqueOrThrow({ where: { slackId } });
}

function openGrants(tx: Tx, personId: string, role: Role): Promise<number> {
  return tx.grant.count({ where: { personId, role, endedAt: null } });
}

/** Number of officers who could still act without this person. */
function officersWithout(tx: Tx, personId: string): Promise<number> {
  return tx.person.count({
    where: {
      id: { not: personId },
      deactivatedAt: null,
      grants: { some: { role: 'OFFICER', endedAt: null } },
    },
  });
}
