import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Who and what the local workspace begins with: people to act as, the officers' desk, the bot's face. */
export const BOT_USER = 'U0BOGEUP';
export const DESK_CHANNEL = 'C0DESK0001';

const officials = [
  {
    id: 'U0KIMBORAM',
    name: '김보람',
    title: '주무관',
    email: 'boram.kim@mois.example',
    role: '행정안전부 정보시스템 담당공무원',
  },
  {
    id: 'U0LEEJHOON',
    name: '이정훈',
    title: '주무관',
    email: 'jhoon.lee@suwon.example',
    role: '경기도 수원시 담당공무원',
  },
];
const publicEmployees = [
  {
    id: 'U0CHOISEOY',
    name: '최서연',
    title: '대리',
    email: 'seoyeon.choi@keco.example',
    role: '한국환경공단(공공기관) 직원',
  },
];
const officers = [
  {
    id: 'U0PARKJIMN',
    name: '박지민',
    title: '사무관',
    email: 'jimin.park@gpki.example',
    role: '표준API 관리자',
  },
  {
    id: 'U0JUNGHSEO',
    name: '정현서',
    title: '주무관',
    email: 'hseo.jung@gpki.example',
    role: '표준API 관리자',
  },
];

export const people = [...officials, ...publicEmployees, ...officers];
export const officerIds = officers.map(({ id }) => id);
export const channels = [
  { id: DESK_CHANNEL, name: '표준api-관리', private: true, members: [...officerIds, BOT_USER] },
];

const shortcut = z.object({
  name: z.string(),
  type: z.enum(['global', 'message']),
  callback_id: z.string(),
  description: z.string(),
});
const manifest = z.object({
  features: z.object({ shortcuts: z.array(shortcut) }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

function readManifest(): z.output<typeof manifest> {
  const text = readFileSync(new URL('../../../manifests/manifest.json', import.meta.url), 'utf8');
  return manifest.parse(JSON.parse(text));
}

/** The bot's scopes, from the app manifest. */
export const botScopes = (): string[] => readManifest().oauth_config.scopes.bot;

/** The bot's shortcuts, from the app manifest. */
export const botShortcuts = () => readManifest().features.shortcuts;

export const bot = {
  name: '보급봇',
  userId: BOT_USER,
  commands: [
    {
      command: '/bogeup',
      usage: '[신청 | 현황 | 문의 | 폐지목록 | 도움말]',
      description: '행정전자서명 표준API 신청과 현황 조회',
    },
  ],
};
