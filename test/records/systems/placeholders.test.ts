import { describe, expect, it } from 'vitest';
import {
  isPlaceholderDomain,
  isPlaceholderHost,
  isPlaceholderMac,
} from '../../../src/records/systems/placeholders.ts';

describe('placeholders', () => {
  it.each([
    [isPlaceholderMac, ['00:00:00:00:00:00', 'ff-ff-ff-ff-ff-ff', '00:00:00:12:34:56', '11:11:11:11:11:11']],
    [isPlaceholderMac, ['AA:BB:CC:DD:EE:FF', '0011.2233.4455', '12:34:56:78:9a:bc']],
    [isPlaceholderHost, ['test', 'TEST', 'Test01', 'test-server2', 'localhost', 'localhost.localdomain']],
    [isPlaceholderHost, ['example', 'was01.test', '테스트', 'dummy_host', '미정']],
    [isPlaceholderDomain, ['example.com', 'www.example.go.kr', 'test.kr', 'a.test', 'localhost']],
  ])('%o: what nobody operates', (isPlaceholder, values) => {
    for (const value of values) expect([value, isPlaceholder(value)]).toEqual([value, true]);
  });

  it.each([
    [isPlaceholderMac, ['00:1A:2B:3C:4D:5E', '00:00:0C:12:34:56', 'B8:27:EB:00:00:00', '00:00', '']],
    [isPlaceholderHost, ['was01', 'latest', 'test-was01', 'contest1', 'server1', 'tester', '']],
    [isPlaceholderDomain, ['www.mois.go.kr', 'contest.go.kr', 'test.mois.go.kr', 'example-agency.com', '']],
  ])('%o: what somebody may', (isPlaceholder, values) => {
    for (const value of values) expect([value, isPlaceholder(value)]).toEqual([value, false]);
  });
});
