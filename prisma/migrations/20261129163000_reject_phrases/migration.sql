-- What officers often write in a 반려; they change and remove them in 상용구 관리.
INSERT INTO "Phrase" ("id", "text", "label", "addedBy", "addedAt") VALUES
    ('starter-10', '같은 시스템의 신청이 이미 있습니다. 먼저 낸 신청으로 진행합니다.', '반려 사유', 'settings', CURRENT_TIMESTAMP),
    ('starter-11', '표준API 보급 대상이 아닙니다. (행정전자서명 인증업무지침 제30조)', '반려 사유', 'settings', CURRENT_TIMESTAMP),
    ('starter-12', '공공기관은 온라인으로 신청할 수 없습니다. 신청서를 첨부한 공문으로 신청하십시오.', '반려 사유', 'settings', CURRENT_TIMESTAMP),
    ('starter-13', '담당공무원 본인이 신청해야 합니다. 담당공무원의 계정으로 다시 신청하십시오.', '반려 사유', 'settings', CURRENT_TIMESTAMP);
