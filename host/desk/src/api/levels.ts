// SPDX-License-Identifier: EUPL-1.2
// How much findings weigh, the heaviest first.
import type { Finding, Level, Outcome } from './types';

export const levels: readonly Level[] = ['block', 'block_release', 'warn', 'note'];

export const byWeight = (a: Finding, b: Finding): number => levels.indexOf(a.level) - levels.indexOf(b.level);

export const heavier = (a: Level | undefined, b: Level): Level => (a && levels.indexOf(a) <= levels.indexOf(b) ? a : b);

export function countByLevel(findings: readonly Finding[]): Map<Level, number> {
  const counts = new Map<Level, number>();
  for (const { level } of findings) counts.set(level, (counts.get(level) ?? 0) + 1);
  return counts;
}

/// The findings somebody has to confirm before this can be saved: those the change brings. What stood before may shift.
export const toConfirm = (outcome: Outcome): Finding[] => outcome.introduced.filter(({ level }) => level === 'block_release');

export const isBlocked = (outcome: Outcome): boolean => outcome.verdict === 'refused' || outcome.verdict === 'conflict';
