// SPDX-License-Identifier: EUPL-1.2
// What is said after something was saved, and the way back.
import { toConfirm } from '../api/levels';
import type { Outcome } from '../api/types';
import { t, tCount } from '../i18n';
import { complain, say } from './app';
import type { VisitStore } from './visit';

export function saidSaved(visit: VisitStore, { verdict, affected, seq }: Outcome): void {
  const text = affected.length ? tCount('saved.told', affected.length) : t('saved');
  // Without a commit there is nothing of ours to take back: `seq` is somebody else's.
  say(text, 'good', verdict === 'committed' ? { label: t('undo'), run: () => void undo(visit, seq) } : undefined);
}

export async function undo(visit: VisitStore, seq: number, confirm: string[] = []): Promise<void> {
  try {
    const outcome = await visit.undo(seq, confirm);
    const detail = outcome.introduced.map(({ text }) => text).join(' ');
    switch (outcome.verdict) {
      case 'committed':
      case 'unchanged': say(t('undone'), 'good'); break;
      case 'needs_confirmation':
        say(t('undo.asks', { detail }), 'plain', { label: t('undo.anyway'), run: () => void undo(visit, seq, toConfirm(outcome).map(({ key }) => key)) });
        break;
      case 'conflict': say(t('error.conflict'), 'bad'); break;
      default: say(t('undo.refused', { detail }), 'bad');
    }
  } catch (error) {
    complain(error);
  }
}
