import { officerIds } from './local-workspace.ts';

/** An official of the example office; invented, like everything in it. */
export interface Official {
  slackId: string;
  name: string;
  /** The name of the agency, as in the list of agencies. */
  agency: string;
  department: string;
  phone: string;
  mobile: string;
  email: string;
}

function official(
  slackId: string,
  name: string,
  agency: string,
  department: string,
  phone: string,
): Official {
  const number = phone.slice(-4);
  const account = slackId.slice(2).toLowerCase();
  return {
    slackId,
    name,
    agency,
    department,
    phone,
    mobile: `010-5550-${number}`,
    email: `${account}@korea.kr`,
  };
}

/** The officials; the first ones are in the trial workspace from the start. */
export const officials: readonly Official[] = [
  official('U0KIMBORAM', '김보람', '행정안전부', '디지털안전정책과', '044-205-1001'),
  official('U0LEEJHOON', '이정훈', '경기도 수원시', '정보통신과', '031-228-1002'),
  official('U0HANSOHUI', '한소희', '행정안전부', '디지털안전정책과', '044-205-1003'),
  official('U0OHJIHYUN', '오지현', '보건복지부', '정보화담당관실', '044-202-1004'),
  official('U0YOONDOYN', '윤도영', '서울특별시', '정보시스템담당관', '02-2133-1005'),
  official('U0BAEMINSE', '배민서', '부산광역시 해운대구', '스마트정보과', '051-749-1006'),
  official('U0SHINHARM', '신하람', '국토교통부', '정보화통계담당관', '044-201-1007'),
  official('U0KWONTAEY', '권태영', '전북특별자치도', '행정정보과', '063-280-1008'),
];

/** An official whose application for registration nobody has looked at yet. */
export const newcomer = official('U0MOONSEJI', '문세진', '세종특별자치시', '정보통계담당관', '044-300-1009');

/** Two officers of the trial workspace: the first decides most filings, the second the rest. */
export const [FIRST_OFFICER = '', SECOND_OFFICER = ''] = officerIds;

/** The people who join the trial workspace when it is filled. */
export const colleagues = [...officials.slice(2), newcomer].map(({ slackId, name, agency, email }) => ({
  id: slackId,
  name,
  title: '주무관',
  email,
  role: `${agency} 담당공무원`,
}));

/** Contacts of 공공기관: people named in paper applications, without accounts. */
export const publicContacts = [
  {
    agency: '한국환경공단',
    department: '정보화부',
    name: '박수진',
    phone: '032-590-4001',
    mobile: '010-5550-4001',
    email: 'park.sujin@keco.example',
  },
  {
    agency: '국민연금공단',
    department: '정보시스템부',
    name: '조은비',
    phone: '063-713-4002',
    mobile: '010-5550-4002',
    email: 'jo.eunbi@nps.example',
  },
] as const;
