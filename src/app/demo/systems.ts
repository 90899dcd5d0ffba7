/** How far a system of the example office gets; life.ts has the acts for each fate. */
export type Fate =
  | 'waiting'
  | 'returned'
  | 'rejected'
  | 'temporary'
  | 'overdue'
  | 'reported'
  | 'regular'
  | 'moving'
  | 'reissued'
  | 'reissuing'
  | 'offered'
  | 'handedOver'
  | 'deputy'
  | 'retiring'
  | 'retired';

export interface SystemRow {
  name: string;
  task: string;
  /** Index into `officials`; for a system of a 공공기관, into `publicContacts`. */
  contact: number;
  onPaper?: true;
  fate: Fate;
  /** How many business days ago its application was submitted. */
  ago: number;
}

const row = (contact: number, name: string, task: string, fate: Fate, ago: number): SystemRow => ({
  contact,
  name,
  task,
  fate,
  ago,
});

/** The systems of the example office, in no particular order. */
export const systems: readonly SystemRow[] = [
  row(0, '행정안전부 전자문서 유통시스템', '기관 사이의 전자문서 송수신', 'regular', 236),
  row(0, '행정안전부 재난자원 관리시스템', '재난관리자원의 등록과 동원', 'reissued', 180),
  row(0, '행정안전부 정보공개 시스템', '정보공개 청구의 접수와 처리', 'temporary', 12),
  row(0, '행정안전부 지방보조금 관리시스템', '보조사업의 신청과 정산', 'overdue', 37),
  row(0, '행정안전부 주민참여예산 시스템', '제안의 접수와 심사', 'waiting', 2),
  row(0, '행정안전부 청사출입 관리시스템', '방문 예약과 출입 확인', 'deputy', 140),
  row(1, '경기도 수원시 통합민원 창구시스템', '민원의 접수와 처리', 'regular', 222),
  row(1, '경기도 수원시 세외수입 관리시스템', '세외수입의 부과와 수납', 'reported', 30),
  row(1, '경기도 수원시 공유재산 관리시스템', '공유재산의 대부와 관리', 'returned', 8),
  row(1, '경기도 수원시 도서관 통합시스템', '회원과 도서의 관리', 'temporary', 22),
  row(1, '경기도 수원시 교통정보 시스템', '버스 도착 정보의 제공', 'retired', 200),
  row(2, '행정안전부 새주소 안내시스템', '도로명주소의 안내와 관리', 'regular', 190),
  row(2, '행정안전부 자원봉사 포털', '봉사활동의 신청과 실적 관리', 'offered', 120),
  row(2, '행정안전부 공무원 교육시스템', '교육과정의 신청과 이수 관리', 'waiting', 1),
  row(3, '보건복지부 복지서비스 신청시스템', '복지급여의 신청과 조사', 'regular', 170),
  row(3, '보건복지부 어린이집 관리시스템', '보육료의 신청과 정산', 'reissuing', 150),
  row(3, '보건복지부 장애인 등록시스템', '장애인 등록과 증명 발급', 'temporary', 18),
  row(3, '보건복지부 의료급여 관리시스템', '의료급여 자격의 관리', 'reported', 28),
  row(3, '보건복지부 응급의료 정보시스템', '응급의료기관의 병상 정보', 'waiting', 3),
  row(3, '보건복지부 기초연금 안내시스템', '기초연금의 상담과 안내', 'rejected', 25),
  row(4, '서울특별시 전자계약 시스템', '계약의 체결과 대금 지급', 'regular', 240),
  row(4, '서울특별시 세금납부 시스템', '지방세의 신고와 납부', 'moving', 210),
  row(4, '서울특별시 공공예약 시스템', '시설과 강좌의 예약', 'regular', 130),
  row(4, '서울특별시 따릉이 관리시스템', '공공자전거의 대여와 관리', 'temporary', 34),
  row(4, '서울특별시 상수도 요금시스템', '수도요금의 부과와 수납', 'returned', 6),
  row(4, '서울특별시 응답소', '시민 의견의 접수와 답변', 'retiring', 160),
  row(5, '부산광역시 해운대구 민원예약 시스템', '민원 방문의 예약', 'regular', 100),
  row(5, '부산광역시 해운대구 관광안내 시스템', '관광 정보의 제공', 'temporary', 9),
  row(5, '부산광역시 해운대구 주차관리 시스템', '거주자 주차의 배정', 'waiting', 1),
  row(5, '부산광역시 해운대구 보건소 시스템', '예방접종의 예약과 기록', 'reported', 26),
  row(6, '국토교통부 건축행정 시스템', '건축 인허가의 처리', 'regular', 215),
  row(6, '국토교통부 부동산거래 관리시스템', '부동산 거래의 신고', 'handedOver', 145),
  row(6, '국토교통부 자동차등록 시스템', '자동차의 등록과 이전', 'reissued', 165),
  row(6, '국토교통부 드론비행 승인시스템', '비행 승인의 신청과 처리', 'temporary', 15),
  row(6, '국토교통부 하자심사 시스템', '하자 심사의 신청과 처리', 'returned', 11),
  row(7, '전북특별자치도 농업인 지원시스템', '농업 보조금의 신청', 'regular', 110),
  row(7, '전북특별자치도 인허가 시스템', '인허가의 접수와 처리', 'overdue', 39),
  row(7, '전북특별자치도 평생교육 시스템', '강좌의 신청과 수료 관리', 'waiting', 4),
  { ...row(0, '한국환경공단 폐기물 인계시스템', '폐기물의 인계와 인수', 'regular', 125), onPaper: true },
  { ...row(1, '국민연금공단 연금상담 시스템', '연금의 상담과 예약', 'temporary', 14), onPaper: true },
];
