import type { ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import { context, modal, plain, section } from '../messenger/blocks.ts';
import type { OpenView, Outcome } from '../messenger/click.ts';
import { chosenFiles, FORM_VALUE } from '../messenger/entered.ts';
import { type FileSource, fetchChosen } from '../messenger/intake.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { officialFault } from '../records/licences/official-licence.ts';
import { MAX_BYTES } from '../records/licences/verify.ts';
import { isPrivateKey } from '../records/pki/material.ts';
import { refusalTexts } from '../records/pki/refusals.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { decisionTarget, readTarget } from './card.ts';
import {
  decidedLine,
  decideFiling,
  getFiling,
  refusalTo,
  refuseOvertaken,
  refuseWithoutCode,
  standingOf,
} from './decide.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { OFFICIAL } from './review.ts';
import { obstacleTo } from './steps.ts';

const SUBMIT = 'filing.official';

/** 공식 발급기 파일을 올려 승인: the officer attaches the file of the official generator, which is issued instead of the bot's. */
export function registerOfficial(messenger: Messenger, filings: Filings, files: FileSource) {
  const { db, now } = filings;

  messenger.onAction(OFFICIAL, async ({ who, value, show }) => {
    await show(await officialQuestion(filings, who, value));
  });

  messenger.onSubmit(SUBMIT, async ({ who, place, view }): Promise<Outcome> => {
    const target = readTarget(view.metadata.filing ?? '');
    const filing = await getFiling(db, target.filingId);
    const procedure = issuing(filings, filing);
    const refuse = (field: string, text: string): Outcome => ({
      errors: { [field]: text },
      late: () => officialView(filing, procedure, text),
    });
    const expiresOn = dayOf(view);
    if (expiresOn !== null && expiresOn < seoulDay(now())) {
      return refuse('until', '유효기간의 마지막 날이 오늘보다 앞입니다.');
    }
    const given = await take(view, files);
    if ('message' in given) return refuse('file', given.message);
    const decided = await decideFiling(filings, who, place, {
      verb: 'filing.approve',
      ...target,
      official: { bytes: given.bytes, expiresOn },
    });
    return {
      update: noteView('승인 처리했습니다', [
        decidedLine(decided, procedure),
        '공식 발급기의 라이선스 파일을 보냅니다.',
      ]),
    };
  });
}

/** The window that takes the file. @throws Refusal, StepUpNeeded before anything is chosen in vain */
export async function officialQuestion(filings: Filings, who: Known, value: string): Promise<ModalView> {
  const { db } = filings;
  const { filingId, revision } = readTarget(value);
  const filing = await getFiling(db, filingId);
  const procedure = issuing(filings, filing);
  const verb = 'filing.approve';
  const obstacle = obstacleTo(verb, standingOf(filing, procedure), {
    personId: who.id,
    officer: who.officer,
  });
  if (obstacle) throw await refusalTo(db, procedure, filing, verb, obstacle);
  refuseOvertaken(filing, revision);
  const resume = { next: 'attach', target: { filingId, revision } } as const;
  await refuseWithoutCode(filings, { tx: db, now: filings.now() }, { who, filing, verb, resume });
  return officialView(filing, procedure);
}

function issuing(filings: Filings, filing: Filing): AnyProcedure {
  const procedure = getProcedure(filings, filing.procedure);
  if (procedure.issues) return procedure;
  throw new Refusal(`라이선스가 나가지 않는 신청입니다: ${procedure.document}`);
}

function officialView(filing: Filing, { issues }: AnyProcedure, problem?: string): ModalView {
  return modal({
    callbackId: SUBMIT,
    title: '공식 발급기 파일을 올려 승인',
    submit: '이 파일로 승인',
    close: '취소',
    metadata: { filing: decisionTarget(filing) },
    blocks: [
      section(`${filing.title} (접수번호 ${filing.number})`),
      section(
        '공식 발급기로 만든 라이선스 파일을 올리면 보급봇의 라이선스 대신 담당자에게 나갑니다. 보급봇은 파일의 내용을 확인하지 못하므로 서버와 유효기간이 맞는지 먼저 확인하십시오.',
      ),
      ...(problem ? [context(`✖ ${problem}`)] : []),
      {
        type: 'input',
        block_id: 'file',
        label: plain('라이선스 파일'),
        hint: plain('예: gpkiapi.lic. 1MB 이하'),
        element: { type: 'file_input', action_id: FORM_VALUE, max_files: 1 },
      },
      ...(issues === 'TEMPORARY'
        ? [
            {
              type: 'input' as const,
              block_id: 'until',
              optional: true,
              label: plain('유효기간의 마지막 날'),
              hint: plain('비워 두면 보급봇에 정해 둔 임시라이선스 기간으로 안내합니다.'),
              element: { type: 'datepicker' as const, action_id: FORM_VALUE },
            },
          ]
        : []),
    ],
  });
}

function dayOf({ values }: OpenView): string | null {
  return Object.values(values.until ?? {})[0]?.selected_date ?? null;
}

async function take(
  { values }: OpenView,
  source: FileSource,
): Promise<{ bytes: Buffer } | { message: string }> {
  const [chosen] = chosenFiles(Object.values(values.file ?? {})[0]);
  if (!chosen) return { message: '라이선스 파일을 올리십시오.' };
  if (chosen.size > MAX_BYTES)
    return { message: '1MB를 넘는 파일입니다. 라이선스 파일이 맞는지 확인하십시오.' };
  const bytes = chosen.size === 0 ? Buffer.alloc(0) : await fetchChosen(source, chosen).catch(() => null);
  if (!bytes || bytes.length > MAX_BYTES) return { message: '파일을 읽지 못했습니다. 다시 올리십시오.' };
  if (isPrivateKey(bytes, chosen.name)) return { message: refusalTexts.PRIVATE_KEY };
  const fault = officialFault(bytes);
  return fault ? { message: fault } : { bytes };
}
