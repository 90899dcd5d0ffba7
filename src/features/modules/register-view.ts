import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDateTime } from '../../core/calendar.ts';
import { actions, button, context, cut, lines, modal, section } from '../../messenger/blocks.ts';
import { fileSize } from '../../messenger/forms/answers.ts';
import type { Answers } from '../../messenger/forms/form.ts';
import { stepBlocks } from '../../messenger/forms/form-view.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import type { Added } from '../../records/modules/releases.ts';
import { platformOf } from '../../records/modules/words.ts';
import { releaseForm } from './release-form.ts';

/** Action and callback ids. */
export const REGISTER_MODULE = 'module.register';
export const ADD_MODULE = 'module.add';

/** A file in the conversation with the bot; `id` is its id at Slack. */
interface DroppedFile {
  id: string;
  name: string;
  size: number;
}

/** The form of a release, for a file that was sent to the bot, or with a field to choose one. */
export function registerView(
  dropped: DroppedFile | null,
  answers: Answers = {},
  problems: Record<string, string> = {},
): ModalView {
  return modal({
    callbackId: ADD_MODULE,
    title: '모듈 등록',
    submit: '등록',
    close: '취소',
    metadata: dropped ? { file: dropped.id } : {},
    blocks: [
      ...(dropped ? [section(`파일: ${named(dropped)}`)] : [fileInput()]),
      ...(problems.file ? [section(`✖ ${problems.file}`)] : []),
      ...stepBlocks(releaseForm, 0, { answers, problems, nameOf: String }),
      context('등록하면 이전 버전을 쓰는 시스템의 담당자와 부담당자에게 업무시간에 한 번 알립니다.'),
    ],
  });
}

function fileInput(): KnownBlock {
  return inputBlock(
    'file',
    '모듈 파일',
    { type: 'file_input', max_files: 1 },
    {
      hint: '여기에는 10MB까지 올릴 수 있습니다. 더 큰 파일(50MB까지)은 이 창을 닫고 보급봇과의 ‘메시지’에 올린 뒤, 봇이 답하는 ‘모듈로 등록’을 누르십시오.',
    },
  );
}

function named({ name, size }: DroppedFile): string {
  return `${cut(name, 200)} (${fileSize(size)})`;
}

const OFFERED = 5;

/** The reply to an officer who sent files to the bot, with a button to register each. */
export function offerBlocks(files: readonly DroppedFile[]): KnownBlock[] {
  return [
    section('파일을 받았습니다. 표준API 모듈이면 ‘모듈로 등록’을 누르고 버전과 운영체제를 적으십시오.'),
    ...files
      .slice(0, OFFERED)
      .map((file) =>
        section(named(file), button(REGISTER_MODULE, '모듈로 등록', { value: file.id, style: 'primary' })),
      ),
    ...(files.length > OFFERED
      ? [context(`한 번에 ${OFFERED}개까지 보입니다. 나머지는 다시 올리십시오.`)]
      : []),
  ];
}

/** The result of a registration: the release, and who is told of it. */
export function addedView({ release, told }: Extract<Added, { ok: true }>, size: number): ModalView {
  const view = noteView('등록했습니다', [`${release.name} ${release.version}`]);
  return {
    ...view,
    blocks: [
      ...view.blocks,
      lines([
        { label: '플랫폼', text: platformOf(release) },
        { label: '파일', text: `${release.fileName} (${fileSize(size)})` },
        { label: 'SHA-256', text: release.sha256 },
        {
          label: '알림',
          text:
            told.people === 0
              ? '이전 버전을 쓰는 담당자가 없어 알리지 않습니다.'
              : `이전 버전을 쓰는 담당자 ${told.people}명에게 ${koreanDateTime(told.at)}부터 알립니다.`,
        },
        ...(told.unreachable > 0
          ? [
              {
                label: '직접 알릴 시스템',
                text: `${told.unreachable}건은 담당자에게 메신저 계정도 이메일도 없습니다. 전화로 알려 주십시오.`,
              },
            ]
          : []),
      ]),
      actions(button(LIST_MODULES, '모듈 목록')),
    ],
  };
}

export const LIST_MODULES = 'module.list';
