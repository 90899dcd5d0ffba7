import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import type { FileRef } from '../../store/blobs.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Acts } from './acts.ts';
import * as papers from './papers.ts';
import { FIRST_OFFICER, officials, publicContacts, SECOND_OFFICER } from './people.ts';
import type { Fate, SystemRow } from './systems.ts';

/** An act, and how many business days ago it is done. */
export interface Step {
  ago: number;
  act(): Promise<unknown>;
}

interface Parts {
  acts: Acts;
  agencyOf(name: string): Promise<{ code: string; name: string }>;
  paper: FileRef;
}

/** All acts about one system of the example office, in order. */
export function lifeOf(parts: Parts, system: SystemRow, index: number): Step[] {
  return new Life(parts, system, index).steps();
}

class Life {
  readonly #parts: Parts;
  readonly #system: SystemRow;
  readonly #index: number;
  #application: Filing | null = null;
  #report: Filing | null = null;

  constructor(parts: Parts, system: SystemRow, index: number) {
    this.#parts = parts;
    this.#system = system;
    this.#index = index;
  }

  steps(): Step[] {
    const { ago, fate } = this.#system;
    const later = (days: number, act: () => Promise<unknown>): Step => ({
      ago: Math.max(0, ago - days),
      act,
    });
    const applied = later(0, () => this.#apply());
    const approved = later(2, () => this.#approveApplication());
    const reported = later(18, () => this.#fileReport());
    const settled = later(20, () => this.#approveReport());
    const inUse = [applied, approved, reported, settled];
    const lives: Record<Fate, Step[]> = {
      waiting: [applied],
      returned: [applied, later(2, () => this.#returnApplication())],
      rejected: [applied, later(3, () => this.#rejectApplication())],
      temporary: [applied, approved],
      overdue: [applied, approved],
      reported: [applied, approved, { ago: 1, act: () => this.#fileReport() }],
      regular: inUse,
      deputy: [...inUse, later(60, () => this.#appointDeputy())],
      reissued: [
        ...inUse,
        later(80, () => this.#askReissue()),
        later(81, () => this.#approveLast(PROCEDURE.reissueRequest)),
        later(84, () => this.#correctReport()),
        later(85, () => this.#approveReport()),
      ],
      reissuing: [
        ...inUse,
        { ago: 6, act: () => this.#askReissue() },
        { ago: 5, act: () => this.#approveLast(PROCEDURE.reissueRequest) },
      ],
      moving: [...inUse, { ago: 2, act: () => this.#askReissue() }],
      offered: [...inUse, { ago: 1, act: () => this.#handOver(0) }],
      handedOver: [
        ...inUse,
        later(70, () => this.#handOver(7)),
        later(71, () => this.#accept(7)),
        later(72, () => this.#approveLast(PROCEDURE.contactChange)),
      ],
      retiring: [...inUse, { ago: 1, act: () => this.#retire() }],
      retired: [
        ...inUse,
        later(120, () => this.#retire()),
        later(121, () => this.#approveLast(PROCEDURE.retirement)),
      ],
    };
    return lives[fate];
  }

  get #contact() {
    return officials[this.#system.contact] ?? raise('no such official');
  }

  get #systemId(): string {
    return this.#application?.systemId ?? raise('no application yet');
  }

  async #apply() {
    const { acts, agencyOf, paper } = this.#parts;
    const onPaper = this.#system.onPaper ? publicContacts[this.#system.contact] : undefined;
    const agency = await agencyOf((onPaper ?? this.#contact).agency);
    const typed = papers.application(this.#system, this.#index, agency, acts.today, paper);
    this.#application = onPaper
      ? await acts.file(FIRST_OFFICER, PROCEDURE.application, 'paper', {
          ...typed,
          ...onPaper,
          agency: agency.code,
        })
      : await acts.file(this.#contact.slackId, PROCEDURE.application, '', typed);
  }

  async #approveApplication() {
    // A filing that one officer entered from paper must be approved by another one.
    await this.#parts.acts.approve(SECOND_OFFICER, this.#application ?? raise('no application yet'));
  }

  async #returnApplication() {
    const { id: filingId, revision } = this.#application ?? raise('no application yet');
    const reason = '구성도에 개발서버와 운영서버의 구분이 없습니다. 보완하여 다시 제출하십시오.';
    const remarks = { diagram: '개발서버와 운영서버를 나누어 그려 주십시오.' };
    await this.#parts.acts.decide(FIRST_OFFICER, {
      verb: 'filing.return',
      filingId,
      revision,
      reason,
      remarks,
    });
  }

  async #rejectApplication() {
    const { id: filingId, revision } = this.#application ?? raise('no application yet');
    const reason = '같은 시스템의 신청이 이미 있습니다. 기존 신청의 담당자와 협의하십시오.';
    await this.#parts.acts.decide(FIRST_OFFICER, { verb: 'filing.reject', filingId, revision, reason });
  }

  async #fileReport() {
    const { acts, paper } = this.#parts;
    const { onPaper } = this.#system;
    const typed = {
      ...papers.resultReport(this.#index, acts.today),
      ...(onPaper ? { received: [{ ...paper, name: '적용결과 메일.pdf' }] } : {}),
    };
    const subject = onPaper
      ? (`paper:system:${this.#systemId}` as const)
      : (`system:${this.#systemId}` as const);
    const filer = onPaper ? FIRST_OFFICER : this.#contact.slackId;
    this.#report = await acts.file(filer, PROCEDURE.resultReport, subject, typed);
  }

  async #approveReport() {
    this.#report = await this.#parts.acts.approve(SECOND_OFFICER, this.#report ?? raise('no report yet'));
  }

  async #correctReport() {
    const { acts } = this.#parts;
    const report = this.#report ?? raise('no report yet');
    const typed = { ip: papers.ipOf(this.#index, 2), confirmed: ['YES'], appliedOn: acts.today };
    this.#report = await acts.file(
      this.#contact.slackId,
      PROCEDURE.resultReport,
      `filing:${report.id}`,
      typed,
    );
  }

  #askReissue() {
    const typed = { reason: ['IP'], newIp: papers.ipOf(this.#index, 2) };
    return this.#parts.acts.file(
      this.#contact.slackId,
      PROCEDURE.reissueRequest,
      `system:${this.#systemId}`,
      typed,
    );
  }

  async #handOver(to: number) {
    const { acts } = this.#parts;
    const { slackId, mobile } = officials[to] ?? raise('no such official');
    const { id: successor } = await acts.who(slackId);
    const typed = { systems: [this.#systemId], successor, mobile, reason: '인사이동' };
    await acts.file(this.#contact.slackId, PROCEDURE.contactChange, `system:${this.#systemId}`, typed);
  }

  async #accept(by: number) {
    const { id: filingId, revision } = await this.#last(PROCEDURE.contactChange);
    const { slackId } = officials[by] ?? raise('no such official');
    await this.#parts.acts.decide(slackId, { verb: 'filing.accept', filingId, revision });
  }

  async #appointDeputy() {
    const { acts } = this.#parts;
    const colleague = officials[2] ?? raise('no such official');
    const { id: deputy } = await acts.who(colleague.slackId);
    const offer = await acts.file(
      this.#contact.slackId,
      PROCEDURE.deputyAppointment,
      `system:${this.#systemId}`,
      { deputy },
    );
    await acts.decide(colleague.slackId, {
      verb: 'filing.accept',
      filingId: offer.id,
      revision: offer.revision,
    });
  }

  #retire() {
    const { acts } = this.#parts;
    const typed = { cause: 'MERGED', endedOn: acts.today, confirmed: ['REVOKE', 'REMOVE'] };
    return acts.file(this.#contact.slackId, PROCEDURE.retirement, `system:${this.#systemId}`, typed);
  }

  async #approveLast(procedure: string) {
    await this.#parts.acts.approve(SECOND_OFFICER, await this.#last(procedure));
  }

  /** The newest filing of this procedure about the system. */
  #last(procedure: string): Promise<Filing> {
    return this.#parts.acts.filings.db.filing.findFirstOrThrow({
      where: { procedure, OR: [{ systemId: this.#systemId }, { systemIds: { has: this.#systemId } }] },
      orderBy: { submittedAt: 'desc' },
    });
  }
}

function raise(what: string): never {
  throw new Error(what);
}
