import type { ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import { context, modal } from '../messenger/blocks.ts';
import type { OpenView, Outcome } from '../messenger/click.ts';
import { chosenFiles, enteredIn } from '../messenger/entered.ts';
import { inputBlock } from '../messenger/input-block.ts';
import { type FileSource, fetchChosen } from '../messenger/intake.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { answersOf } from '../records/filings/revision.ts';
import { officialFault } from '../records/licences/official-licence.ts';
import { MAX_BYTES } from '../records/licences/verify.ts';
import { isPrivateKey } from '../records/pki/material.ts';
import { refusalTexts } from '../records/pki/refusals.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { aboutLines } from './about.ts';
import { approvalOf } from './approval.ts';
import { aboutBlocks, approvalBlocks, backToReview } from './approval-view.ts';
import { decisionTarget, readTarget } from './card.ts';
import { decideFiling } from './decide.ts';
import { decidedView, toDecide } from './desk-windows.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { OFFICIAL, REVIEWED } from './review.ts';
import { getFiling } from './standing.ts';

const SUBMIT = 'filing.official';

interface OfficialParts {
  filings: Filings;
  files: FileSource;
  refreshHome: (slackId: string) => void;
}

/** 공식 발급기 파일을 올려 승인: an officer attaches the official generator's file, which is issued instead of the bot's. */
export function registerOfficial(messenger: Messenger, { filings, files, refreshHome }: OfficialParts) {
  const { db, now } = filings;

  messenger.onAction(OFFICIAL, async ({ who, value, view, show, redraw }) => {
    const fromReview = view?.callbackId === REVIEWED;
    const asked = await officialQuestion(filings, who, value, fromReview);
    await (fromReview ? redraw(asked) : show(asked));
  });

  messenger.onSubmit(SUBMIT, async ({ who, place, view }): Promise<Outcome> => {
    const target = readTarget(view.metadata.filing ?? '');
    const filing = await getFiling(db, target.filingId);
    const procedure = issuing(filings, filing);
    const late = await officialView(filings, filing, procedure, false);
    const refuse = (field: string, text: string): Outcome => ({
      errors: { [field]: text },
      late: () => ({ ...late, blocks: [context(`✖ ${text}`), ...late.blocks] }),
    });
    const expiresOn = dayOf(view);
    if (expiresOn === null && procedure.officialOnly && procedure.issues === 'TEMPORARY')
      return refuse('until', '유효기간의 마지막 날을 고르십시오. 공식 발급기의 화면에 있는 날입니다.');
    if (expiresOn !== null && expiresOn < seoulDay(now())) {
      return refuse('until', '유효기간의 마지막 날이 오늘보다 앞입니다.');
    }
    const given = await take(view, files);
    if ('message' in given) return refuse('file', given.message);
    const decided = await decideFiling(
      filings,
      { who, place },
      {
        verb: 'filing.approve',
        ...target,
        official: { bytes: given.bytes, expiresOn },
      },
    );
    refreshHome(who.slackId ?? '');
    return { update: await decidedView(filings, who, 'filing.approve', decided) };
  });
}

/** The window that takes the file. @throws Refusal, StepUpNeeded before a file is chosen in vain */
export async function officialQuestion(
  filings: Filings,
  who: Known,
  value: string,
  fromReview = false,
): Promise<ModalView> {
  const { filing } = await toDecide(filings, who, 'filing.approve', value, 'attach');
  return officialView(filings, filing, issuing(filings, filing), fromReview);
}

function issuing(filings: Filings, filing: Filing): AnyProcedure {
  const procedure = getProcedure(filings, filing.procedure);
  if (procedure.issues) return procedure;
  throw new Refusal(`라이선스가 나가지 않는 신청입니다: ${procedure.document}`);
}

/** The file and its last day first; below them what the approval does and what the checks point out. */
async function officialView(
  { db }: Filings,
  filing: Filing,
  procedure: AnyProcedure,
  fromReview: boolean,
): Promise<ModalView> {
  const { issues, officialOnly } = procedure;
  const answers = await answersOf(db, filing);
  const approval = await approvalOf(procedure, db, filing, answers);
  const effect = officialOnly ? approval.effect : '올린 파일이 보급봇의 라이선스 대신 담당자에게 나갑니다.';
  return modal({
    callbackId: SUBMIT,
    title: '공식 발급기 파일을 올려 승인',
    submit: '이 파일로 승인',
    close: '취소',
    metadata: { filing: decisionTarget(filing) },
    blocks: [
      ...aboutBlocks(filing, await aboutLines(db, procedure, filing, answers, false)),
      inputBlock(
        'file',
        '라이선스 파일',
        { type: 'file_input', max_files: 1 },
        { hint: '공식 발급기로 만든 파일입니다. 예: gpkiapi.lic. 1MB 이하' },
      ),
      ...(issues === 'TEMPORARY'
        ? [
            inputBlock(
              'until',
              '유효기간의 마지막 날',
              { type: 'datepicker' },
              {
                optional: !officialOnly,
                hint: officialOnly
                  ? '공식 발급기에서 정한 만료일입니다. 이날에 맞추어 담당자에게 알립니다.'
                  : '비워 두면 보급봇에 정해 둔 임시라이선스 기간으로 안내합니다.',
              },
            ),
          ]
        : []),
      ...approvalBlocks({ ...approval, effect }),
      context('보급봇은 이 파일의 내용을 확인하지 못합니다. 서버와 유효기간이 맞는지 먼저 확인하십시오.'),
      ...(fromReview ? [backToReview(filing)] : []),
    ],
  });
}

function dayOf({ values }: OpenView): string | null {
  return enteredIn(values, 'until')?.selected_date ?? null;
}

async function take(
  { values }: OpenView,
  source: FileSource,
): Promise<{ bytes: Buffer } | { message: string }> {
  const [chosen] = chosenFiles(enteredIn(values, 'file'));
  if (!chosen) return { message: '라이선스 파일을 올리십시오.' };
  if (chosen.size > MAX_BYTES)
    return { message: '1MB를 넘는 파일입니다. 라이선스 파일이 맞는지 확인하십시오.' };
  const bytes = chosen.size === 0 ? Buffer.alloc(0) : await fetchChosen(source, chosen).catch(() => null);
  if (!bytes || bytes.length > MAX_BYTES) return { message: '파일을 읽지 못했습니다. 다시 올리십시오.' };
  if (isPrivateKey(bytes, chosen.name)) return { message: refusalTexts.PRIVATE_KEY };
  const fault = officialFault(bytes);
  return fault ? { message: fault } : { bytes };
}
